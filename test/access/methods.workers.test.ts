/** Every method as everybody there is, of every kind of space, and what is not told of any. */
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseDocuments } from '../../src/lexicons/documents.ts';
import type { Document } from '../../src/web/docs/documents.ts';
import { GROUP_METHODS } from '../../src/xrpc/group-methods.ts';
import { METHODS } from '../../src/xrpc/methods.ts';
import { OPERATOR_METHODS } from '../../src/xrpc/operator-methods.ts';
import { ADMIN_TOKEN, ask, signIn, takeDone } from '../support/workers/instance.ts';
import { METHOD_RULES, type MethodRule } from './methods.ts';
import { didAt, foundPlaces, KINDS, PEOPLE, type Person, type Place, SECRETS, signInAll } from './people.ts';

const PREFIX = 'club.commonplace.';
const DOCUMENTS = parseDocuments() as readonly Document[];
const TYPES = new Map(
  DOCUMENTS.flatMap(({ id, defs }) => {
    const type = defs.main?.type;
    return type === 'query' || type === 'procedure' ? [[id.slice(PREFIX.length), type] as const] : [];
  }),
);
/** Names of errors that a method's lexicon tells of, with what any may answer. */
const DECLARED = new Map(
  DOCUMENTS.map(({ id, defs }) => [
    id.slice(PREFIX.length),
    [undefined, 'InvalidRequest', ...(defs.main?.errors ?? []).map(({ name }) => name)],
  ]),
);
const methodOf = (name: string): string => (TYPES.get(name) === 'query' ? 'GET' : 'POST');

function disagreements(names: string[]): string[] {
  return [
    ...names
      .filter((name) => !Object.hasOwn(METHOD_RULES, name))
      .map(
        (name) =>
          `${name} has no rule: add a line to test/access/methods.ts that says who may ask, and what others hear`,
      ),
    ...Object.keys(METHOD_RULES)
      .filter((name) => !names.includes(name))
      .map((name) => `${name} is no method any more: take its line out of test/access/methods.ts`),
  ];
}

/** Of all that there is a lexicon for, what the Worker answers, whichever table it stands in. */
async function answered(): Promise<string[]> {
  const host = places[0]?.host ?? '';
  const asked = await Promise.all(
    [...TYPES.keys()].map(async (name) => {
      const { status } = await ask({ host, method: methodOf(name), path: `/xrpc/${PREFIX}${name}` });
      return status === 501 ? [] : [name];
    }),
  );
  return asked.flat();
}

test('every method has a rule, and every rule a method', async () => {
  const names = await answered();
  expect(names.length).toBeGreaterThan(20);
  expect(disagreements(names)).toEqual([]);
});

test('a method that nobody thought of is found', async () => {
  expect(disagreements([...(await answered()), 'space.tellAll'])).toEqual([
    'space.tellAll has no rule: add a line to test/access/methods.ts that says who may ask, and what others hear',
  ]);
});

test('only the operator’s methods ask for the admin token', () => {
  for (const { nsid, asker } of [...METHODS, ...GROUP_METHODS]) expect(asker, nsid).not.toBe('operator');
  for (const { nsid, asker } of OPERATOR_METHODS) expect(asker, nsid).toBe('operator');
});

let places: Place[];
beforeAll(async () => {
  places = await foundPlaces(env.DB);
  await signInAll(places, [], signIn);
});

async function look(person: Person, place: Place, name: string, rule: MethodRule) {
  const query = rule.params ? `?${new URLSearchParams(rule.params(place))}` : '';
  const did = didAt(person, place);
  takeDone();
  const response = await ask({
    ...{ host: place.host, method: methodOf(name), path: `/xrpc/${PREFIX}${name}${query}`, did },
    headers: {
      ...(person.name === 'operator' ? { authorization: `Bearer ${ADMIN_TOKEN}` } : {}),
      ...(rule.input ? { 'content-type': 'application/json' } : {}),
    },
    ...(rule.input ? { body: JSON.stringify(rule.input(place)) } : {}),
  });
  const text = await response.text();
  const { error } = JSON.parse(text) as { error?: string };
  const own = did ?? '-';
  return {
    outcome: [response.status, error, ...takeDone()].filter(Boolean).join(' '),
    told: SECRETS.filter((secret) => text.replaceAll(own, '').includes(secret)),
    text,
    error,
    cache: response.headers.get('cache-control') ?? '',
  };
}

const isShut = ({ inside }: Person, { kind }: Place): boolean => kind === 'private' && !inside;

const NOBODY = '401 AuthenticationRequired';

function expected(person: Person, place: Place, name: string, rule: MethodRule): string {
  const { who, may, yes = '200', paused = yes, closed = yes, no = NOBODY, visitor, shut, concerned, banned } = rule;
  // The token of the operator is none of a person.
  if (person.name === 'operator' && !name.startsWith('admin.')) return NOBODY;
  const isVisitor = person.did === null && person.name !== 'operator';
  if (isVisitor && (visitor === NOBODY || (rule.input && !name.startsWith('admin.')))) return NOBODY;
  if (isVisitor && no === NOBODY && !who(person, place)) return NOBODY;
  if (isShut(person, place) && shut) {
    // What the instance holds of who is banned is gone.
    const half = !person.banned && (person.joined || person.admitted || person.name === 'ejected');
    return half && concerned ? concerned(person) : shut;
  }
  if (!who(person, place)) return no;
  if (person.banned && banned) return place.kind === 'paused' ? (rule.paused ?? banned) : banned;
  if (may && !may(person, place)) return '403 NotPermitted';
  return place.kind === 'paused' ? paused : place.kind === 'private' ? closed : yes;
}

describe.each(KINDS)('of a %s space', (kind) => {
  test.each(Object.keys(METHOD_RULES))('%s', async (name) => {
    const rule = METHOD_RULES[name] as MethodRule;
    const place = places.find((one) => one.kind === kind) as Place;
    const [seen, wanted]: Record<string, string>[] = [{}, {}];
    for (const person of PEOPLE) {
      const { outcome, told, text, error, cache } = await look(person, place, name, rule);
      Object.assign(seen as object, { [person.name]: outcome });
      Object.assign(wanted as object, { [person.name]: expected(person, place, name, rule) });
      if (person.name !== 'operator') expect(DECLARED.get(name), `told ${person.name}`).toContain(error);
      if (isShut(person, place) && person.name !== 'operator') expect(told, `told ${person.name}`).toEqual([]);
      if (name === 'space.listSpaces' || name === 'space.searchSpaces')
        expect(text).not.toMatch(/The (private|unlisted)/);
      if (outcome.startsWith('200')) expect(cache).toMatch(/^private/);
    }
    expect(seen).toEqual(wanted);
  });
});
