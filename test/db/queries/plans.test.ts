/** No read walks a table that grows: SQLite's own word on every statement that the reads send. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mute } from '../../../src/actions/personal.ts';
import { heldBetween } from '../../../src/db/backfill.ts';
import { loadFacts } from '../../../src/db/facts.ts';
import { lastChange } from '../../../src/db/queries/changes.ts';
import { heldRecords, recordCounts } from '../../../src/db/queries/holdings.ts';
import { joinedSince, lastSeq } from '../../../src/db/queries/members.ts';
import * as recompute from '../../../src/db/queries/recompute.ts';
import { Facts } from '../../../src/domain/facts.ts';
import type { SpaceDetails } from '../../../src/domain/model.ts';
import { standingOf } from '../../../src/domain/permission.ts';
import { spacePolicy } from '../../../src/domain/policy.ts';
import * as reads from '../../../src/reads/index.ts';
import { contextOf, got } from '../../reads/setup.ts';
import { Community, didOf, ref } from '../../support/community.ts';
import { openDatabase, type TestDatabase } from '../../support/database.ts';
import { planOf, recording } from './recording.ts';

const [ann, ben] = [didOf('ann'), didOf('ben')];
const thread = { depth: 6, limit: 10 } as const;
const story = 'club.commonplace.story';

let it: TestDatabase;
let space: SpaceDetails;
let post: string;
let reply: string;

beforeAll(async () => {
  it = await openDatabase();
  const club = await Community.found(it.db, 'club');
  post = await club.story(ann, 'A story', { tags: ['tag'] });
  reply = await club.reply(ben, post, post);
  const lost = await club.reply(ben, post, post);
  await club.reply(ann, post, lost);
  await club.remove(lost);
  await club.like(ben, post);
  for (const subject of [ben, post, reply]) await mute(ann, subject, { db: it.db, now: 1 });
  await club.put(ben, 'club.commonplace.crosspost', { subject: ref(post), section: 'topics' });
  space = got(await reads.readSpace(contextOf(it.db), club.space));
});
afterAll(() => it.stop());

type Read = (ctx: reads.ReadContext) => Promise<unknown>;

/** Also with a cursor: it must not change the plan to a worse one. */
const paged =
  (read: (ctx: reads.ReadContext, cursor: string | null) => Promise<object>): Read =>
  async (ctx) => {
    const first = await read(ctx, null);
    if ('cursor' in first && typeof first.cursor === 'string') await read(ctx, first.cursor);
  };

const feed = (query: Partial<reads.FeedQuery>): Read =>
  paged((ctx, cursor) => reads.readFeed(ctx, space, { sort: 'new', limit: 1, cursor, ...query }));

const READS: Record<string, Read> = {
  'feed new': feed({}),
  'feed hot': feed({ sort: 'hot' }),
  'feed active': feed({ sort: 'active' }),
  'feed top': feed({ sort: 'top' }),
  'feed of a section new': feed({ section: 'stories' }),
  'feed of a section hot': feed({ section: 'stories', sort: 'hot' }),
  'feed of a section active': feed({ section: 'stories', sort: 'active' }),
  'feed of an author': feed({ author: ann }),
  'feed of a tag': feed({ tag: 'tag' }),
  'feed with records': feed({ withRecord: true }),
  changes: (ctx) => reads.readChanges(ctx, space.did, 0),
  'the last change': (ctx) => lastChange(ctx.db, space.did),
  'names in the log of a group': (ctx) =>
    reads.readGroupLog(
      ctx,
      space,
      standingOf(space, space.did, null),
      { limit: 10 },
      {
        log: async () => ({
          deeds: [{ at: 1, by: ann, deed: 'admit', about: ben, what: [], outcome: 'done' }],
          next: null,
        }),
      },
    ),
  'thread old': (ctx) => reads.readThread(ctx, post, { ...thread, sort: 'old' }),
  'thread new': (ctx) => reads.readThread(ctx, post, { ...thread, sort: 'new' }),
  'thread top': (ctx) => reads.readThread(ctx, post, { ...thread, sort: 'top' }),
  'thread of a reply': (ctx) => reads.readThread(ctx, reply, { ...thread, sort: 'old' }),
  'thread by address': (ctx) => reads.readThreadAt(ctx, space, { rkey: 'x' }, { ...thread, sort: 'old' }),
  'thread by long address': (ctx) =>
    reads.readThreadAt(ctx, space, { rkey: 'x', did: ann }, { ...thread, sort: 'old' }),
  post: (ctx) => reads.readPost(ctx, reply),
  crossposts: async (ctx) =>
    reads.withOriginals(ctx, space.did, got(await reads.readFeed(ctx, space, { sort: 'new', limit: 30 })).items),
  'where to crosspost': (ctx) => reads.readTargets(ctx, ann, { ...space, did: didOf('other') }),
  versions: (ctx) => reads.readVersions(ctx, reply),
  search: paged((ctx, cursor) => reads.readSearch(ctx, space, { q: 'a story', limit: 1, cursor })),
  'search by author': (ctx) => reads.readSearch(ctx, space, { q: 'story', author: ann, limit: 1 }),
  author: (ctx) => reads.readAuthor(ctx, space, ann, { limit: 1 }),
  records: paged((ctx, cursor) => reads.readRecords(ctx, space, { collection: story, limit: 1, cursor })),
  'records reversed': (ctx) => reads.readRecords(ctx, space, { collection: story, limit: 1, reverse: true }),
  'a record of the group': (ctx) => reads.readOwnRecord(ctx, space, 'club.commonplace.space.profile', 'self'),
  'records of a repository': (ctx) => reads.readRecords(ctx, space, { collection: story, limit: 1, repo: ann }),
  repositories: paged((ctx, cursor) => reads.readRepos(ctx, space, { limit: 1, cursor })),
  'space by DID': (ctx) => reads.readSpace(ctx, space.did),
  'space by handle': (ctx) => reads.readSpace(ctx, 'club.example.com'),
  'space by host': (ctx) => reads.readSpaceByHost(ctx, 'club.localhost'),
  'names by how they begin': (ctx) => reads.readNames(ctx, 'an'),
  'spaces by life': (ctx) => reads.listSpaces(ctx, { sort: 'active', limit: 1 }),
  'spaces by name': (ctx) => reads.listSpaces(ctx, { sort: 'name', limit: 1 }),
  'spaces by words': (ctx) => reads.searchSpaces(ctx, { q: 'club', limit: 1 }),
  notices: paged((ctx, cursor) => reads.readNotices(ctx, ann, { space, limit: 1, cursor, withRecord: true })),
  'notices of all spaces': paged((ctx, cursor) => reads.readNotices(ctx, ann, { space: null, limit: 1, cursor })),
  'unread notices': (ctx) => reads.countUnread(ctx, ann, space),
  'unread notices of all spaces': (ctx) => reads.countUnread(ctx, ann, null),
  mutes: paged((ctx, cursor) => reads.listMutes(ctx, ann, { limit: 1, cursor })),
  status: (ctx) => reads.readStatus(ctx, null),
  'status of a space': (ctx) => reads.readStatus(ctx, space),
};

