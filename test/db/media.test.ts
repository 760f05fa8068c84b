/** References to blobs follow the records, at a row for each, and what takes one away is seen by every cache. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../src/domain/model.ts';
import { tidAt } from '../../src/domain/tid.ts';
import { Gates } from '../../src/media/gate.ts';
import { CID, Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { blob } from '../support/media.ts';

const ADA = didOf('ada');
const [ONE, TWO] = [blob(Buffer.from('one'), 'image/png'), blob(Buffer.from('two'), 'image/jpeg')];
let it: TestDatabase;
let club: Community;

beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'inkwell', { hosts: ['inkwell.example'] });
});
afterAll(() => it.stop());

const rows = async <T>(sql: string, ...values: unknown[]): Promise<T[]> =>
  (
    await it.db
      .prepare(sql)
      .bind(...values)
      .all<T>()
  ).results;
const references = (uri: string): Promise<{ cid: string; type: string; size: number }[]> =>
  rows('select cid, type, size from blob_ref where uri = ? order by type', uri);
const generation = async (): Promise<number> =>
  (await rows<{ n: number }>('select media_generation as n from space where did = ?', club.space))[0]?.n ?? -1;
const image = (one: JsonObject): JsonObject => ({ image: one, alt: '' });

let minute = 0;
/** One version of one record; how many rows it wrote. */
async function put(rkey: string, images: JsonObject[] | null): Promise<number> {
  const rev = tidAt(Date.UTC(2025, 1, 1) + ++minute * 60_000);
  const base = { kind: 'record', did: ADA, collection: 'club.commonplace.topic', rkey, rev, snapshot: false } as const;
  const record = images && {
    ...{
      $type: 'club.commonplace.topic',
      space: club.space,
      title: 'Title',
      text: 'Text',
      createdAt: '2026-01-01T00:00:00Z',
    },
    ...(images.length > 0 ? { images } : {}),
  };
  const event = record
    ? { ...base, operation: 'update' as const, cid: CID, record }
    : { ...base, operation: 'delete' as const, cid: null, record: null };
  return (await club.admission.admit([event])).rowsWritten;
}

test('a picture costs a post one row, and a post without any none', async () => {
  await put('3kaaaaaaaaaaa', []);
  const plain = await put('3kbaaaaaaaaaa', []);
  expect(await put('3kcaaaaaaaaaa', [image(ONE)])).toBe(plain + 1);
  expect(await put('3kdaaaaaaaaaa', [image(ONE), image(TWO)])).toBe(plain + 2);
});

test('references follow what a record says now', async () => {
  const uri = `at://${ADA}/club.commonplace.topic/3keaaaaaaaaaa`;
  await put('3keaaaaaaaaaa', [image(ONE), image(TWO), image(ONE)]);
  expect(await references(uri)).toEqual([
    { cid: TWO.ref.$link, type: 'image/jpeg', size: 3 },
    { cid: ONE.ref.$link, type: 'image/png', size: 3 },
  ]);
  const before = await generation();
  await put('3keaaaaaaaaaa', [image(TWO)]);
  expect((await references(uri)).map(({ cid }) => cid)).toEqual([TWO.ref.$link]);
  expect(await generation()).toBeGreaterThan(before);
  const kept = await generation();
  await put('3keaaaaaaaaaa', [image(TWO), image(ONE)]);
  expect(await generation()).toBe(kept);
  await put('3keaaaaaaaaaa', null);
  expect(await references(uri)).toEqual([]);
  expect(await generation()).toBeGreaterThan(kept);
});

test('whatever hides media makes a new generation, and nothing else does', async () => {
  await put('3kfaaaaaaaaaa', [image(ONE)]);
  await put('3kgaaaaaaaaaa', []);
  let before = await generation();
  await put('3kgaaaaaaaaaa', null);
  expect(await generation()).toBe(before);
  await club.account(ADA, 'deactivated');
  await club.work();
  expect(await generation()).toBeGreaterThan(before);
  before = await generation();
  await club.account(ADA, 'active');
  await club.work();
  const root = await club.story(ADA, 'With an answer');
  await club.reply(didOf('bea'), root, root);
  const answered = await generation();
  await club.remove(root);
  expect(await generation()).toBeGreaterThan(answered);
});

test('blobs that are none are no reference', async () => {
  const bad = [
    { ...ONE, ref: { $link: 'bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku' } },
    { ...ONE, ref: { $link: `${ONE.ref.$link.slice(0, -1)}!` } },
    { ...ONE, ref: 'x' },
    { $type: 'blob' },
  ];
  const uri = await club.put(ADA, 'com.example.any', { anything: bad, good: ONE });
  expect((await references(uri)).map(({ cid }) => cid).length).toBeLessThanOrEqual(1);
});

test('what a data centre knows of a host is forgotten within a minute, whatever is configured', async () => {
  const clock = { at: 0, now: () => clock.at };
  const gates = new Gates(clock, 3_600_000);
  const first = await gates.of(it.db, 'inkwell.example');
  await it.db.prepare('update space set media_generation = media_generation + 1').run();
  clock.at += 59_000;
  expect(await gates.of(it.db, 'inkwell.example')).toEqual(first);
  clock.at += 1_000;
  expect((await gates.of(it.db, 'inkwell.example'))?.generation).toBe((first?.generation ?? 0) + 1);
  expect(await gates.of(it.db, 'nobody.example')).toBeNull();
});
