/** What people are told: from the same records as everything else, gone with them, and nobody else's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mute, seeUntil, unmute } from '../../src/actions/personal.ts';
import { metered } from '../../src/db/meter.ts';
import { tell } from '../../src/db/personal.ts';
import type { JsonObject, SpaceDetails } from '../../src/domain/model.ts';
import { noticedAt, STALE_MS } from '../../src/domain/notices.ts';
import { tidAt } from '../../src/domain/tid.ts';
import * as reads from '../../src/reads/index.ts';
import { recording } from '../db/queries/recording.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { contextOf, got } from './setup.ts';

const MEMBERSHIP = 'club.commonplace.space.membership';
const JOIN = 'club.commonplace.actor.join';
const mentioning = (...dids: string[]) => ({
  facets: dids.map((did) => ({
    index: { byteStart: 0, byteEnd: 4 },
    features: [{ $type: 'app.bsky.richtext.facet#mention', did }],
  })),
});

let it: TestDatabase;
let club: Community;
let space: SpaceDetails;
let count = 0;
/** Everybody is new in every test. */
const somebody = (name: string): string => didOf(`${name}${'abcdefghijklmnopqrstuvwxyz'[count++ % 26]}x`);

beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'club');
  space = got(await reads.readSpace(contextOf(it.db), club.space));
});
afterAll(() => it.stop());

const ctx = () => contextOf(it.db, { now: club.now + 1000 });
const told = async (did: string, query: Partial<reads.NoticesQuery> = {}) =>
  got(await reads.readNotices(ctx(), did, { space, limit: 20, ...query }));
const reasons = async (did: string) => (await told(did)).items.map(({ reason, people }) => [reason, people[0]?.did]);
const unread = (did: string) => reads.countUnread(ctx(), did, space);
const see = (did: string) => seeUntil(did, club.space, club.now, { db: it.db, now: club.now });

describe('somebody is told of', () => {
  test('answers to their posts and to their replies, the newest first, and of none between others', async () => {
    const [ann, ben, eve] = [somebody('ann'), somebody('ben'), somebody('eve')];
    const post = await club.story(ann, 'A');
    const answer = await club.reply(ben, post, post);
    await club.reply(eve, post, answer);
    expect(await reasons(ann)).toEqual([['reply', ben]]);
    expect(await reasons(ben)).toEqual([['reply', eve]]);
    await club.reply(eve, post, post);
    expect(await reasons(ann)).toEqual([
      ['reply', eve],
      ['reply', ben],
    ]);
    expect((await told(ann)).items[0]).toMatchObject({ isRead: false, space: club.space, post: { parent: post } });
  });

  test('mention of them, once, and not beside the answer that holds it', async () => {
    const [ann, ben, eve] = [somebody('ann'), somebody('ben'), somebody('eve')];
    const post = await club.story(ben, 'B', mentioning(ann, ann, ben));
    expect(await reasons(ann)).toEqual([['mention', ben]]);
    expect(await reasons(ben)).toEqual([]);
    const under = { root: { uri: post, cid: CIDS }, parent: { uri: post, cid: CIDS } };
    await club.put(eve, 'club.commonplace.reply', { text: 'You', ...under, ...mentioning(ben, ann) });
    expect(await reasons(ben)).toEqual([['reply', eve]]);
    expect(await reasons(ann)).toEqual([
      ['mention', eve],
      ['mention', ben],
    ]);
  });

  test('likes of one thing as one, however many there are', async () => {
    const ann = somebody('ann');
    const post = await club.story(ann, 'A');
    const fans = [somebody('ben'), somebody('eve')];
    for (const fan of fans) await club.like(fan, post);
    await club.like(ann, post);
    const [one, ...more] = (await told(ann)).items;
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      reason: 'like',
      count: 2,
      post: { uri: post },
      people: [{ did: fans[1] }, { did: fans[0] }],
    });
    for (let i = 0; i < 40; i++)
      await club.like(didOf(`fan${'abcdefghijklmnopqrstuvwxyz'[i % 26]}${i > 25 ? 'y' : 'z'}`), post);
    expect((await told(ann)).items).toMatchObject([{ reason: 'like', count: 43 }]);
  });

  test('their membership: that the group confirmed it, which roles they have, and that it ended it', async () => {
    const ann = somebody('ann');
    await club.put(ann, JOIN, {}, club.space);
    expect(await reasons(ann)).toEqual([]);
    const record = { member: ann, roles: ['reader'] };
    await club.put(club.space, MEMBERSHIP, record, ann);
    expect((await told(ann)).items).toMatchObject([{ reason: 'admitted', roles: ['reader'], isRead: false }]);
    await see(ann);
    await club.put(club.space, MEMBERSHIP, { ...record, roles: ['reader', 'host'] }, ann);
    expect((await told(ann)).items).toMatchObject([{ roles: ['reader', 'host'], isRead: false }]);
    await club.remove(`at://${club.space}/${MEMBERSHIP}/${ann}`);
    expect(await reasons(ann)).toEqual([['removed', undefined]]);
    await club.remove(`at://${ann}/${JOIN}/${club.space}`);
    expect(await reasons(ann)).toEqual([]);
  });

  test('what was decided of them, which no record says', async () => {
    const [ann, ben] = [somebody('ann'), somebody('ben')];
    await tell(it.db, { did: ann, space: club.space, reason: 'moderation', detail: 'Off topic.' }, club.now);
    expect((await told(ann)).items).toMatchObject([{ reason: 'moderation', detail: 'Off topic.', subject: null }]);
    expect(await reasons(ben)).toEqual([]);
    // Also before they have anything to do with the space.
    expect((await told(ann, { space: null })).items).toHaveLength(1);
  });
});