/** What admission asks of a record that belongs by what it refers to. */
async function factsOf(db: D1Database): Promise<void> {
  const collection = 'org.example.comment';
  const profile = { collections: [{ collection, rule: 'reference', path: 'subject.uri' }] };
  const spaces = new Map([[space.did, spacePolicy(space.did, profile, null, () => true)]]);
  const facts = new Facts({ now: 1, nextSeq: 1, spaces, concerns: new Map(), allowed: () => true });
  const event = { kind: 'record', did: ann, collection, rkey: 'x', rev: '', snapshot: false } as const;
  const record = { subject: { uri: post } };
  await loadFacts(db, [{ ...event, operation: 'create', cid: '', record }], facts, true);
}

/** What the index itself asks of its records. */
const OWN: Record<string, Read> = {
  'records after one': ({ db }) => recompute.recordsAfter(db, space.did, 'at://', post, 10),
  'replies of threads': ({ db }) => recompute.repliesOf(db, [{ space: space.did, root: post }], 10),
  'replies of a thread': ({ db }) => recompute.repliesAfter(db, space.did, post, { parent: '', sortAt: 0, id: 0 }, 10),
  'values of records': ({ db }) => recompute.valuesOf(db, space.did, [post]),
  'sections of posts': ({ db }) => recompute.sectionsOf(db, space.did, [post]),
  'records that hang on one': ({ db }) =>
    recompute.dependantsOf(db, [space.did], post, 'like', { space: space.did, uri: '' }, 10),
  'records between two': ({ db }) => heldBetween(db, [space.did], [{ low: `at://${ann}/`, high: `at://${ann}0` }], 'z'),
  'records of an account, counted': ({ db }) => recordCounts(db, ann),
  'records of an account': ({ db }) => heldRecords(db, { space: space.did, did: ann, collection: story }, '', 10),
  'who joined since': ({ db }) => joinedSince(db, space.did, { seq: 1, now: 1, limit: 10 }),
  'facts about events': ({ db }) => factsOf(db),
  'the last seq': ({ db }) => lastSeq(db, space.did),
};

/** Tables that grow with what people write, under the names that the queries give them. */
const GROWING =
  'mention|seen|notice|mute|feed_token|post|p|c|x|rp|record|r|rr|identity|i|ri|member|m|author_space|a|tag|address|top_list|t|search|version|waiting';
const WALKS = new RegExp(`^SCAN (${GROWING})(?!\\w)(?! VIRTUAL TABLE INDEX \\d+:M)`);
/** All records of a space, where no end of their order is asked for. */
const WALKS_SPACE = /^SEARCH (record|r|rr|g) USING [^(]+\(space=\?\)$/;
const ASKS_FOR_END = /max\(seq\)|order by seq/;

const walksIn = (text: string, plan: string[]): string[] =>
  plan.filter((step) => WALKS.test(step) || (WALKS_SPACE.test(step) && !ASKS_FOR_END.test(text)));

test.each(Object.entries({ ...READS, ...OWN }))('%s', async (_, read) => {
  const { db, asked } = recording(it.db);
  await read(contextOf(db));
  expect(asked.length).toBeGreaterThan(0);
  for (const statement of asked) {
    const plan = await planOf(it.db, statement);
    const walks = walksIn(statement.text, plan);
    expect({ walks, plan: walks.length > 0 ? [statement.text, ...plan] : [] }).toEqual({ walks: [], plan: [] });
  }
});

test.each([
  ['of a table', 'select 1 from post p where p.excerpt = ?'],
  ['of a space', 'select 1 from record r where r.space = ?'],
])('a walk %s is seen where there is one', async (_, text) => {
  const plan = await planOf(it.db, { text, values: ['x'] });
  expect(walksIn(text, plan)).toHaveLength(1);
});
