/** Earlier versions of what was edited are kept for those who answered them, and only while the record is there and shows. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { prune } from '../../src/db/prune.ts';
import { tidAt } from '../../src/domain/tid.ts';
import { makeUri } from '../../src/domain/uri.ts';
import { VERSIONS } from '../../src/domain/versions.ts';
import { readPost, readVersions } from '../../src/reads/index.ts';
import { contextOf, got } from '../reads/setup.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { cidOf } from '../support/media.ts';

const BEN = didOf('ben');
const STORY = 'club.commonplace.story';
let it: TestDatabase;
let club: Community;
let uri: string;
/** Of the story; another one in each test. */
let ann: string;
let count = 0;

beforeAll(async () => {
  it = await openDatabase();
});
afterAll(() => it.stop());
beforeEach(async () => {
  const letter = 'abcdefghijklmnopqrstuvwxyz'[count++];
  club = await Community.found(it.db, `club${letter}`);
  ann = didOf(`ann${letter}`);
  uri = makeUri(ann, STORY, tidAt(club.now));
  await put('one');
});

const cid = (text: string): string => cidOf(Buffer.from(text));

/** A version of Ann's story, a second after the one before. Gives the rows written. */
async function put(text: string, more: { did?: string; rev?: string; space?: string } = {}): Promise<number> {
  club.later(1000);
  const { did = ann, rev = tidAt(club.now + 1), space = club.space } = more;
  const record = { $type: STORY, space, title: 'A story', text, createdAt: '2026-01-01T00:00:00Z' };
  const event = { did, collection: STORY, rkey: uri.split('/').at(-1) ?? '', rev, cid: cid(text), record };
  const all = { kind: 'record', operation: 'update', snapshot: false, proven: true } as const;
  return (await club.admission.admit([{ ...all, ...event }])).rowsWritten;
}

const ctx = () => contextOf(it.db, { now: club.now });
const kept = async (): Promise<string[]> => {
  const { results } = await it.db.prepare('select cid from version where uri = ? order by until').bind(uri).all();
  return results.map((row) => String(row.cid));
};

test('what was changed is there as it was, and says that it was changed', async () => {
  expect(got(await readPost(ctx(), uri)).post.editedAt).toBeNull();
  await put('two');
  await put('three');
  const { post, versions } = got(await readVersions(ctx(), uri));
  expect(post).toMatchObject({ cid: cid('three'), editedAt: club.now });
  expect(versions.map((version) => [version.cid, version.record.text])).toEqual([
    [cid('two'), 'two'],
    [cid('one'), 'one'],
  ]);
  expect(versions.every(({ until }) => until > 0 && until <= club.now)).toBe(true);
});

test('an edit costs two rows more for that, and a repeated one none', async () => {
  const rows = await put('two');
  const again = { rev: tidAt(club.now + 1) };
  expect(rows).toBeLessThanOrEqual(12);
  const before = await kept();
  expect(await put('two', again)).toBe(0);
  expect(await kept()).toEqual(before);
});

test('a version that stands again is not told as an earlier one', async () => {
  await put('two');
  await put('one');
  expect(got(await readVersions(ctx(), uri)).versions.map((version) => version.cid)).toEqual([cid('two')]);
});

test('nothing is kept of what does not show, and what is hidden loses its versions', async () => {
  await put('two');
  expect(await kept()).toHaveLength(1);
  await club.account(ann, 'deactivated');
  await club.work();
  expect(await kept()).toEqual([]);
  await put('three');
  expect(await kept()).toEqual([]);
  expect(await readVersions(ctx(), uri)).toMatchObject({ refusal: 'PostNotFound' });
});

test('deletion takes them away, and so does what comes elsewhere, or the end of the space', async () => {
  await put('two');
  await club.remove(uri);
  expect(await kept()).toEqual([]);
  await put('again');
  await put('and again');
  expect(await kept()).toHaveLength(1);
  expect(got(await readPost(ctx(), uri)).post.editedAt).not.toBeNull();
  await put('away', { space: didOf('nowhere') });
  expect(await kept()).toEqual([]);
  await put('back');
  await put('and back');
  await it.db.prepare('delete from record where space = ?').bind(club.space).run();
  expect(await kept()).toEqual([]);
});

test('the last twenty are kept, for thirty days', async () => {
  for (let i = 0; i < VERSIONS.most + 3; i++) await put(`version ${i}`);
  const all = await kept();
  expect(all).toHaveLength(VERSIONS.most);
  expect(all).not.toContain(cid('one'));
  expect(all.at(-1)).toBe(cid(`version ${VERSIONS.most + 1}`));
  const later = club.now + VERSIONS.days * 86_400_000 + 1;
  expect(got(await readVersions(contextOf(it.db, { now: later }), uri)).versions).toEqual([]);
  await prune(it.db, later);
  expect(await kept()).toEqual([]);
});

test('likes and other records have none', async () => {
  const subject = { uri, cid: cid('one') };
  await club.put(BEN, 'club.commonplace.like', { subject }, '3kzzzzzzzzzzz');
  const { n } = (await it.db.prepare('select count(*) as n from version').first<{ n: number }>()) ?? { n: -1 };
  const event = { did: BEN, collection: 'club.commonplace.like', rkey: '3kzzzzzzzzzzz', cid: cid('like') };
  const record = { $type: event.collection, space: club.space, subject, createdAt: '2026-01-01T00:00:00Z' };
  const all = { kind: 'record', operation: 'update', snapshot: false, proven: true } as const;
  await club.admission.admit([{ ...all, ...event, record, rev: tidAt(club.now + 5) }]);
  expect(await it.db.prepare('select count(*) as n from version').first()).toEqual({ n });
});
