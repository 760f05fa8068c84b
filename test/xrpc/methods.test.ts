import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as getFeed from '../../src/lexicons/club/commonplace/feed/getFeed.ts';
import * as getPost from '../../src/lexicons/club/commonplace/feed/getPost.ts';
import * as getThread from '../../src/lexicons/club/commonplace/feed/getThread.ts';
import * as searchPosts from '../../src/lexicons/club/commonplace/feed/searchPosts.ts';
import * as getSpace from '../../src/lexicons/club/commonplace/space/getSpace.ts';
import * as listSpaces from '../../src/lexicons/club/commonplace/space/listSpaces.ts';
import * as searchSpaces from '../../src/lexicons/club/commonplace/space/searchSpaces.ts';
import * as getStatus from '../../src/lexicons/club/commonplace/sync/getStatus.ts';
import * as listRecords from '../../src/lexicons/club/commonplace/sync/listRecords.ts';
import * as listRepos from '../../src/lexicons/club/commonplace/sync/listReposBySpace.ts';
import * as verifyRecord from '../../src/lexicons/club/commonplace/sync/verifyRecord.ts';
import { METHODS } from '../../src/xrpc/methods.ts';
import { CID, Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type Client, clientOf, expectError, outputOf } from './setup.ts';

const [ann, ben] = ['ann', 'ben'].map(didOf) as [string, string];
let it: TestDatabase;
let client: Client;
let club: Community;
let post: string;
let reply: string;

const own = 'club.commonplace.space.';
const profile = {
  ...{ displayName: 'The Club', description: 'For all.', postPolicy: 'anyone', langs: ['en', 'not a language'] },
  labelers: [{ did: didOf('labeler'), mode: 'mandatory' }],
  ...{ url: 'https://club.example.com', owner: ann, createdBy: ann },
};

beforeAll(async () => {
  it = await openDatabase();
  client = clientOf(it.db);
  const hosts = ['club.localhost', 'second.localhost'];
  club = await Community.found(it.db, 'club', { hosts, profile: { ...profile, langs: ['en'] } });
  await club.put(club.space, `${own}rule`, { title: 'Be kind', text: 'Always.', order: 1 });
  await club.put(club.space, `${own}role`, { displayName: 'Steward' }, 'steward');
  const roles = [{ role: 'steward', actions: ['admit'], assignable: [] }];
  await club.put(club.space, `${own}permissions`, { roles, defaultRoles: [] }, 'self');
  const labels = { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'spoiler' }] };
  post = await club.story(ann, 'Herons', { text: 'On **herons** and lakes.', tags: ['bird'], labels });
  reply = await club.reply(ben, post, post, 'A heron!');
  await club.reply(ann, post, reply, 'Indeed.');
  await club.like(ben, post);
  await club.named(ann, 'ann.example.com');
  await it.db
    .prepare(
      `insert into gap (instance, from_us, to_us, reason, found_at) values ('wss://x', 1767225600000000, 1767225700000000, 'clamped', 1)`,
    )
    .run();
  await it.db.prepare(`insert into drop_count values ('malformed', 3)`).run();
});
afterAll(() => it.stop());

interface Post {
  uri: string;
  url: string;
  [key: string]: unknown;
}
type Posts = { posts: Post[]; cursor?: string };

const ask = (lexicon: { $lxm: string }, params: Record<string, string | number>): Promise<Response> =>
  client.ask(`${lexicon.$lxm}?${new URLSearchParams(Object.entries(params).map(([k, v]) => [k, String(v)]))}`);
const refused = async (
  lexicon: { $lxm: string },
  params: Record<string, string | number>,
  error: string,
  words?: RegExp,
) => expectError(await ask(lexicon, params), 400, error, words);

