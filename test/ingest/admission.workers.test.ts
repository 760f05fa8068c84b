/** What admission promises, one promise at a time. */
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RecordEvent, StreamEvent } from '../../src/domain/event.ts';
import type { JsonObject } from '../../src/domain/model.ts';
import { COMMENT, cidOf, didOf, ELSEWHERE, LEAGUE, LETTERS, NOW, permissions, profile } from '../model/cast.ts';
import * as records from '../model/records.ts';
import { Repository, uriIn } from '../model/repository.ts';
import { OURS } from '../model/soundness.ts';
import { tid, tidMicros } from '../model/tid.ts';
import { IndexUnderTest } from './index-under-test.ts';

const [STORY, REPLY, LIKE, CROSSPOST] = ['story', 'reply', 'like', 'crosspost'].map((name) => OURS + name) as [
  string,
  string,
  string,
  string,
];
const BEGIN = NOW - 3_600_000 * 24;
const section = (id: string, ...collections: string[]): JsonObject => ({ id, name: id, collections });

let index: IndexUnderTest;
let at: number;
let ann: Repository;
let ben: Repository;
let letters: Repository;
let league: Repository;

/** Moves on by a second with each call. */
const next = (): number => (at += 1_000);
const time = (ms = at): string => new Date(ms).toISOString();
const key = (): string => tid(at * 1000);
const take = (...batches: StreamEvent[][]): Promise<unknown> => index.take(batches);
const story = (by: Repository, space = LETTERS, createdAt?: string, rkey?: string): RecordEvent => {
  next();
  return by.put(STORY, rkey ?? key(), records.post('story', space, createdAt ?? time()), at);
};
const uriOf = (event: RecordEvent): string => uriIn(event.did, event);
const post = async (uri: string): Promise<Record<string, unknown> | undefined> =>
  (await index.query('select * from post')).find((row) => row.uri === uri);
const record = async (uri: string): Promise<Record<string, unknown> | undefined> =>
  (await index.query('select * from record')).find((row) => row.uri === uri && row.cid !== null);
const drops = async (): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    (await index.query('select reason, count from drop_count')).map(({ reason, count }) => [reason, count]),
  );

function govern(group: Repository, postPolicy: string, sections: JsonObject[] | null = null): RecordEvent {
  next();
  return group.put(`${OURS}space.profile`, 'self', profile(group.did, postPolicy, sections, time()), at);
}

beforeEach(async () => {
  index = await IndexUnderTest.empty(env.DB);
  at = BEGIN;
  [ann, ben, letters, league] = [didOf('ann'), didOf('ben'), LETTERS, LEAGUE].map((did) => new Repository(did)) as [
    Repository,
    Repository,
    Repository,
    Repository,
  ];
  await take([govern(letters, 'anyone'), govern(league, 'anyone')]);
});

describe('what must be refused', () => {
  test.each([
    ['a rev that is no TID', 'zzzzzzzzzzzzz', 'bad-rev'],
    ['a rev more than ten minutes ahead', tid((NOW + 11 * 60_000) * 1000), 'rev-in-future'],
  ])('%s is, of a deletion too: it would stand for ever', async (_, rev, reason) => {
    const created = story(ann);
    await take([created], [{ ...created, operation: 'delete', record: null, cid: null, rev }]);
    expect(await record(uriOf(created))).toBeDefined();
    expect(await drops()).toEqual({ [reason]: 1 });
  });

  test('a version that is refused leaves the word to the one before it, in one batch as in two', async () => {
    const [first, second] = [story(ann), story(ben)];
    const broken = [ann, ben].map((by, n) => by.put(STORY, [first, second][n]?.rkey ?? '', { space: LETTERS }, next()));
    await take([first, broken[0] as RecordEvent], [second], [broken[1] as RecordEvent]);
    expect([await record(uriOf(first)), await record(uriOf(second))]).toEqual([
      expect.objectContaining({ rev: first.rev }),
      expect.objectContaining({ rev: second.rev }),
    ]);
    expect(await drops()).toEqual({ 'invalid-record': 2 });
  });

  test('keeps no content of what was refused, and only the last hundred', async () => {
    const broken = Array.from({ length: 130 }, () =>
      ann.put(STORY, tid(next() * 1000), { space: LETTERS, secret: 'swordfish' }, at),
    );
    for (const event of broken) await take([event]);
    const kept = await index.query('select * from dropped');
    expect(kept).toHaveLength(100);
    expect(JSON.stringify(kept)).not.toContain('swordfish');
    expect(await drops()).toEqual({ 'invalid-record': 130 });
  });
});

