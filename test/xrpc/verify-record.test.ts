/** What anybody may have proven, and what that costs others. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as verifyRecord from '../../src/lexicons/club/commonplace/sync/verifyRecord.ts';
import { contextOf } from '../reads/setup.ts';
import { CID, Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type Client, clientOf, expectError, outputOf } from './setup.ts';

const ann = didOf('ann');
const PROOF = [CID, '3kzzzzzzzzzzz', 'did:key:zQ3sKey', 'https://pds.example.com'];
const now = Date.UTC(2026, 0, 2);
let it: TestDatabase;
let club: Community;
let uri: string;

beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'club');
  uri = await club.story(ann, 'Herons');
});
afterAll(() => it.stop());

const evidence = async (uri: string, checkedAt: number, why: string | null = null): Promise<unknown> =>
  it.db
    .prepare(
      'insert or replace into evidence values (?1, ?2, (select cid from record where uri = ?1 and cid is not null), ?3, ?4, ?5, ?6, ?7, ?8)',
    )
    .bind(...[uri, club.space, checkedAt], ...(why === null ? PROOF : [null, null, null, null]), why)
    .run();

/** An indexer that finds this out when it is asked. */
const verifying = (verify: (uri: string) => Promise<boolean>) =>
  clientOf(it.db, { indexer: { ...contextOf(it.db).indexer, verify } });
const verify = (client: Client, uri: string): Promise<Response> =>
  client.ask(`club.commonplace.sync.verifyRecord?${new URLSearchParams({ uri })}`);

test('asks the author’s server, and gives the evidence; within minutes the same answer without asking', async () => {
  const asked: string[] = [];
  const client = verifying(async (of) => {
    asked.push(of);
    await evidence(of, now);
    return true;
  });
  const [commit, rev, signingKey, pds] = PROOF;
  const told = {
    ...{ uri, cid: CID, verified: true, checkedAt: new Date(now).toISOString() },
    evidence: { commit, rev, signingKey, pds },
  };
  for (let n = 0; n < 2; n++) expect(await outputOf(await verify(client, uri), verifyRecord)).toEqual(told);
  expect(asked).toEqual([uri]);
  await evidence(uri, now - 11 * 60_000);
  await verify(client, uri);
  expect(asked).toHaveLength(2);
});

test('says why nothing could be proven', async () => {
  await evidence(uri, now, 'the server is down');
  const body = await outputOf<object>(
    await verify(
      verifying(async () => true),
      uri,
    ),
    verifyRecord,
  );
  expect(body).toMatchObject({ verified: false, reason: 'the server is down' });
  expect(body).not.toHaveProperty('evidence');
});

test('is refused where too many ask', async () => {
  await it.db.prepare('delete from evidence').run();
  await expectError(
    await verify(
      verifying(async () => false),
      uri,
    ),
    429,
    'RateLimitExceeded',
  );
});

test('asks nothing about what does not show, or is no record', async () => {
  const client = verifying(() => Promise.reject(new Error('asked')));
  const hidden = await Community.found(it.db, 'shy', { held: 'private', hosts: ['shy.localhost'] });
  const strict = await Community.found(it.db, 'strict', { profile: { postPolicy: 'members', visibility: 'unlisted' } });
  const unseen = [
    await hidden.story(ann, 'private'),
    await strict.story(ann, 'of no member'),
    `at://${ann}/club.commonplace.story/3kaaaaaaaaaaa`,
  ];
  for (const uri of unseen) await expectError(await verify(client, uri), 400, 'RecordNotFound');
  await expectError(await verify(client, 'at://ann.example.com/a.b.c/d'), 400, 'InvalidRequest');
});
