/** Every page as everybody there is, in every kind of space: what is answered, what is done, and what must not be told. */
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { instanceRoutes } from '../../src/web/instance-routes.tsx';
import { privateRoutes } from '../../src/web/private-routes.tsx';
import { unknownRoutes } from '../../src/web/routes.ts';
import { spaceRoutes } from '../../src/web/space-routes.tsx';
import { ask, HOME, signIn, takeDone } from '../support/workers/instance.ts';
import { FRONT_PAGES, INSTANCE_PAGES, NOBODYS_PAGES, PARTS, type PageRule, SPACE_PAGES, type Told } from './pages.ts';
import { didAt, foundPlaces, KINDS, PEOPLE, type Person, type Place, SECRETS, signInAll } from './people.ts';

interface Routes {
  routes: { method: string; path: string }[];
}

const namesOf = ({ routes }: Routes): string[] => routes.map(({ method, path }) => `${method} ${path}`);

/** What has to be done where the two do not agree. */
function disagreements(routes: Routes, rules: Record<string, PageRule>): string[] {
  const names = namesOf(routes);
  return [
    ...names
      .filter((name) => !Object.hasOwn(rules, name))
      .map(
        (name) =>
          `${name} has no rule: add a line to test/access/pages.ts that says who may do this, and what others see`,
      ),
    ...Object.keys(rules)
      .filter((name) => !names.includes(name))
      .map((name) => `${name} is no route any more: take its line out of test/access/pages.ts`),
  ];
}

test('every route has a rule, and every rule a route', () => {
  expect(disagreements(spaceRoutes(), SPACE_PAGES)).toEqual([]);
  expect(disagreements(privateRoutes(), FRONT_PAGES)).toEqual([]);
  expect(disagreements(instanceRoutes(), INSTANCE_PAGES)).toEqual([]);
  expect(disagreements(unknownRoutes(), NOBODYS_PAGES)).toEqual([]);
});

test('a route that nobody thought of is found', () => {
  const planted = spaceRoutes();
  planted.post('/planted', () => new Response('everything'));
  expect(disagreements(planted, SPACE_PAGES)).toEqual([
    'POST /planted has no rule: add a line to test/access/pages.ts that says who may do this, and what others see',
  ]);
});

let places: Place[];
beforeAll(async () => {
  places = await foundPlaces(env.DB);
  await signInAll(places, [HOME], signIn);
});

const placeOf = (kind: string): Place => places.find((place) => place.kind === kind) as Place;

interface Seen {
  outcome: string;
  text: string;
  headers: Headers;
}

async function look(person: Person, place: Place, host: string, name: string, rule: PageRule): Promise<Seen> {
  const [method = '', path = ''] = name.split(' ');
  const filled = path.replace(/:\w+/g, (part) => encodeURI(PARTS[part]?.(place) ?? ''));
  const query = rule.query ? `?${new URLSearchParams(rule.query(place))}` : '';
  const headers = person.name === 'operator' ? { authorization: 'Bearer the-token-of-the-operator' } : {};
  takeDone();
  const response = await ask({
    ...{ host, method, path: filled + query, did: didAt(person, place), form: rule.form?.(place), headers },
  });
  const text = new TextDecoder().decode(await response.arrayBuffer());
  const location = response.headers.get('location');
  const words = [response.status, location && new URL(location, `https://${host}`).pathname, ...takeDone()];
  return { outcome: words.filter(Boolean).join(' '), text, headers: response.headers };
}

const WAY_BACK = /(?<=href="\/login)\?next=[^"]*/;

const nothings = new Map<string, Promise<string>>();

/** What is told of what is not there. */
function nothing(person: Person, place: Place): Promise<string> {
  const found =
    nothings.get(person.name) ??
    look(person, place, place.host, 'GET /nothing/here', { who: () => false }).then(({ text }) =>
      text.replace(WAY_BACK, ''),
    );
  nothings.set(person.name, found);
  return found;
}

const isShut = ({ inside }: Person, { kind }: Place): boolean => kind === 'private' && !inside;

const told = (outcome: Told, person: Person): string => (typeof outcome === 'string' ? outcome : outcome(person));

function expected(person: Person, place: Place, name: string, rule: PageRule): string {
  const { who, yes = '200', paused = yes, closed = yes, no = '', visitor = no, atTheDoor } = rule;
  if (isShut(person, place) && !atTheDoor && name !== 'GET /') return name.startsWith('GET') ? '404' : '405';
  if (who(person, place))
    return told(place.kind === 'paused' ? paused : place.kind === 'private' ? closed : yes, person);
  return person.did === null ? visitor : no;
}

describe.each(KINDS)('in a %s space', (kind) => {
  test.each(Object.keys(SPACE_PAGES))('%s', async (name) => {
    const rule = SPACE_PAGES[name] as PageRule;
    const place = placeOf(kind);
    const [seen, wanted]: Record<string, string>[] = [{}, {}];
    for (const person of PEOPLE) {
      const { outcome, text, headers } = await look(person, place, place.host, name, rule);
      Object.assign(seen as object, { [person.name]: outcome });
      Object.assign(wanted as object, { [person.name]: expected(person, place, name, rule) });
      if (kind === 'private' && !name.startsWith('GET /assets/'))
        expect(headers.get('cache-control'), person.name).toMatch(/^private|^no-store/);
      if (!isShut(person, place)) continue;
      // What there is, and what there is not, are the same to them, but for the way back to what they asked for.
      if (outcome === '404' && !rule.atTheDoor)
        expect(text.replace(WAY_BACK, '') === (await nothing(person, place)), person.name).toBe(true);
      const own = didAt(person, place) ?? '-';
      const leaked = SECRETS.filter((secret) => text.replaceAll(own, '').includes(secret));
      expect(leaked, `${name} tells ${person.name}`).toEqual([]);
    }
    expect(seen).toEqual(wanted);
  });
});

test.each(Object.keys(INSTANCE_PAGES))('at the instance itself: %s', async (name) => {
  const rule = INSTANCE_PAGES[name] as PageRule;
  const place = placeOf('private');
  const [seen, wanted]: Record<string, string>[] = [{}, {}];
  for (const person of PEOPLE) {
    const { outcome, text } = await look(person, place, HOME, name, rule);
    Object.assign(seen as object, { [person.name]: outcome });
    const { who, yes = '200', no = '', visitor = no } = rule;
    const others = person.did === null ? visitor : no;
    Object.assign(wanted as object, { [person.name]: who(person, place) ? told(yes, person) : others });
    // What is one's own is told to oneself alone.
    const hidden = rule.isPersonal && person.did !== null ? /The private/ : /The private|The unlisted/;
    if (!rule.isPersonal || !person.inside) expect(text, person.name).not.toMatch(hidden);
  }
  expect(seen).toEqual(wanted);
});
