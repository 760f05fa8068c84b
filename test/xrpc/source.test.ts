/** Who may copy what: every kind of space, every caller, every way to copy, beside a table written by hand. */
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/domain/model.ts';
import type { Opening } from '../../src/ports/listeners.ts';
import { baseOf } from '../../src/views/address.ts';
import type { XrpcContext } from '../../src/xrpc/method.ts';
import { METHODS } from '../../src/xrpc/methods.ts';
import { xrpcRoutes } from '../../src/xrpc/router.ts';
import { subscribeRoute } from '../../src/xrpc/subscribe.ts';
import { makeSigner, type Signer, tokenOf } from '../auth/tokens.ts';
import { contextOf } from '../reads/setup.ts';
import { Community } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { OWN, SIGN_INS } from './setup.ts';

const HERE = 'did:web:localhost';
const [HOME, NAMED, OTHER] = ['did:web:home.example', 'did:web:named.example', 'did:web:other.example'];
const signers = new Map<string, Signer>();
const spaces = new Map<string, Community>();
const opened: Opening[] = [];
const used = new Set<string>();
let database: TestDatabase;
let app: Hono;

const VISIBILITIES = ['public', 'unlisted', 'private'];
const DISCOVERY: Record<string, JsonObject> = {
  open: {},
  'said to be open': { allowExternalDiscovery: true, allowedInstances: [] },
  'for one named': { allowedInstances: [NAMED] },
  closed: { allowExternalDiscovery: false },
  'closed, one named': { allowExternalDiscovery: false, allowedInstances: [NAMED] },
};

beforeAll(async () => {
  database = await openDatabase();
  for (const did of [HOME, NAMED, OTHER, HERE]) signers.set(did, await makeSigner(did));
  let count = 0;
  for (const visibility of VISIBILITIES) {
    for (const [name, said] of Object.entries(DISCOVERY)) {
      const isPrivate = visibility === 'private';
      const profile = { hostedBy: HOME, ...said, ...(isPrivate ? {} : { visibility }) };
      const word = `space${'abcdefghijklmnopqrstuvwxyz'[count++]}`;
      const club = await Community.found(database.db, word, {
        hosts: [`${word}.localhost`],
        profile,
        ...(isPrivate ? { held: visibility } : {}),
      });
      await club.story(club.space, 'Within');
      spaces.set(`${visibility}, ${name}`, club);
    }
  }
  const context = ({ req }: { req: { raw: Request; url: string } }): XrpcContext => ({
    ...contextOf(database.db),
    ...{ request: req.raw, requestId: 'request-1', base: baseOf(req.url), version: '1', instanceHosts: ['localhost'] },
    now: Date.now(),
    audience: [HERE],
    keys: { signingKey: async (did) => signers.get(did)?.key.did() ?? null },
    tokens: { isFirstUse: async (_, token) => !used.has(token) && !!used.add(token) },
    ...{ own: OWN, signIns: SIGN_INS },
    listeners: {
      notify: async () => false,
      open: async (opening) => {
        opened.push(opening);
        return Response.json({ isOpen: true });
      },
    },
  });
  const log = (): void => undefined;
  app = new Hono();
  app.route('/', xrpcRoutes({ methods: METHODS, version: '1', context, log }));
  app.route('/', subscribeRoute({ context, log }));
});
afterAll(() => database?.stop());

type Way = 'listRecords' | 'listReposBySpace' | 'subscribe';