describe('limits', () => {
  const stories = (count: number): RecordEvent[] => Array.from({ length: count }, () => story(ann));

  beforeEach(() => take([govern(letters, 'members')]));

  test.each([
    ['in one batch', (events: RecordEvent[]) => [events]],
    ['in many', (events: RecordEvent[]) => [events.slice(0, 150), events.slice(150, 199), events.slice(199)]],
  ])('two hundred records of a non-member are kept, %s', async (_, batched) => {
    await take(...batched(stories(205)));
    expect(await index.query(`select count(*) as n from record where cid is not null and did = '${ann.did}'`)).toEqual([
      { n: 200 },
    ]);
    expect(await drops()).toEqual({ 'pending-limit': 5 });
  });

  test('what says who someone is here is taken beyond them, and a member has room', async () => {
    await take(stories(200));
    const join = ann.put(`${OURS}actor.join`, LETTERS, records.half('actor.join', LETTERS, time()), next());
    const admitted = letters.put(
      `${OURS}space.membership`,
      ann.did,
      records.membership(LETTERS, ann.did, [], time()),
      next(),
    );
    await take([join, admitted], stories(5));
    expect(await drops()).toEqual({});
    expect(await index.query('select posts from space where posts > 0')).toEqual([{ posts: 205 }]);
  });

  test('a deletion makes room, and an edit needs none', async () => {
    const [first, second, ...rest] = stories(200);
    if (!first || !second) throw new Error('two stories are needed');
    await take([first, second, ...rest]);
    await take([ann.remove(STORY, first.rkey, next())], [story(ann)], [story(ann, LETTERS, time(), second.rkey)]);
    expect(await drops()).toEqual({});
  });

  const unseen = (count: number, by = ann): RecordEvent[] =>
    Array.from({ length: count }, () => by.remove(STORY, tid(next() * 1000), at));

  test.each([
    ['in one batch', (events: RecordEvent[]) => [events]],
    ['in many', (events: RecordEvent[]) => [events.slice(0, 990), events.slice(990, 1000), events.slice(1000)]],
  ])('a thousand deletions of what was never seen are kept of one author, %s', async (_, batched) => {
    await take([story(ann), story(ben)], ...batched(unseen(1005)));
    expect(await index.query('select count(*) as n from record where cid is null')).toEqual([{ n: 1000 }]);
    expect(await drops()).toEqual({ 'deletion-limit': 5 });
    await take(unseen(2, ben));
    expect(await drops()).toEqual({ 'deletion-limit': 5 });
  });

  test('of a group all that it takes back is kept', async () => {
    const membership = (): RecordEvent => letters.remove(`${OURS}space.membership`, didOf(key()), next());
    await take(Array.from({ length: 1005 }, membership));
    expect(await drops()).toEqual({});
    expect(await index.query('select count(*) as n from record where cid is null')).toEqual([{ n: 1005 }]);
  });

  test('beyond a thousand deletions what is here is still deleted, and one batch brings nothing back', async () => {
    const [first, brief] = [story(ann), story(ann)];
    await take([first], unseen(1000), [ann.remove(STORY, first.rkey, next())]);
    await take([brief, ann.remove(STORY, brief.rkey, next())]);
    expect([await record(uriOf(first)), await record(uriOf(brief))]).toEqual([undefined, undefined]);
    expect(await drops()).toEqual({ 'deletion-limit': 1 });
  });

  test('a non-member who deleted a thousand records writes no more; a member does', async () => {
    const join = ben.put(`${OURS}actor.join`, LETTERS, records.half('actor.join', LETTERS, time()), next());
    const admitted = letters.put(
      `${OURS}space.membership`,
      ben.did,
      records.membership(LETTERS, ben.did, [], time()),
      next(),
    );
    await take([join, admitted], [story(ann), story(ben)], [...unseen(1000), ...unseen(1000, ben)]);
    const [refused, taken] = [story(ann), story(ben)];
    await take([refused, taken], [story(ann, LEAGUE)]);
    expect(await record(uriOf(refused))).toBeUndefined();
    expect(await record(uriOf(taken))).toBeDefined();
    expect(await drops()).toEqual({ 'deletion-limit': 1 });
  });

  test('are each space’s own', async () => {
    await take(stories(200), [story(ann, LEAGUE)]);
    expect(await drops()).toEqual({});
  });
});