test('every query and procedure of ours that is not the operator’s has a method', () => {
  const nsids = globSync('lexicons/club/commonplace/*/*.json')
    .filter((path) => !/\/(?:admin|group)\//.test(path))
    .map((path) => JSON.parse(readFileSync(path, 'utf8')) as { id: string; defs: { main?: { type: string } } })
    .filter(({ defs }) => ['query', 'procedure'].includes(defs.main?.type ?? ''))
    .map(({ id }) => id);
  expect(METHODS.map(({ nsid }) => nsid).sort()).toEqual(nsids.sort());
});

describe('getFeed', () => {
  test('gives posts with all that the lexicon promises', async () => {
    const answer = await ask(getFeed, { space: club.space });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('cache-control')).toContain('private');
    const { posts, cursor } = await outputOf<Posts>(answer, getFeed);
    expect(cursor).toBeUndefined();
    const rkey = post.split('/').at(-1);
    expect(posts).toEqual([
      {
        ...{ uri: post, cid: CID, space: club.space, section: 'stories', replyCount: 2, likeCount: 1 },
        author: { did: ann, handle: 'ann.example.com' },
        record: expect.objectContaining({ title: 'Herons', text: 'On **herons** and lakes.' }),
        url: `http://club.localhost:8787/stories/${rkey}`,
        indexedAt: expect.stringMatching(/^2026-01-01T00:00:/),
        labels: [expect.objectContaining({ src: ann, uri: post, val: 'spoiler' })],
      },
    ]);
  });

  test('takes the space and the author by handle as well', async () => {
    const params = { space: 'club.example.com', author: 'ann.example.com' };
    const { posts } = await outputOf<Posts>(await ask(getFeed, params), getFeed);
    expect(posts).toHaveLength(1);
    expect(await outputOf(await ask(getFeed, { ...params, author: 'nobody.example.com' }), getFeed)).toEqual({
      posts: [],
    });
  });

  test.each([
    [{ sort: 'best' }, /^sort must be one of new, hot, active, top/],
    [{ sort: 'top', window: 'hour' }, /^window must be one of/],
    [{ window: 'day' }, /window/],
    [{ author: ann, tag: 'bird' }, /at most one/],
    [{ section: 'stories', author: ann }, /at most one/],
    [{ author: ann, sort: 'hot' }, /sort=new/],
    [{ tag: 'bird', sort: 'active' }, /sort=new/],
    [{ section: 'nowhere' }, /section/],
  ])('refuses %j', async (params, words) => {
    await refused(getFeed, { space: club.space, ...params } as Record<string, string>, 'InvalidRequest', words);
  });

  test('goes on where a cursor says, and refuses one of another query, or none', async () => {
    const second = await club.story(ben, 'Second');
    const first = await outputOf<Posts>(await ask(getFeed, { space: club.space, limit: 1 }), getFeed);
    const { cursor = '' } = first;
    const next = await outputOf<Posts>(await ask(getFeed, { space: club.space, limit: 1, cursor }), getFeed);
    expect([first.posts[0]?.uri, next.posts[0]?.uri, next.cursor]).toEqual([second, post, undefined]);
    await refused(getFeed, { space: club.space, sort: 'hot', cursor }, 'BadCursor');
    for (const bad of ['x', '!!', '0', 'WzFd', cursor.slice(0, -2), `${cursor}AAAA`]) {
      await refused(getFeed, { space: club.space, cursor: bad }, 'BadCursor');
    }
    await club.remove(second);
  });
});

describe('getThread and getPost', () => {
  test('give a thread with its replies', async () => {
    type Reply = { $type: string; post: Post; replies: Reply[] };
    const answer = await ask(getThread, { uri: post });
    const { thread } = await outputOf<{ thread: { post: Post; replies: Reply[] } }>(answer, getThread);
    const [first] = thread.replies;
    expect([thread.post.uri, first?.$type, first?.post.uri]).toEqual([
      post,
      'club.commonplace.feed.defs#replyView',
      reply,
    ]);
    expect(first?.replies[0]?.post).toMatchObject({ record: { text: 'Indeed.' } });
    expect(first?.post.url).toBe(`${thread.post.url}#${reply.split('/').at(-1)}~${ben}`);
    expect(first?.post).toMatchObject({ author: { did: ben, handle: 'handle.invalid' }, replyCount: 1 });
    expect(first?.post.section).toBeUndefined();
  });

  test('give placeholders that say why', async () => {
    const gone = await club.reply(ben, post, post, 'soon gone');
    const answerToIt = await club.reply(ann, post, gone, 'still here');
    await club.remove(gone);
    const { thread } = await outputOf<{ thread: { replies: object[] } }>(
      await ask(getThread, { uri: post }),
      getThread,
    );
    expect(thread.replies.at(-1)).toMatchObject({
      $type: 'club.commonplace.feed.defs#hiddenReply',
      uri: gone,
      notFound: true,
    });
    await club.remove(answerToIt);
  });

  test('refuse what is not there or no such thing', async () => {
    const missing = `at://${ann}/club.commonplace.story/3maaaaaaaaaaa`;
    for (const lexicon of [getThread, getPost]) {
      await refused(lexicon, { uri: missing }, 'PostNotFound');
      await refused(lexicon, { uri: 'https://example.com' }, 'InvalidRequest', /^uri/);
      await refused(
        lexicon,
        { uri: 'at://ann.example.com/club.commonplace.story/3maaaaaaaaaaa' },
        'InvalidRequest',
        /DID/,
      );
    }
    await refused(getThread, { uri: post, sort: 'best' }, 'InvalidRequest', /^sort must be one of old, new, top/);
    await refused(getThread, { uri: post, depth: 11 }, 'InvalidRequest', /^depth/);
    await refused(getThread, { uri: post, cursor: 'x' }, 'BadCursor');
  });

  test('give one post, or reply', async () => {
    const one = await outputOf<{ post: Post }>(await ask(getPost, { uri: reply }), getPost);
    expect(one.post).toMatchObject({ uri: reply, record: { text: 'A heron!' }, replyCount: 1 });
  });
});

