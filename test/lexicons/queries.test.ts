// What the queries promise of their parameters, answers and errors.
import { jsonToLex } from '@atproto/lex';
import { describe, expect, test } from 'vitest';
import { club } from '../../src/lexicons/index.ts';
import { createdAt, examples, memberDid, recordCid, spaceDid, strongRef } from './examples.ts';

const { actor, feed, group, notification, space, sync } = club.commonplace;
const postUri = strongRef(club.commonplace.story.$type).uri;

interface QueryModule {
  $lxm: string;
  $params: { fromURLSearchParams: (input: string) => unknown };
  main: { errors?: readonly string[] };
}

interface Rules {
  query: QueryModule;
  errors: string[];
  parses: [query: string, to: Record<string, unknown>][];
  refuses: string[];
}

const badPage = (max: number, rest = '') =>
  [
    'limit=0',
    'limit=-1',
    `limit=${max + 1}`,
    'limit=ten',
    'limit=1.5',
    'limit=1&limit=2',
    `cursor=${'a'.repeat(2049)}`,
  ].map((page) => `${rest}${page}`);
const badSpace = ['', 'space=', 'space=not%20a%20space', 'space=did:plc', 'space=localhost'];
const q = `q=lamp`;
const inSpace = `space=${spaceDid}`;

const rules: Record<string, Rules> = {
  getSpace: {
    query: space.getSpace,
    errors: ['SpaceNotFound'],
    parses: [
      [inSpace, { space: spaceDid }],
      ['space=scribblers.example.com', { space: 'scribblers.example.com' }],
      ['space=!scribblers@example.com', { space: '!scribblers@example.com' }],
      ['host=scribblers.localhost:8787', { host: 'scribblers.localhost:8787' }],
    ],
    refuses: [`space=${'a'.repeat(513)}`, `host=${'a'.repeat(301)}`],
  },
  getMembership: {
    query: actor.getMembership,
    errors: ['SpaceNotFound', 'AuthenticationRequired'],
    parses: [[inSpace, { space: spaceDid }]],
    refuses: badSpace,
  },
  listMutes: {
    query: actor.listMutes,
    errors: ['AuthenticationRequired', 'BadCursor'],
    parses: [['', { limit: 50 }]],
    refuses: badPage(100),
  },
  listNotifications: {
    query: notification.listNotifications,
    errors: ['SpaceNotFound', 'AuthenticationRequired', 'BadCursor'],
    parses: [
      ['', { limit: 50 }],
      [`${inSpace}&limit=1`, { space: spaceDid, limit: 1 }],
    ],
    refuses: ['space=x', ...badPage(100)],
  },
  getUnreadCount: {
    query: notification.getUnreadCount,
    errors: ['SpaceNotFound', 'AuthenticationRequired'],
    parses: [
      ['', {}],
      [inSpace, { space: spaceDid }],
    ],
    refuses: ['space=x'],
  },
  listSpaces: {
    query: space.listSpaces,
    errors: ['BadCursor'],
    parses: [
      ['', { limit: 50 }],
      ['limit=100&cursor=abc', { limit: 100, cursor: 'abc' }],
    ],
    refuses: badPage(100),
  },
  searchSpaces: {
    query: space.searchSpaces,
    errors: ['BadCursor'],
    parses: [[q, { q: 'lamp', limit: 25 }]],
    refuses: ['', 'q=', `q=${'a'.repeat(201)}`, ...badPage(100, `${q}&`)],
  },
  getFeed: {
    query: feed.getFeed,
    errors: ['SpaceNotFound', 'BadCursor'],
    parses: [
      [inSpace, { space: spaceDid, sort: 'new', limit: 30 }],
      [`${inSpace}&sort=top&window=week&limit=1`, { space: spaceDid, sort: 'top', window: 'week', limit: 1 }],
      [`${inSpace}&author=${memberDid}`, { space: spaceDid, author: memberDid, sort: 'new', limit: 30 }],
      [`${inSpace}&tag=sea`, { space: spaceDid, tag: 'sea', sort: 'new', limit: 30 }],
    ],
    refuses: [
      ...badSpace,
      `${inSpace}&author=me`,
      `${inSpace}&section=${'a'.repeat(65)}`,
      ...badPage(100, `${inSpace}&`),
    ],
  },
  getThread: {
    query: feed.getThread,
    errors: ['PostNotFound', 'BadCursor'],
    parses: [
      [`uri=${postUri}`, { uri: postUri, depth: 6, sort: 'old', limit: 50 }],
      [`uri=${postUri}&depth=0`, { uri: postUri, depth: 0, sort: 'old', limit: 50 }],
    ],
    refuses: [
      '',
      'uri=https://example.com',
      `uri=${postUri}&depth=11`,
      `uri=${postUri}&depth=-1`,
      ...badPage(100, `uri=${postUri}&`),
    ],
  },
  getPost: {
    query: feed.getPost,
    errors: ['PostNotFound'],
    parses: [[`uri=${postUri}`, { uri: postUri }]],
    refuses: ['', 'uri=at://', `uri=${postUri}&uri=${postUri}`],
  },
  searchPosts: {
    query: feed.searchPosts,
    errors: ['SpaceNotFound', 'BadCursor'],
    parses: [[`${q}&${inSpace}`, { q: 'lamp', space: spaceDid, limit: 25 }]],
    refuses: [q, inSpace, `${q}&${inSpace}&author=me`, ...badPage(100, `${q}&${inSpace}&`)],
  },
  listRecords: {
    query: sync.listRecords,
    errors: ['SpaceNotFound', 'AuthenticationRequired', 'InstanceNotAllowed', 'BadCursor'],
    parses: [
      [
        `${inSpace}&collection=com.example.post&repo=${memberDid}&reverse=true`,
        { space: spaceDid, collection: 'com.example.post', repo: memberDid, reverse: true, limit: 50 },
      ],
    ],
    refuses: [
      inSpace,
      'collection=com.example.post',
      `${inSpace}&collection=post`,
      `${inSpace}&collection=com.example.post&repo=alice.example.com`,
      `${inSpace}&collection=com.example.post&reverse=yes`,
      ...badPage(100, `${inSpace}&collection=com.example.post&`),
    ],
  },
  listReposBySpace: {
    query: sync.listReposBySpace,
    errors: ['SpaceNotFound', 'AuthenticationRequired', 'InstanceNotAllowed', 'BadCursor'],
    parses: [
      [`${inSpace}&limit=1000`, { space: spaceDid, limit: 1000 }],
      [inSpace, { space: spaceDid, limit: 500 }],
    ],
    refuses: [...badSpace, ...badPage(1000, `${inSpace}&`)],
  },
  getServiceAuth: {
    query: group.getServiceAuth,
    errors: [
      ...['AuthenticationRequired', 'SpaceNotFound', 'NotPermitted', 'GroupNotConnected', 'RateLimitExceeded'],
      ...['UpstreamFailure', 'BadExpiration'],
    ],
    parses: [
      [
        `repo=${spaceDid}&aud=did:web:a.example%23b&lxm=app.bsky.feed.getTimeline&exp=1`,
        { repo: spaceDid, aud: 'did:web:a.example#b', lxm: 'app.bsky.feed.getTimeline', exp: 1 },
      ],
    ],
    refuses: [
      ...['', 'repo=me', `repo=${spaceDid}&aud=did:web:a.example`, `repo=${spaceDid}&lxm=app.bsky.feed.getTimeline`],
      ...[`repo=${spaceDid}&aud=did:web:a.example&lxm=*`, `repo=${spaceDid}&aud=did:web:a.example&lxm=a.b.c%23d`],
      `repo=${spaceDid}&aud=did:web:${'a'.repeat(512)}&lxm=app.bsky.feed.getTimeline`,
    ],
  },
  listLog: {
    query: group.listLog,
    errors: ['AuthenticationRequired', 'SpaceNotFound', 'NotPermitted', 'BadCursor'],
    parses: [
      [inSpace, { space: spaceDid, limit: 50 }],
      [`${inSpace}&deed=act`, { space: spaceDid, deed: 'act', limit: 50 }],
    ],
    refuses: [...badSpace, `${inSpace}&deed=${'a'.repeat(65)}`, ...badPage(100, `${inSpace}&`)],
  },
  getStatus: {
    query: sync.getStatus,
    errors: ['SpaceNotFound'],
    parses: [
      ['', {}],
      [inSpace, { space: spaceDid }],
    ],
    refuses: ['space=not%20a%20space'],
  },
};