describe('the sort time', () => {
  test('is lowered by an edit that claims an earlier date', async () => {
    const created = story(ann);
    const edited = story(ann, LETTERS, time(BEGIN - 5_000), created.rkey);
    await take([created], [edited]);
    expect((await post(uriOf(created)))?.sort_at).toBe(BEGIN - 5_000);
  });

  test('is the least over versions of one batch, too', async () => {
    const created = story(ann, LETTERS, time(BEGIN - 5_000));
    await take([created, story(ann, LETTERS, time(), created.rkey)]);
    expect((await post(uriOf(created)))?.sort_at).toBe(BEGIN - 5_000);
  });

  test.each<[string, (rkey: string) => RecordEvent]>([
    ['a deletion', (rkey) => ann.remove(STORY, rkey, next())],
    ['a version that belongs nowhere here', (rkey) => story(ann, ELSEWHERE, time(BEGIN - 5_000), rkey)],
  ])('is not that of %s, whichever comes first', async (_, before) => {
    await take([story(ann)]);
    const [one, other] = [tid(BEGIN * 1000), tid((BEGIN + 1) * 1000)].map((rkey): [RecordEvent, RecordEvent] => [
      before(rkey),
      story(ann, LETTERS, undefined, rkey),
    ]) as [[RecordEvent, RecordEvent], [RecordEvent, RecordEvent]];
    await take([one[0]], [one[1]], [other[1]], [other[0]]);
    const times = await Promise.all([one, other].map(async ([, made]) => (await post(uriOf(made)))?.sort_at));
    expect(times).toEqual([one, other].map(([, made]) => (tidMicros(made.rev) as number) / 1000));
  });

  test('of a reply that gets an earlier one moves the thread’s activity', async () => {
    const root = story(ann, LETTERS, time(BEGIN - 90_000));
    const said = (createdAt: string): JsonObject => records.reply(LETTERS, uriOf(root), uriOf(root), createdAt, false);
    const reply = ben.put(REPLY, tid(next() * 1000), said(time()), at);
    const edited = ben.put(REPLY, reply.rkey, said(time(BEGIN - 60_000)), next());
    await take([root], [reply], [edited]);
    expect((await post(uriOf(root)))?.active_at).toBe(BEGIN - 60_000);
  });
});