describe('searchPosts', () => {
  test('gives posts and replies with the part that matched', async () => {
    const { posts } = await outputOf<Posts>(await ask(searchPosts, { space: club.space, q: 'heron' }), searchPosts);
    expect(posts.map(({ uri, excerpt }) => [uri, excerpt])).toEqual([[reply, 'A heron!']]);
    const more = await outputOf<Posts>(await ask(searchPosts, { space: club.space, q: 'herons lakes' }), searchPosts);
    expect(more.posts[0]).toMatchObject({ uri: post, excerpt: 'On herons and lakes.' });
  });

  test('refuses an empty question', async () => {
    await refused(searchPosts, { space: club.space, q: '' }, 'InvalidRequest', /q/);
    await refused(searchPosts, { space: club.space, q: 'x', cursor: 'x' }, 'BadCursor');
  });
});

describe('spaces', () => {
  test('getSpace tells all that the home page tells, by DID, handle or host', async () => {
    const space = await outputOf(await ask(getSpace, { space: club.space }), getSpace);
    expect(space).toMatchObject({
      ...{
        did: club.space,
        handle: 'club.example.com',
        host: 'club.localhost:8787',
        url: 'http://club.localhost:8787/',
      },
      ...{
        displayName: 'The Club',
        description: 'For all.',
        joinPolicy: 'open',
        postPolicy: 'anyone',
        visibility: 'public',
      },
      ...{ postCount: 1, memberCount: 0, langs: ['en'], externalUrl: 'https://club.example.com', owner: ann },
      rules: [{ title: 'Be kind', text: 'Always.' }],
      roles: [{ id: 'steward', displayName: 'Steward', actions: ['admit'], isDefault: false }],
      labelers: [{ did: didOf('labeler'), mode: 'mandatory' }],
    });
    for (const params of [
      { space: 'club.example.com' },
      { host: 'second.localhost' },
      { host: 'Club.localhost:8787' },
    ]) {
      expect(await outputOf(await ask(getSpace, params as Record<string, string>), getSpace)).toEqual(space);
    }
  });

  test('getSpace wants exactly one name', async () => {
    await refused(getSpace, {}, 'InvalidRequest', /exactly one/);
    await refused(getSpace, { space: club.space, host: 'club.localhost' }, 'InvalidRequest', /exactly one/);
  });

  test('listSpaces and searchSpaces give the public ones', async () => {
    type Spaces = { spaces: { did: string }[] };
    const listed = await outputOf<Spaces>(await ask(listSpaces, {}), listSpaces);
    const found = await outputOf<Spaces>(await ask(searchSpaces, { q: 'the clu' }), searchSpaces);
    expect([listed.spaces.map(({ did }) => did), found.spaces]).toEqual([[club.space], listed.spaces]);
    expect(await outputOf(await ask(searchSpaces, { q: 'zebra' }), searchSpaces)).toEqual({ spaces: [] });
    await refused(listSpaces, { cursor: 'x' }, 'BadCursor');
    await refused(searchSpaces, { q: 'x', cursor: 'x' }, 'BadCursor');
  });
});