const CIDS = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';

describe('nobody is told of', () => {
  test('what they do themselves', async () => {
    const ann = somebody('ann');
    const post = await club.story(ann, 'A', mentioning(ann));
    await club.reply(ann, post, post);
    await club.like(ann, post);
    expect([await reasons(ann), await unread(ann)]).toEqual([[], 0]);
  });

  test('what is deleted, changed or taken back', async () => {
    const [ann, ben, eve] = [somebody('ann'), somebody('ben'), somebody('eve')];
    const post = await club.story(ann, 'A');
    const answer = await club.reply(ben, post, post);
    const named = await club.story(ben, 'B', mentioning(ann, eve));
    const like = await club.like(ben, post);
    expect(await reasons(ann)).toHaveLength(3);
    await club.remove(like);
    await club.remove(answer);
    await club.put(
      ben,
      'club.commonplace.story',
      { title: 'B', text: '', ...mentioning(eve) },
      named.split('/').at(-1),
    );
    expect([await reasons(ann), await unread(ann)]).toEqual([[], 0]);
    expect(await reasons(eve)).toHaveLength(1);
    await club.remove(named);
    expect(await reasons(eve)).toEqual([]);
    expect(
      await it.db.prepare('select count(*) from mention where did in (?, ?)').bind(ann, eve).first('count(*)'),
    ).toBe(0);
  });

  test('what an account wrote or likes that is not there any more, at once and for good', async () => {
    const [ann, ben] = [somebody('ann'), somebody('ben')];
    const post = await club.story(ann, 'A');
    await club.reply(ben, post, post);
    await club.story(ben, 'B', mentioning(ann));
    await club.like(ben, post);
    await club.account(ben, 'deactivated');
    expect(await reasons(ann)).toEqual([]);
    await club.work();
    expect([await reasons(ann), await unread(ann)]).toEqual([[], 0]);
    await see(ann);
    await club.account(ben, 'active');
    await club.work();
    // It is there again, and no news.
    expect([(await reasons(ann)).length, await unread(ann)]).toEqual([3, 0]);
  });

  test('what is no news: read here long after it was written', async () => {
    expect([noticedAt(1000, 900), noticedAt(STALE_MS + 1000, 900)]).toEqual([1000, 900]);
    const [ann, ben] = [somebody('ann'), somebody('ben')];
    const post = await club.story(ann, 'A');
    await see(ann);
    const old = { text: 'Long ago', createdAt: new Date(club.now - 2 * STALE_MS).toISOString() };
    const under = { root: { uri: post, cid: CIDS }, parent: { uri: post, cid: CIDS } };
    await club.put(ben, 'club.commonplace.reply', { ...under, ...old });
    expect([(await told(ann)).items.length, await unread(ann)]).toEqual([1, 0]);
  });

  test('people and threads that they mute, until they take it back', async () => {
    const [ann, ben, eve] = [somebody('ann'), somebody('ben'), somebody('eve')];
    const deps = { db: it.db, now: club.now };
    const post = await club.story(ann, 'A');
    const other = await club.story(ann, 'O');
    await club.reply(ben, post, post);
    await club.like(ben, post);
    await club.reply(eve, other, other);
    expect(await mute(ann, ann, deps)).toMatchObject({ refusal: 'InvalidRequest' });
    expect(await mute(ann, 'somebody', deps)).toMatchObject({ refusal: 'InvalidRequest' });
    await mute(ann, ben, deps);
    expect([await reasons(ann), await unread(ann)]).toEqual([[['reply', eve]], 1]);
    await mute(ann, other, deps);
    expect([await reasons(ann), await unread(ann)]).toEqual([[], 0]);
    await unmute(ann, ben, deps);
    await unmute(ann, other, deps);
    expect(await unread(ann)).toBe(3);
  });

  test('anything in a space that they may not know of', async () => {
    const [ann, ben] = [somebody('ann'), somebody('ben')];
    const closed = await Community.found(it.db, 'closed', { held: 'private' });
    const post = await closed.story(ann, 'Secret');
    await closed.reply(ben, post, post);
    await tell(it.db, { did: ann, space: closed.space, reason: 'invited' }, club.now);
    expect((await told(ann, { space: null })).items).toEqual([]);
    expect(await reads.countUnread(ctx(), ann, null)).toBe(0);
    // Signed in they are told what was decided of them; nobody else is, and of what is written there nothing.
    for (const [who, reasons] of [
      [ann, ['invited']],
      [ben, []],
    ] as const) {
      const own = contextOf(it.db, { now: club.now + 1000, viewer: { did: who, handle: null, by: 'browser' } });
      const { items } = got(await reads.readNotices(own, who, { space: null, limit: 20 }));
      expect(items.map(({ reason }) => reason)).toEqual(reasons);
      expect(await reads.countUnread(own, who, null)).toBe(reasons.length);
    }
  });
});

