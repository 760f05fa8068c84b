/** Whatever is sent, the answer is an answer or an error of the sender: never a fault. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as verifyRecord from '../../src/lexicons/club/commonplace/sync/verifyRecord.ts';
import { METHODS } from '../../src/xrpc/methods.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type Client, clientOf } from './setup.ts';

let it: TestDatabase;
let client: Client;
let values: fc.Arbitrary<string>;

beforeAll(async () => {
  it = await openDatabase();
  client = clientOf(it.db);
  const club = await Community.found(it.db, 'club');
  const post = await club.story(didOf('ann'), 'Herons');
  const { cursor } = (await (
    await client.ask(`club.commonplace.sync.listReposBySpace?space=${club.space}&limit=1`)
  ).json()) as {
    cursor: string;
  };
  const sensible = [
    club.space,
    'club.example.com',
    post,
    cursor,
    'new',
    'top',
    'old',
    'day',
    '1',
    '100',
    'true',
    'stories',
  ];
  const strange = [
    '',
    '-1',
    '1e3',
    'NaN',
    "'",
    '"',
    '%',
    '\u0000',
    '\u{1f9a9}',
    '\ud800',
    '__proto__',
    'did:plc:',
    'at://',
    '0x10',
    ' ',
  ];
  values = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...sensible) },
    { weight: 3, arbitrary: fc.constantFrom(...strange, 'club.commonplace.story') },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 50 }) },
  );
});
afterAll(() => it.stop());

test.each(METHODS.map((method) => [method.nsid, method] as const))('%s', async (nsid, { parameters, type, asker }) => {
  const names = fc.constantFrom(...Object.keys(parameters.shape), 'unknown');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(names, values), { maxLength: 6 }), async (pairs) => {
      const search = new URLSearchParams(pairs.map(([name, value]) => [name, value]));
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(Object.fromEntries(pairs));
      const answer = await client.ask(`${nsid}?${search}`, type === 'query' ? {} : { method: 'POST', headers, body });
      // Nobody proves anything here, which is told as having asked too often; and nobody says who they are.
      const more = nsid === verifyRecord.$lxm ? 429 : asker === 'viewer' || asker === 'session' ? 401 : 200;
      expect([200, 400, more]).toContain(answer.status);
      const answered = (await answer.json()) as object;
      if (answer.status !== 200) expect(Object.keys(answered).sort()).toEqual(['error', 'message']);
      expect(client.logged).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