describe('sync', () => {
  test('listRecords gives records of any collection as they are', async () => {
    const params = { space: club.space, collection: 'club.commonplace.like' };
    const { records } = await outputOf<{ records: object[] }>(await ask(listRecords, params), listRecords);
    expect(records).toEqual([
      {
        uri: expect.stringContaining(ben),
        cid: CID,
        value: expect.objectContaining({ subject: { uri: post, cid: CID } }),
      },
    ]);
    await refused(listRecords, { space: club.space, collection: 'not an nsid' }, 'InvalidRequest', /^collection/);
    await refused(listRecords, { ...params, repo: 'ann.example.com' }, 'InvalidRequest', /^repo/);
    await refused(listRecords, { ...params, reverse: 'maybe' }, 'InvalidRequest', /^reverse/);
    await refused(listRecords, { ...params, cursor: 'x' }, 'BadCursor');
  });

  test('listReposBySpace gives repositories', async () => {
    const { repos } = await outputOf<{ repos: { did: string }[] }>(
      await ask(listRepos, { space: club.space }),
      listRepos,
    );
    expect(repos.map(({ did }) => did)).toEqual([ann, ben, club.space]);
    await refused(listRepos, { space: club.space, cursor: 'x' }, 'BadCursor');
  });

  test('getStatus tells the stream, gaps, drops and counts', async () => {
    expect(await outputOf(await ask(getStatus, {}), getStatus)).toEqual({
      stream: {
        ...{ mode: 'live', connected: true, instance: 'wss://jetstream.test/subscribe' },
        ...{ cursor: 1_767_225_600_000_000, cursorTime: '2026-01-01T00:00:00.000Z', lagMs: 0 },
        lastEventAt: '2026-01-01T00:00:00.000Z',
      },
      gaps: [
        { id: '1', from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T00:01:40.000Z', reason: 'clamped', state: 'open' },
      ],
      drops: [{ reason: 'malformed', count: 3 }],
      counts: { spaces: 1, posts: 1, replies: 2, members: 0 },
      backfill: {
        ...{ known: 0, waiting: 0, done: 0, failed: 0, gone: 0, records: 0, repaired: 0, recordsPerMinute: 0 },
        ...{ searching: false, hosts: [] },
      },
      proofs: { verified: 0, forged: 0, pending: 0 },
      version: '1.2.3',
    });
    const { counts } = await outputOf<{ counts: object }>(await ask(getStatus, { space: club.space }), getStatus);
    expect(counts).toEqual({ posts: 1, replies: 2, members: 0 });
  });
});

describe('a private space', () => {
  test('is answered by every method as one that does not exist', async () => {
    const secret = await Community.found(it.db, 'secret', { held: 'private', hosts: ['secret.localhost'] });
    const hidden = await secret.story(ann, 'Hidden herons');
    const unknown = { space: didOf('unknown'), handle: 'unknown.example.com', host: 'unknown.localhost' };
    const known = { space: secret.space, handle: 'secret.example.com', host: 'secret.localhost' };
    const questions = (of: typeof known, uri: string): [{ $lxm: string }, Record<string, string>][] => [
      ...[of.space, of.handle].flatMap((space): [{ $lxm: string }, Record<string, string>][] => [
        [getFeed, { space }],
        [searchPosts, { space, q: 'herons' }],
        [getSpace, { space }],
        [listRecords, { space, collection: 'club.commonplace.story' }],
        [listRepos, { space }],
        [getStatus, { space }],
      ]),
      [getSpace, { host: of.host }],
      [getPost, { uri }],
      [getThread, { uri }],
      [verifyRecord, { uri }],
    ];
    const asked = questions(known, hidden);
    for (const [i, [lexicon, params]] of questions(unknown, `${hidden.slice(0, -1)}z`).entries()) {
      const [none, private_] = [await ask(lexicon, params), await ask(lexicon, asked[i]?.[1] ?? {})];
      expect(private_.status).toBe(400);
      expect([await private_.text(), ...private_.headers]).toEqual([await none.text(), ...none.headers]);
    }
    const { counts } = await outputOf<{ counts: object }>(await ask(getStatus, {}), getStatus);
    expect(counts).toMatchObject({ spaces: 1, posts: 1 });
    expect(await (await ask(listSpaces, {})).text()).not.toContain('secret');
    expect(await (await ask(searchSpaces, { q: 'secret' })).text()).toBe('{"spaces":[]}');
  });
});

test('no request has made a fault', () => expect(client.logged).toEqual([]));