describe.each(Object.entries(rules))('%s', (name, { query, errors, parses, refuses }) => {
  test('declares its errors', () => {
    expect(query.$lxm.endsWith(`.${name}`)).toBe(true);
    expect(query.main.errors).toEqual(errors);
  });
  test.each(parses)('reads ?%s', (input, expected) => {
    expect(query.$params.fromURLSearchParams(input)).toEqual(expected);
  });
  test.each(refuses)('refuses ?%s', (input) => {
    expect(() => query.$params.fromURLSearchParams(input)).toThrow();
  });
});

const postView = {
  uri: postUri,
  cid: recordCid,
  author: { did: memberDid, handle: 'handle.invalid' },
  space: spaceDid,
  record: examples.story.full,
  url: 'http://scribblers.localhost:8787/stories/3me3b3rcagm22',
  replyCount: 2,
  likeCount: 0,
  indexedAt: createdAt,
};
const spaceView = {
  did: spaceDid,
  handle: 'scribblers.example.com',
  host: 'scribblers.example.com',
  url: 'https://scribblers.example.com/',
  displayName: 'Seattle Scribblers',
  joinPolicy: 'approval',
  visibility: 'public',
  memberCount: 12,
  postCount: 3,
  indexedAt: createdAt,
};
const thread = (replies: unknown[]) => ({ post: postView, replies });
const replyView = (replies: unknown[], $type: string = feed.defs.replyView.$type) => ({
  $type,
  post: postView,
  replies,
});
const hidden = { $type: feed.defs.hiddenReply.$type, uri: postUri, notFound: true, replies: [replyView([])] };

