/** Every read of every space beside what it must show; each line of the answer is a difference. */
import type { Did } from '../../../src/domain/model.ts';
import type { LivePost } from '../../model/nouns.ts';
import { Client, type Parameters, Refused } from './ask.ts';
import type { Expected, View } from './expected.ts';
import { compareLists, compareSets, same } from './same.ts';
import { compareThreads } from './threads.ts';

/** Few to a page, so that lists have pages. */
const PAGE = 5;
const HOME_PAGE = 25;
const SEARCHES = 4;

/** @param turn the number of the quiet point: what is looked at in parts goes by it */
export async function compareReads(url: string, expected: Expected, turn: number): Promise<string[]> {
  const client = new Client(url);
  const wrong = await Promise.all(
    [...expected.spaces.keys()].flatMap((space) => [
      compareFeeds(client, space, expected),
      compareSearches(client, space, expected),
      compareRecords(client, space, expected),
      compareSpace(client, space, expected),
      compareHome(client, space, expected),
    ]),
  );
  return [
    ...wrong.flat(),
    ...(await compareThreads(client, expected, turn)),
    ...(await compareSpaces(client, expected)),
  ];
}

type Keys = [sort: string, key: (post: LivePost) => number][];
const SORTS: Keys = [
  ['new', ({ sortAt }) => sortAt],
  ['hot', ({ hot }) => hot],
  ['active', ({ activeAt }) => activeAt ?? 0],
];

async function compareFeeds(client: Client, space: Did, expected: Expected): Promise<string[]> {
  const posts = expected.posts(space);
  const sections = new Set(posts.map((post) => expected.sectionOf(post)).filter((id) => id !== null));
  const authors = new Set(posts.map(({ did }) => did));
  const tags = new Set(posts.flatMap((post) => post.tags));
  const byTime = (post: LivePost): number => post.sortAt;
  const feed = (parameters: Parameters, wanted: LivePost[], key = byTime): Promise<string[]> =>
    compareFeed(client, { space, ...parameters }, wanted, key, expected);
  const found = await Promise.all([
    ...SORTS.map(([sort, key]) => feed({ sort }, posts, key)),
    ...[...sections].map((section) =>
      feed(
        { sort: 'hot', section },
        posts.filter((post) => expected.sectionOf(post) === section),
        ({ hot }) => hot,
      ),
    ),
    ...[...authors].map((author) =>
      feed(
        { sort: 'new', author },
        posts.filter(({ did }) => did === author),
      ),
    ),
    ...[...tags].map((tag) =>
      feed(
        { sort: 'new', tag },
        posts.filter((post) => post.tags.includes(tag)),
      ),
    ),
  ]);
  return found.flat();
}

async function compareFeed(
  client: Client,
  parameters: Parameters,
  wanted: LivePost[],
  key: (post: LivePost) => number,
  expected: Expected,
): Promise<string[]> {
  const name = `getFeed ${JSON.stringify(parameters)}`;
  const views = await client.list<View>('feed.getFeed', 'posts', { ...parameters, limit: PAGE }).catch(refused);
  // A section that the profile no longer has cannot be asked for.
  if (typeof views === 'string')
    return 'section' in parameters && views === 'InvalidRequest' ? [] : [`${name}: ${views}`];
  return compareLists(
    name,
    wanted.map((post) => expected.view(post)),
    views,
    keyed(wanted, key),
  );
}

/** The key of a post by its URI. */
function keyed(posts: LivePost[], key: (post: LivePost) => number): (uri: string) => number {
  const keys = new Map(posts.map((post) => [post.uri, key(post)]));
  return (uri) => keys.get(uri) ?? Number.NaN;
}

const refused = (error: unknown): string => {
  if (error instanceof Refused) return error.message;
  throw error;
};