test('what waits to be confirmed is news when it shows', async () => {
  const strict = await Community.found(it.db, 'strict', { profile: { postPolicy: 'members' } });
  const details = got(await reads.readSpace(contextOf(it.db), strict.space));
  const [ann, ben] = [somebody('ann'), somebody('ben')];
  for (const one of [ann, ben]) await strict.put(one, JOIN, {}, strict.space);
  await strict.put(strict.space, MEMBERSHIP, { member: ann, roles: [] }, ann);
  const post = await strict.story(ann, 'A');
  await strict.reply(ben, post, post);
  const count = () => reads.countUnread(ctx(), ann, details);
  await seeUntil(ann, null, strict.now, { db: it.db, now: strict.now });
  expect(await count()).toBe(0);
  await strict.put(strict.space, MEMBERSHIP, { member: ben, roles: [] }, ben);
  await strict.work();
  expect(await count()).toBe(1);
});

test('pages follow each other without a gap, whatever arrives at the same moment', async () => {
  const [ann, ben] = [somebody('ann'), somebody('ben')];
  const posts = [await club.story(ann, 'A'), await club.story(ann, 'B')];
  const under = (uri: string) => ({ root: { uri, cid: CIDS }, parent: { uri, cid: CIDS } });
  await club.putAll(
    Array.from({ length: 9 }, (_, i) => ({
      ...{ did: ben, collection: 'club.commonplace.reply', record: { ...under(posts[i % 2] ?? ''), text: `${i}` } },
    })),
  );
  await club.like(ben, posts[0] ?? '');
  await club.story(ben, 'C', mentioning(ann));
  const all = (await told(ann)).items;
  expect(all).toHaveLength(11);
  const paged = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof told>> = await told(ann, { limit: 2, cursor });
    paged.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  expect(paged).toEqual(all);
  const { cursor: mine } = await told(ann, { limit: 2 });
  expect(await reads.readNotices(ctx(), ben, { space, limit: 2, cursor: mine })).toMatchObject({
    refusal: 'BadCursor',
  });
});

test('what was seen is read, never goes back, and no time to come counts', async () => {
  const [ann, ben] = [somebody('ann'), somebody('ben')];
  const post = await club.story(ann, 'A');
  await club.reply(ben, post, post);
  await seeUntil(ann, null, club.now + 1e9, { db: it.db, now: club.now });
  expect([await unread(ann), (await told(ann)).items[0]?.isRead]).toEqual([0, true]);
  await seeUntil(ann, null, 0, { db: it.db, now: club.now });
  expect(await unread(ann)).toBe(0);
  await club.reply(ben, post, post);
  expect(await unread(ann)).toBe(1);
});

test('the mark on every page reads a row or two for each newest post, and no more in a larger space', async () => {
  const [ann, ben] = [somebody('ann'), somebody('ben')];
  const rowsOf = async (): Promise<number> => {
    const { db, rowsRead } = metered(it.db);
    await reads.countUnread(contextOf(db, { now: club.now }), ann, space);
    return rowsRead();
  };
  const stories = (did: string, many: number) =>
    club.putAll(
      Array.from({ length: many }, (_, i) => ({
        ...{ did, collection: 'club.commonplace.story', record: { title: `S${i}`, text: '' } },
      })),
    );
  const [post = ''] = await stories(ann, 21);
  const under = { root: { uri: post, cid: CIDS }, parent: { uri: post, cid: CIDS } };
  await club.putAll(
    Array.from({ length: 30 }, (_, i) => ({
      ...{ did: ben, collection: 'club.commonplace.reply', record: { ...under, text: `${i}` } },
    })),
  );
  await see(ann);
  const before = await rowsOf();
  expect(before).toBeLessThanOrEqual(2 * 21 + 10);
  await stories(ben, 60);
  expect(await rowsOf()).toBeLessThanOrEqual(before + 2);
});