const told = {
  ...{ reason: 'like', reasonSubject: postUri, space: spaceDid, count: 2, isRead: false, indexedAt: createdAt },
  ...{ authors: [{ did: memberDid, handle: 'ann.example.com' }], post: postView },
};

interface View {
  $safeValidate: (value: never) => { success: boolean };
}
const views: [what: string, schema: View, value: object, valid: boolean][] = [
  ['a post', feed.defs.postView, postView, true],
  ['a post without author', feed.defs.postView, { ...postView, author: undefined }, false],
  ['a post liked -1 times', feed.defs.postView, { ...postView, likeCount: -1 }, false],
  ['a post with a relative url', feed.defs.postView, { ...postView, url: '/stories/3me3b3rcagm22' }, false],
  ['a thread within a thread', feed.defs.threadView, thread([replyView([replyView([]), hidden])]), true],
  ['a kind of reply made later', feed.defs.threadView, thread([{ $type: 'com.example.defs#poll' }]), true],
  ['a reply that does not say its type', feed.defs.threadView, thread([{ post: postView, replies: [] }]), false],
  ['a broken reply two levels down', feed.defs.threadView, thread([replyView([{ ...hidden, uri: 'x' }])]), false],
  ['a space', space.defs.spaceView, spaceView, true],
  [
    'a space that tells no counts',
    space.defs.spaceView,
    { ...spaceView, memberCount: undefined, postCount: undefined },
    true,
  ],
  ['a space without host', space.defs.spaceView, { ...spaceView, host: undefined }, false],
  [
    'a space in detail',
    space.defs.spaceViewDetailed,
    {
      ...spaceView,
      sections: examples.profile.full.sections,
      rules: [{ uri: strongRef(space.rule.$type).uri, title: 'Be kind', text: 'Always.' }],
      roles: [{ id: 'steward', displayName: 'Steward', actions: ['takedown'] }],
      labelers: [],
      postPolicy: 'members',
    },
    true,
  ],
  [
    'a space in detail without its rules',
    space.defs.spaceViewDetailed,
    { ...spaceView, sections: [], roles: [], labelers: [] },
    false,
  ],
  ['what somebody is told', notification.defs.notification, told, true],
  ['what somebody is told, of a kind made later', notification.defs.notification, { ...told, reason: 'poll' }, true],
  ['what somebody is told, without when', notification.defs.notification, { ...told, indexedAt: undefined }, false],
  ['what nobody liked', notification.defs.notification, { ...told, count: 0 }, false],
  ['a muted account', actor.listMutes.mute, { actor: told.authors[0], mutedAt: createdAt }, true],
  ['a muted thread', actor.listMutes.mute, { root: postUri, mutedAt: createdAt }, true],
  ['a mute of no time', actor.listMutes.mute, { root: postUri }, false],
  [
    'a status',
    sync.getStatus.status,
    {
      stream: {
        instance: 'wss://jetstream.example.com/subscribe',
        cursor: 1_795_000_000_000_000,
        lagMs: 0,
        mode: 'adaptive',
        connected: true,
      },
      gaps: [{ from: createdAt, to: createdAt, reason: 'clamped', state: 'open' }],
      drops: [{ reason: 'bad-rev', count: 3 }],
      counts: { spaces: 2, posts: 40 },
      backfill: {
        ...{ known: 3, waiting: 1, done: 2, failed: 0, gone: 0, records: 40, repaired: 1, recordsPerMinute: 7 },
        ...{ searching: false, hosts: [{ host: 'pds.example.com', waiting: 1, error: 'cannot be reached' }] },
      },
      version: '0.1.0',
    },
    true,
  ],
];

test.each(views)('%s', (_, schema, value, valid) => {
  const given = jsonToLex(JSON.parse(JSON.stringify(value)));
  expect(schema.$safeValidate(given as never).success).toBe(valid);
});

const inputs: [what: string, lexicon: { $input: { schema: View } }, value: object, valid: boolean][] = [
  ['what was seen', notification.updateSeen, { seenAt: createdAt }, true],
  ['what was seen in a space', notification.updateSeen, { space: spaceDid, seenAt: createdAt }, true],
  ['what was seen at no time', notification.updateSeen, { seenAt: 'yesterday' }, false],
  ['an account to mute', actor.muteActor, { actor: 'ann.example.com' }, true],
  ['nobody to mute', actor.muteActor, {}, false],
  ['an account to mute no more', actor.unmuteActor, { actor: memberDid }, true],
  ['a thread to mute', feed.muteThread, { root: postUri }, true],
  ['a page to mute', feed.muteThread, { root: 'https://example.com' }, false],
  ['a thread to mute no more', feed.unmuteThread, { root: postUri }, true],
];

test.each(inputs)('a procedure takes only %s', (_, { $input }, value, valid) => {
  expect($input.schema.$safeValidate(value as never).success).toBe(valid);
});