describe('what a section takes', () => {
  const sections = [section('links', CROSSPOST)];
  const none = [section('links')];
  const crosspost = (): RecordEvent =>
    ann.put(
      CROSSPOST,
      tid(next() * 1000),
      records.crosspost(LETTERS, uriIn(ben.did, { collection: STORY, rkey: '3jzfcijpj2z2a' }), null, time()),
      at,
    );

  test('becomes a post when the section comes later than the record', async () => {
    const event = crosspost();
    await take([event], [govern(letters, 'anyone', sections)]);
    expect((await post(uriOf(event)))?.section).toBe('links');
  });

  test('is no post any more when no section takes it, and leaves none behind when it is deleted', async () => {
    const [first, second] = [crosspost(), crosspost()];
    await take([govern(letters, 'anyone', sections)], [first, second], [govern(letters, 'anyone', none)]);
    await take([ann.remove(CROSSPOST, second.rkey, next())]);
    expect([await post(uriOf(first)), await post(uriOf(second))]).toEqual([undefined, undefined]);
    expect(await index.breaches()).toEqual([]);
  });

  test('is no post any more: replies to it are hidden, and shown when it is one again', async () => {
    const event = crosspost();
    const said = records.reply(LETTERS, uriOf(event), uriOf(event), time(), false);
    const reply = ben.put(REPLY, tid(next() * 1000), said, at);
    await take([govern(letters, 'anyone', sections)], [event, reply], [govern(letters, 'anyone', none)]);
    expect((await record(uriOf(reply)))?.hidden).toBe(4);
    await take([govern(letters, 'anyone', sections)]);
    expect((await record(uriOf(reply)))?.hidden).toBe(0);
    expect((await post(uriOf(event)))?.reply_count).toBe(1);
  });

  test('is deleted as a post, with what hangs on it, also before the work on the new sections is done', async () => {
    const event = crosspost();
    const said = records.reply(LETTERS, uriOf(event), uriOf(event), time(), false);
    const reply = ben.put(REPLY, tid(next() * 1000), said, at);
    await take([govern(letters, 'anyone', sections)], [event, reply]);
    await index.admission.admit([govern(letters, 'anyone', none)]);
    await index.admission.admit([ann.remove(CROSSPOST, event.rkey, next())]);
    expect(await post(uriOf(event))).toBeUndefined();
    await index.settle();
    expect((await record(uriOf(reply)))?.hidden).toBe(4);
  });
});

describe('an author whom this very batch makes known', () => {
  test('has deleted what they deleted in it: a repeat does not bring it back', async () => {
    const [stays, goes] = [story(ann), story(ann)];
    await take([govern(letters, 'anyone')], [goes, ann.remove(STORY, goes.rkey, next()), stays]);
    await take([goes]);
    expect(await record(uriOf(goes))).toBeUndefined();
    expect(await record(uriOf(stays))).toBeDefined();
  });

  test('has a name, which is looked up, also when an account event comes with their first record', async () => {
    await take([story(ann), { kind: 'account', did: ann.did, status: 'active', at: next() }]);
    const [identity] = await index.query(`select pds from identity where did = '${ann.did}'`);
    expect(identity?.pds).toBe('https://pds.example');
  });
});

describe('the plain address', () => {
  test('is the first holder’s for ever', async () => {
    const first = story(ann);
    const second = story(ben, LETTERS, time(), first.rkey);
    await take([first], [second], [ann.remove(STORY, first.rkey, next())], [story(ben, LETTERS, time(), first.rkey)]);
    expect((await post(uriOf(second)))?.plain).toBe(0);
    await take([story(ann, LETTERS, time(), first.rkey)]);
    expect([(await post(uriOf(first)))?.plain, (await post(uriOf(second)))?.plain]).toEqual([1, 0]);
  });
});