test('the mark over all spaces is one question and a few rows for each of them while nothing is new', {
  timeout: 20_000,
}, async () => {
  const [ann, ben] = [somebody('ann'), somebody('ben')];
  const clubs = [];
  for (const one of 'abcde') clubs.push(await Community.found(it.db, `many${one}`));
  const posts: string[] = [];
  for (const one of clubs) posts.push(await one.story(ann, 'A'));
  const asked = async () => {
    const meter = metered(it.db);
    const { db, asked: questions } = recording(meter.db);
    const count = await reads.countUnread(contextOf(db, { now: club.now }), ann, null);
    return { count, questions: questions.length, rows: meter.rowsRead() };
  };
  const idle = await asked();
  expect(idle).toMatchObject({ count: 0, questions: 1 });
  expect(idle.rows).toBeLessThanOrEqual(5 * 10);
  await clubs[3]?.reply(ben, posts[3] ?? '', posts[3] ?? '');
  await clubs[2]?.like(ben, posts[2] ?? '');
  await clubs[1]?.story(ben, 'B', mentioning(ann));
  await clubs[4]?.put(ann, JOIN, {}, clubs[4].space);
  await clubs[4]?.put(clubs[4].space, MEMBERSHIP, { member: ann, roles: [] }, ann);
  await tell(it.db, { did: ann, space: clubs[0]?.space ?? '', reason: 'invited' }, club.now);
  expect((await asked()).count).toBe(5);
  await seeUntil(ann, null, club.now + 1e9, { db: it.db, now: club.now + 1e9 });
  expect(await asked()).toMatchObject({ count: 0, questions: 1 });
});

test('being told of it costs an answer one row, a mention one, and a like none', async () => {
  const [ann, ben] = [somebody('ann'), somebody('ben')];
  const [post, own] = [await club.story(ann, 'A'), await club.story(ben, 'B')];
  const under = (uri: string) => ({ root: { uri: post, cid: CIDS }, parent: { uri, cid: CIDS } });
  let written = club.now;
  /** On average of fifty, in one batch. */
  const rowsOf = async (collection: string, record: (i: number) => JsonObject): Promise<number> => {
    const events = Array.from({ length: 50 }, (_, i) => {
      written += 1000;
      const rev = tidAt(written);
      const full = { $type: collection, space: club.space, createdAt: new Date(written).toISOString(), ...record(i) };
      const event = { kind: 'record', operation: 'create', snapshot: false, proven: true } as const;
      return { ...event, did: ben, collection, rkey: rev, rev, cid: CIDS, record: full };
    });
    return (await club.admission.admit(events)).rowsWritten / events.length;
  };
  const reply = (parent: string, more: JsonObject = {}) =>
    rowsOf('club.commonplace.reply', () => ({ ...under(parent), text: 'I see.', ...more }));
  const story = (more: JsonObject = {}) => rowsOf('club.commonplace.story', () => ({ title: 'T', text: 'x', ...more }));
  // Whoever is met for the first time is looked up, which costs once.
  await reply(own);
  const answered = await reply(post);
  expect(answered).toBeLessThanOrEqual(12.5);
  expect(answered - (await reply(own))).toBeCloseTo(1, 1);
  expect((await reply(post, mentioning(didOf('cid'), didOf('dan')))) - answered).toBeCloseTo(2, 1);
  const told = await story();
  expect(told).toBeLessThanOrEqual(14.5);
  // No more than ten of them, however many there are.
  const many = Array.from({ length: 20 }, (_, i) => didOf(`cid${'abcdefghijklmnopqrstuvwxyz'[i]}`));
  expect((await story(mentioning(...many))) - told).toBeCloseTo(10, 1);
  const { results } = await it.db
    .prepare('select uri from post where did = ? and root is null')
    .bind(ben)
    .all<{ uri: string }>();
  const liked = await rowsOf('club.commonplace.like', (i) => ({ subject: { uri: results[i]?.uri ?? '', cid: CIDS } }));
  expect(liked).toBeLessThanOrEqual(7.5);
});