async function ask(way: Way, club: Community, headers: Record<string, string>, query = ''): Promise<string> {
  const host = `http://${hostOf(club)}`;
  const space = `space=${club.space}`;
  const path = {
    listRecords: `/xrpc/club.commonplace.sync.listRecords?${space}&collection=club.commonplace.story`,
    listReposBySpace: `/xrpc/club.commonplace.sync.listReposBySpace?${space}`,
    subscribe: `/subscribe?${space}`,
  }[way];
  const answer = await app.request(`${host}${path}${query}`, { headers: { upgrade: 'websocket', ...headers } });
  const text = await answer.text();
  if (answer.status !== 200) {
    const { error } = JSON.parse(text) as { error: string };
    expect(text).not.toContain('Within');
    return `${answer.status} ${error}`;
  }
  expect(text).toMatch(/Within|"repos":\[\{|isOpen/);
  return 'yes';
}

const hostOf = ({ space }: Community): string => `${space.slice('did:plc:'.length).slice(0, 6)}.localhost`;

const bearer = async (by: string, claims: object, signer = by): Promise<Record<string, string>> => {
  const { key } = signers.get(signer) as Signer;
  return { authorization: `Bearer ${await tokenOf({ did: by, key }, { aud: HERE, ...claims })}` };
};
const lxm = (way: Way): string => `club.commonplace.sync.${way}`;

const CALLERS: Record<string, (way: Way, club: Community) => Promise<Record<string, string>>> = {
  anyone: async () => ({}),
  'a page of the space': async (_, club) => ({ origin: `http://${hostOf(club)}` }),
  'a page of another host': async () => ({ origin: 'http://evil.example' }),
  'the home': (way) => bearer(HOME, { lxm: lxm(way) }),
  'this instance': (way) => bearer(HERE, { lxm: lxm(way) }),
  'the one named': (way) => bearer(NAMED, { lxm: lxm(way) }),
  another: (way) => bearer(OTHER, { lxm: lxm(way) }),
  'one who signs for the one named': (way) => bearer(NAMED, { lxm: lxm(way) }, OTHER),
  'one with a token for another method': () => bearer(NAMED, { lxm: 'club.commonplace.feed.getFeed' }),
};

const [NO, WHO, NOT] = ['400 SpaceNotFound', '401 AuthenticationRequired', '403 InstanceNotAllowed'];
/** Columns: open, for one named, closed, and private whatever else is said. Where a page may hear what it may not list: `*`. */
const TABLE: Record<string, [open: string, named: string, closed: string, hidden: string]> = {
  anyone: ['yes', WHO, WHO, NO],
  'a page of the space': ['yes', `${WHO} *`, `${WHO} *`, NO],
  'a page of another host': ['yes', WHO, WHO, NO],
  'the home': ['yes', 'yes', 'yes', NO],
  'this instance': ['yes', 'yes', 'yes', NO],
  'the one named': ['yes', 'yes', NOT, NO],
  another: ['yes', NOT, NOT, NO],
  // Where nothing is limited, a name gives no right and is not looked up.
  'one who signs for the one named': ['yes', WHO, NOT, NO],
  'one with a token for another method': [WHO, WHO, WHO, WHO],
};
const COLUMN: Record<string, number> = {
  open: 0,
  'said to be open': 0,
  'for one named': 1,
  closed: 2,
  'closed, one named': 2,
};

const cases = VISIBILITIES.flatMap((visibility) =>
  Object.keys(DISCOVERY).flatMap((name) =>
    Object.keys(CALLERS).map((caller): [string, string, string] => {
      const column = visibility === 'private' ? 3 : (COLUMN[name] ?? -1);
      return [`${visibility}, ${name}`, caller, TABLE[caller]?.[column] ?? ''];
    }),
  ),
);

describe.each<Way>(['listRecords', 'listReposBySpace', 'subscribe'])('%s', (way) => {
  test.each(cases)('of a space that is %s, asked by %s: %s', async (name, caller, expected) => {
    const club = spaces.get(name) as Community;
    const headers = (await CALLERS[caller]?.(way, club)) ?? {};
    const [said, star] = expected.split(' *');
    expect(await ask(way, club, headers)).toBe(star !== undefined && way === 'subscribe' ? 'yes' : said);
  });

  test('a token counts once', async () => {
    const club = spaces.get('public, for one named') as Community;
    const headers = await bearer(NAMED, { lxm: lxm(way) });
    expect([await ask(way, club, headers), await ask(way, club, headers)]).toEqual(['yes', WHO]);
  });
});

describe('/subscribe', () => {
  const open = (): Community => spaces.get('public, open') as Community;
  const get = (url: string, headers: Record<string, string> = { upgrade: 'websocket' }): Response | Promise<Response> =>
    app.request(url, { headers });

  test('a page of a space that limits others hears what comes, and goes nowhere back', async () => {
    const club = spaces.get('public, closed') as Community;
    const origin = `http://${hostOf(club)}`;
    expect(await ask('subscribe', club, { origin }, '&cursor=1')).toBe(WHO);
    expect(await ask('subscribe', open(), { origin: `http://${hostOf(open())}` }, '&cursor=1')).toBe('yes');
  });

  test('takes the space from the host, and what else the address says', async () => {
    const club = open();
    const answer = await get(
      `http://${hostOf(club)}/subscribe?wantedCollections=a.b.c&wantedCollections=x.y.*&cursor=7&requireHello=true`,
    );
    expect(answer.status).toBe(200);
    expect(opened.at(-1)).toEqual({
      ...{ space: club.space, caller: { is: 'anyone' }, address: null, cursor: 7, waitsForHello: true },
      filter: { collections: ['a.b.c', 'x.y.'], dids: [], maxBytes: 0 },
    });
  });

  test.each([
    ['http://localhost/subscribe', 400, /space must be/],
    ['http://nowhere.example/subscribe?space=x', 400, /no hostname/],
    ['http://localhost/subscribe?space=did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', 400, /no such space/],
    ['http://localhost/subscribe?space=spacea.example.com&cursor=yesterday', 400, /cursor/],
    ['http://localhost/subscribe?space=spacea.example.com&cursor=-1', 400, /cursor/],
    ['http://localhost/subscribe?space=spacea.example.com&wantedDids=nobody', 400, /nobody is no DID/],
    ['http://localhost/subscribe?space=spacea.example.com&wantedCollections=a..b', 400, /a\.\.b is no NSID/],
    ['http://localhost/subscribe?space=spacea.example.com&compress=true', 400, /compress/],
    [
      `http://localhost/subscribe?${Array.from({ length: 101 }, (_, i) => `wantedCollections=a.b.c${i}`).join('&')}&space=spacea.example.com`,
      400,
      /101 are more than 100/,
    ],
    [`http://localhost/subscribe?space=${'x'.repeat(13_000)}`, 414, /longer than/],
  ])('%s -> %d', async (url, status, words) => {
    const answer = await get(url);
    const body = (await answer.json()) as { error: string; message: string };
    expect([answer.status, Object.keys(body).sort()]).toEqual([status, ['error', 'message']]);
    expect(body.message).toMatch(words);
  });

  test('says what it is to those who do not connect', async () => {
    const answer = await get(`http://localhost/subscribe?space=${open().space}`, {});
    expect([answer.status, answer.headers.get('upgrade')]).toEqual([426, 'websocket']);
  });
});