describe('what waits for what it refers to', () => {
  let target: RecordEvent;
  const comment = (on = target): RecordEvent => {
    const subject = { uri: uriOf(on), cid: cidOf(1) };
    return ben.put(COMMENT, tid(next() * 1000), { $type: COMMENT, subject, text: 'So true.', createdAt: time() }, at);
  };

  beforeEach(() => {
    target = story(ann);
  });

  test('is taken in when that comes', async () => {
    const event = comment();
    await take([event]);
    expect(await record(uriOf(event))).toBeUndefined();
    await take([target]);
    expect(await record(uriOf(event))).toMatchObject({ space: LETTERS, hidden: 0 });
    expect(await index.query('select * from waiting')).toEqual([]);
  });

  test('is taken in when that comes after it in the same batch', async () => {
    const event = comment();
    await take([event, target]);
    expect(await record(uriOf(event))).toMatchObject({ space: LETTERS, hidden: 0 });
    expect(await index.query('select * from waiting')).toEqual([]);
  });

  test('shows no more when that goes in the batch that brought it', async () => {
    const event = comment();
    await take([target], [event, ann.remove(STORY, target.rkey, next())]);
    expect(await record(uriOf(event))).toMatchObject({ space: LETTERS, hidden: 4 });
  });

  test.each([
    ['in one batch', (events: RecordEvent[]) => [events]],
    ['in many', (events: RecordEvent[]) => [events.slice(0, 990), events.slice(990, 1000), events.slice(1000)]],
  ])('is no more than a thousand records of one author, %s', async (_, batched) => {
    const events = Array.from({ length: 1005 }, () => comment());
    const by = (author: Repository): RecordEvent => author.put(COMMENT, key(), events[0]?.record as JsonObject, next());
    await take(...batched(events), [by(ann)], [ben.remove(COMMENT, events[0]?.rkey ?? '', next())]);
    expect(await index.query('select count(*) as n from waiting')).toEqual([{ n: 1001 }]);
    expect(await drops()).toEqual({ 'waiting-limit': 5 });
    await take([target], [by(ben)]);
    expect(await index.query('select count(*) as n from waiting')).toEqual([{ n: 0 }]);
    expect(
      await index.query(`select count(*) as n from record where collection = '${COMMENT}' and cid is not null`),
    ).toEqual([{ n: 1001 }]);
  });

  test('is less where records are long, also where a short one becomes long', async () => {
    const short = Array.from({ length: 5 }, () => comment());
    const long = (event: RecordEvent): RecordEvent =>
      ben.put(COMMENT, event.rkey, { ...event.record, text: 'x'.repeat(290_000) }, next());
    await take(...Array.from({ length: 40 }, () => [long(comment())]), short);
    await take(...short.map((event) => [long(event)]));
    // Each counts thirty times.
    expect(await index.query('select count(*) as n from waiting')).toEqual([{ n: 34 }]);
    expect(await drops()).toEqual({ 'waiting-limit': 16 });
  });

  test('and was deleted meanwhile is not brought back', async () => {
    const event = comment();
    await take([event], [ben.remove(COMMENT, event.rkey, next())], [target]);
    expect(await record(uriOf(event))).toBeUndefined();
  });

  test('and meanwhile refers to something else waits for that alone', async () => {
    const [event, other] = [comment(), story(ann, LEAGUE)];
    const edited = ben.put(
      COMMENT,
      event.rkey,
      { ...event.record, subject: { uri: uriOf(other), cid: cidOf(1) } },
      next(),
    );
    await take([event], [edited], [target]);
    expect(await record(uriOf(event))).toBeUndefined();
    await take([other]);
    expect(await record(uriOf(event))).toMatchObject({ space: LEAGUE, rev: edited.rev });
  });

  test('follows it into another space, still as the snapshot that it was', async () => {
    const event = { ...comment(), snapshot: true };
    await take([target], [event], [story(ann, LEAGUE, time(), target.rkey)]);
    expect(await record(uriOf(event))).toMatchObject({ space: LEAGUE, rev: event.rev, snapshot: 1, hidden: 0 });
  });

  test('is more than one slice of work holds, and all of it comes and goes', async () => {
    await take(
      [govern(letters, 'anyone')],
      Array.from({ length: 450 }, () => comment()),
    );
    const shown = () =>
      index.query(
        `select count(*) as n from record where collection = '${COMMENT}' and cid is not null and hidden = 0`,
      );
    await take([target]);
    expect(await shown()).toEqual([{ n: 450 }]);
    await take([ann.remove(STORY, target.rkey, next())]);
    expect(await shown()).toEqual([{ n: 0 }]);
    await take([story(ann, LEAGUE, time(), target.rkey)]);
    expect(
      await index.query(
        `select space, count(*) as n from record where collection = '${COMMENT}' and cid is not null and hidden = 0 group by space`,
      ),
    ).toEqual([{ space: LEAGUE, n: 450 }]);
  });

  test('is hidden while it is deleted, and shown when it is made again', async () => {
    const event = comment();
    await take([target], [event], [ann.remove(STORY, target.rkey, next())]);
    expect((await record(uriOf(event)))?.hidden).toBe(4);
    await take([story(ann, LETTERS, time(), target.rkey)]);
    expect((await record(uriOf(event)))?.hidden).toBe(0);
  });
});

