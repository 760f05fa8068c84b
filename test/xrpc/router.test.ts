import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refuse } from '../../src/domain/outcome.ts';
import * as getStatus from '../../src/lexicons/club/commonplace/sync/getStatus.ts';
import { guarded, query } from '../../src/xrpc/method.ts';
import { METHODS } from '../../src/xrpc/methods.ts';
import { Community } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type Client, clientOf, expectError } from './setup.ts';

let it: TestDatabase;
let club: Community;
let client: Client;
beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'club');
  client = clientOf(it.db);
});
afterAll(() => it.stop());

const feed = 'club.commonplace.feed.getFeed';

describe('the path', () => {
  test('of a method that this instance does not have is not implemented', async () => {
    await expectError(await client.ask('app.bsky.feed.getTimeline'), 501, 'MethodNotImplemented');
    await expectError(await client.ask(`${feed}s?space=x`), 501, 'MethodNotImplemented');
  });

  test.each(['', 'x', 'not_a_method', `${feed}/more`, '%00', '..%2f..', '%F0%9F%98', 'a'.repeat(5000)])(
    'that is no method is a bad request: %s',
    async (path) => expectError(await client.ask(path), 400, 'InvalidRequest'),
  );

  test('health tells the version', async () => {
    expect(await (await client.ask('_health')).json()).toEqual({ version: '1.2.3' });
    await expectError(await client.ask('_health', { method: 'POST' }), 405, 'InvalidRequest', /GET/);
  });
});

describe('the HTTP method', () => {
  const queries = METHODS.filter(({ type }) => type === 'query');
  test.each(queries.map(({ nsid }) => nsid))('of a query is GET or HEAD: %s', async (nsid) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await client.ask(nsid, { method });
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
      await expectError(answer, 405, 'InvalidRequest', /GET/);
    }
    const [get, head] = [await client.ask(nsid), await client.ask(nsid, { method: 'HEAD' })];
    expect([head.status, await head.text()]).toEqual([get.status, '']);
  });

  test('OPTIONS lets any page ask, with the headers of the protocol', async () => {
    const method = 'OPTIONS';
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'GET' };
    const answer = await client.ask(feed, { method, headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const allowed = answer.headers.get('access-control-allow-headers')?.toLowerCase();
    for (const name of ['authorization', 'atproto-accept-labelers', 'atproto-proxy', 'content-type']) {
      expect(allowed).toContain(name);
    }
    expect((await client.ask('no.such.method', { method, headers })).status).toBe(204);
  });
});

describe('the host', () => {
  const at = (host: string) => client.ask(`http://${host}/xrpc/${feed}?space=${club.space}`);
  test('is the instance or a space of it', async () => {
    for (const host of ['localhost', 'localhost:1234', 'club.localhost:8787', 'CLUB.localhost']) {
      expect((await at(host)).status).toBe(200);
    }
    for (const host of ['127.0.0.1', 'example.com', 'x.club.localhost']) {
      await expectError(await at(host), 400, 'InvalidRequest', /no hostname/);
    }
  });
});

describe('parameters', () => {
  const space = `space=did:plc:${'a'.repeat(24)}`;
  test.each([
    ['one that is missing', '', /space/],
    ['one that is empty', 'space=', /space/],
    ['no identifier', 'space=not%20one', /^space/],
    ['a DID that is none', 'space=did:plc', /^space/],
    ['a value twice', `${space}&${space}`, /^space/],
    ['a number twice', `${space}&limit=5&limit=6`, /^limit/],
    ['no number', `${space}&limit=ten`, /^limit/],
    ['a fraction', `${space}&limit=1.5`, /^limit/],
    ['a number too small', `${space}&limit=0`, /^limit/],
    ['a number too large', `${space}&limit=101`, /^limit/],
    ['a number beyond all', `${space}&limit=99999999999999999999`, /^limit/],
    ['a text too long', `${space}&cursor=${'x'.repeat(3000)}`, /^cursor/],
    ['an empty word', `${space}&tag=${'x'.repeat(1000)}`, /^tag/],
  ])('are refused by name: %s', async (_, search, words) => {
    await expectError(await client.ask(`${feed}?${search}`), 400, 'InvalidRequest', words);
  });

  test('that nobody knows are passed over', async () => {
    const path = `${feed}?space=${club.space}`;
    const plain = await (await client.ask(path)).json();
    for (const more of ['x=1', 'x=1&x=2', 'toString=1', '__proto__=1', 'constructor=x', '%00=%00', '=', '&&']) {
      expect(await (await client.ask(`${path}&${more}`)).json()).toEqual(plain);
    }
  });

  test('longer than all that could be meant are too long', async () => {
    await expectError(
      await client.ask(`${feed}?${space}&x=${'x'.repeat(16_384)}`),
      414,
      'InvalidRequest',
      /query string/,
    );
    await expectError(await client.ask(`${feed}?${'&'.repeat(16_000)}`), 414, 'InvalidRequest', /query string/);
    const long = await client.ask(`club.commonplace.feed.searchPosts?${space}&q=${'%F0%9F%A6%A9'.repeat(500)}`);
    await expectError(long, 400, 'InvalidRequest', /^q/);
  });
});

describe('a fault', () => {
  test('is logged with the id of its request, and answered without a word of it', async () => {
    const broken = clientOf(null as unknown as D1Database);
    const answer = await broken.ask(`${feed}?space=${club.space}`);
    expect(await answer.clone().text()).toBe('{"error":"InternalServerError","message":"Internal Server Error"}');
    await expectError(answer, 500, 'InternalServerError');
    expect(broken.logged).toHaveLength(1);
    expect(broken.logged[0]?.facts).toMatchObject({ level: 'error', requestId: 'request-1', nsid: feed });
  });

  test('no request has made one', () => expect(client.logged).toEqual([]));
});

describe('a method for some', () => {
  test('is refused to others before it does anything', async () => {
    const asked: string[] = [];
    const method = query(getStatus, async () => {
      asked.push('asked');
      return refuse('NotFound', 'nothing');
    });
    const allow = { yes: false };
    const only = clientOf(it.db, {}, [
      guarded(method, async () => (allow.yes ? null : refuse('AuthenticationRequired', 'say who you are'))),
    ]);
    await expectError(await only.ask(getStatus.$lxm), 401, 'AuthenticationRequired', /who you are/);
    expect(asked).toEqual([]);
    allow.yes = true;
    await expectError(await only.ask(getStatus.$lxm), 400, 'NotFound');
    expect(asked).toEqual(['asked']);
  });
});