/** Words that stand in a post now, and words that stood in one before. */
async function compareSearches(client: Client, space: Did, expected: Expected): Promise<string[]> {
  const texts = expected.index.records.map(({ value }) => String(value.title ?? value.text ?? ''));
  const step = Math.max(1, Math.floor(texts.length / SEARCHES));
  const asked = [...new Set(texts.filter((_, n) => n % step === 0))].filter((text) => text.length > 2);
  const found = await Promise.all(
    [...asked, ...expected.former.texts].map(async (q) => {
      const views = await client.list<View>('feed.searchPosts', 'posts', { space, q, limit: PAGE });
      const wanted = expected.found(space, q).map((post) => expected.view(post));
      return compareSets(`searchPosts "${q}" in ${space}`, wanted, views);
    }),
  );
  return found.flat();
}

async function compareRecords(client: Client, space: Did, expected: Expected): Promise<string[]> {
  const records = expected.index.records.filter((record) => record.space === space);
  const inactive = new Set(expected.inactive(space));
  const shown = records.filter(({ hidden, did }) => hidden === 0 && !inactive.has(did));
  const lists = [...new Set(records.map(({ collection }) => collection))].map(async (collection) => {
    const found = await client.list<{ uri: string }>('sync.listRecords', 'records', { space, collection, limit: PAGE });
    const wanted = shown.filter((record) => record.collection === collection);
    const views = wanted.map(({ uri, cid, value }) => ({ uri, cid, value }));
    return compareSets(`listRecords ${collection} in ${space}`, views, found);
  });
  const repos = await client.list('sync.listReposBySpace', 'repos', { space, limit: 3 });
  const authors = expected.index.authors.filter(
    (one) => one.space === space && one.count > 0 && !inactive.has(one.did),
  );
  const wanted = authors.map(({ did, rev, count }) => ({ did, rev, count })).sort((a, b) => (a.did < b.did ? -1 : 1));
  const same = JSON.stringify(repos) === JSON.stringify(wanted);
  const said = `listReposBySpace ${space}: ${JSON.stringify(repos)} and should be ${JSON.stringify(wanted)}`;
  return [...(await Promise.all(lists)).flat(), ...(same ? [] : [said])];
}

async function compareSpace(client: Client, space: Did, { index }: Expected): Promise<string[]> {
  const model = index.spaces.find(({ did }) => did === space);
  const found = await client.ask('space.getSpace', { space });
  const [members, posts, replies] = [model?.members, model?.posts, model?.replies];
  const wanted = { memberCount: members, postCount: posts, replyCount: replies };
  return same(`getSpace ${space}`, wanted, found);
}

async function compareSpaces(client: Client, { spaces }: Expected): Promise<string[]> {
  const found = await client.list<{ did: Did }>('space.listSpaces', 'spaces', {});
  const [wanted, had] = [
    [...spaces].flatMap(([did, visibility]) => (visibility === null ? [did] : [])).sort(),
    found.map(({ did }) => did).sort(),
  ];
  return wanted.join() === had.join() ? [] : [`listSpaces: ${had} and should be ${wanted}`];
}

async function compareHome(client: Client, space: Did, expected: Expected): Promise<string[]> {
  const html = await client.page(`${space.slice(8).replace(/a+$/, '')}.localhost`);
  const found = [...html.matchAll(/<h2 dir="auto"><a href="\/[^/"]+\/([^~"]+)(?:~[^"]*)?">([^<]*)</g)];
  const posts = expected.posts(space).sort((a, b) => b.sortAt - a.sortAt);
  const had = found.map(([, rkey, title]) => `${rkey} ${title}`);
  const least = posts[HOME_PAGE - 1]?.sortAt ?? 0;
  const named = posts.map((post) => `${post.uri.split('/').at(-1)} ${expected.titleOf(post) || 'Untitled'}`);
  const missing = named.filter((name, n) => (posts[n]?.sortAt ?? 0) > least && !had.includes(name));
  return [
    ...missing.map((name) => `the home page of ${space} does not show ${name}`),
    ...had.filter((name) => !named.includes(name)).map((name) => `the home page of ${space} shows ${name}`),
    ...(had.length === Math.min(HOME_PAGE, posts.length)
      ? []
      : [`the home page of ${space} shows ${had.length} posts`]),
  ];
}