describe('seq', () => {
  test('grows with every change, over restarts of the indexer too', async () => {
    const event = story(ann);
    const seqs: number[] = [];
    for (const change of [
      event,
      story(ann, LETTERS, time(), event.rkey),
      ann.remove(STORY, event.rkey, next()),
      story(ann, LETTERS, time(), event.rkey),
    ]) {
      await take([change]);
      index.admission.forget();
      const [row] = await index.query(`select seq from record where uri = '${uriOf(event)}'`);
      seqs.push(row?.seq as number);
    }
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  });
});

describe('a role of any name', () => {
  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    '%s grants what its entry says, and stops nothing',
    async (role) => {
      await take([
        govern(letters, 'roles'),
        letters.put(`${OURS}space.permissions`, 'self', permissions(LETTERS, { other: ['post'] }), next()),
      ]);
      const join = ann.put(`${OURS}actor.join`, LETTERS, records.half('actor.join', LETTERS, time()), next());
      const admitted = letters.put(
        `${OURS}space.membership`,
        ann.did,
        records.membership(LETTERS, ann.did, [role], time()),
        next(),
      );
      const event = story(ann);
      await take([join, admitted], [event]);
      expect((await record(uriOf(event)))?.hidden).toBe(2);
      await take([
        letters.put(
          `${OURS}space.permissions`,
          'self',
          permissions(LETTERS, Object.fromEntries([[role, ['post']]])),
          next(),
        ),
      ]);
      expect((await record(uriOf(event)))?.hidden).toBe(0);
    },
  );
});

describe('an account', () => {
  const says = (status: string): StreamEvent => ({ kind: 'account', did: ann.did, status, at: next() });
  const hidden = async (event: RecordEvent): Promise<unknown> => (await record(uriOf(event)))?.hidden;

  test('that is deleted loses what it wrote before, in every space', async () => {
    const [here, there] = [story(ann), story(ann, LEAGUE)];
    await take([here, there], [says('deleted')]);
    expect(await index.query(`select uri from record where cid is not null and did = '${ann.did}'`)).toEqual([]);
    await take([here]);
    expect(await record(uriOf(here))).toBeUndefined();
  });

  test.each(['deactivated', 'deleted'])('met for the first time and %s in one batch shows nothing', async (status) => {
    const event = story(ann);
    await take([event, says(status)]);
    expect(await index.query('select * from post where hidden = 0')).toEqual([]);
    expect((await record(uriOf(event))) === undefined).toBe(status === 'deleted');
  });

  test('says something new while its server is asked: the new word stands', async () => {
    const event = story(ann);
    await take([event]);
    const deactivated = says('deactivated');
    index.note([deactivated]);
    await index.admission.admit([deactivated]);
    index.onAsked = async () => {
      index.onAsked = async () => undefined;
      const active = says('active');
      index.note([active]);
      await index.admission.admit([active]);
    };
    await index.settle();
    expect(await index.query(`select status, status_at from identity where did = '${ann.did}'`)).toEqual([
      { status: 'active', status_at: at },
    ]);
    expect(await hidden(event)).toBe(0);
  });
});

test('one author’s two likes of a post count once, and one of them may go', async () => {
  const root = story(ann);
  const likes = [0, 1].map(() => ben.put(LIKE, tid(next() * 1000), records.like(LETTERS, uriOf(root), time()), at));
  await take([root], likes);
  expect((await post(uriOf(root)))?.like_count).toBe(1);
  await take([ben.remove(LIKE, likes[0]?.rkey ?? '', next())]);
  expect((await post(uriOf(root)))?.like_count).toBe(1);
  await take([ben.remove(LIKE, likes[1]?.rkey ?? '', next())]);
  expect((await post(uriOf(root)))?.like_count).toBe(0);
});
