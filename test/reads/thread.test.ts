import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SpaceDetails } from '../../src/domain/model.ts';
import type { ReplyNode } from '../../src/domain/post.ts';
import { readSpace, readThread, readThreadAt, type ThreadQuery } from '../../src/reads/index.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { contextOf, got } from './setup.ts';

const [ann, ben, cat] = ['ann', 'ben', 'cat'].map(didOf) as [string, string, string];
let it: TestDatabase;
let club: Community;
let space: SpaceDetails;

beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'club');
  space = got(await readSpace(contextOf(it.db), club.space));
});
afterAll(() => it.stop());

/** `a(b c(d))`; `?` is a reply that is not found, `#` one that is hidden, `+` says that there is more below. */
const outline = (nodes: ReplyNode[]): string =>
  nodes
    .map(({ post, missing, replies, hasMore }) => {
      const name = post?.excerpt ?? (missing === 'notFound' ? '?' : '#');
      return `${name}${hasMore ? '+' : ''}${replies.length > 0 ? `(${outline(replies)})` : ''}`;
    })
    .join(' ');

const read = async (uri: string, more: Partial<ThreadQuery> = {}) => {
  const { thread } = got(await readThread(contextOf(it.db), uri, { sort: 'old', depth: 6, limit: 50, ...more }));
  return { ...thread, outline: outline(thread.replies) };
};

/** A thread with replies by name, each under the one it is given; '' is the post. */
async function thread(replies: [name: string, under: string, did?: string][]): Promise<Record<string, string>> {
  const uris: Record<string, string> = { '': await club.story(ann, 'The beginning') };
  for (const [name, under, did] of replies) {
    uris[name] = await club.reply(did ?? ben, uris[''] ?? '', uris[under] ?? under, name);
  }
  return uris;
}

describe('a thread', () => {
  test('has each reply below the one it answers, oldest first, newest first, or most liked first', async () => {
    const t = await thread([
      ['a', ''],
      ['b', ''],
      ['c', 'a'],
      ['d', ''],
      ['e', 'a'],
      ['f', 'c'],
    ]);
    await club.like(ann, t.b ?? '');
    await club.like(ann, t.e ?? '');
    const root = t[''] ?? '';
    expect((await read(root)).outline).toBe('a(c(f) e) b d');
    expect((await read(root, { sort: 'new' })).outline).toBe('d b a(e c(f))');
    expect((await read(root, { sort: 'top' })).outline).toBe('b a(e c(f)) d');
  });

  test('tells how many replies each has, and of the post all of them', async () => {
    const t = await thread([
      ['a', ''],
      ['b', 'a'],
      ['c', 'a'],
      ['d', 'c'],
    ]);
    const { post, replies } = await read(t[''] ?? '');
    expect([post.replyCount, replies[0]?.post?.replyCount, replies[0]?.replies[1]?.post?.replyCount]).toEqual([
      4, 2, 1,
    ]);
  });

  test('goes as deep as asked, and says where there is more', async () => {
    const t = await thread([
      ['a', ''],
      ['b', 'a'],
      ['c', 'b'],
      ['d', 'c'],
    ]);
    expect((await read(t[''] ?? '', { depth: 2 })).outline).toBe('a(b+)');
    expect((await read(t[''] ?? '', { depth: 0 })).outline).toBe('');
    expect((await read(t.b ?? '', { depth: 1 })).outline).toBe('c+');
  });

  test('of a reply has what follows from it', async () => {
    const t = await thread([
      ['a', ''],
      ['b', 'a'],
      ['c', 'b'],
      ['d', ''],
    ]);
    const { post, outline: below } = await read(t.a ?? '');
    expect([post.excerpt, below]).toEqual(['a', 'b(c)']);
    expect(post.rootAddress).toMatchObject({ section: 'stories', did: ann, plain: true });
  });

  test.each(['old', 'new', 'top'] as const)('comes in pages of direct replies: %s', async (sort) => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const t = await thread([...names.map((name): [string, string] => [name, '']), ['x', 'd']]);
    await club.like(ann, t.e ?? '');
    const whole = (await read(t[''] ?? '', { sort })).outline;
    const pages: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await read(t[''] ?? '', { sort, limit: 3, cursor });
      expect(page.replies.length).toBeLessThanOrEqual(3);
      pages.push(page.outline);
      cursor = page.cursor;
    } while (cursor !== null);
    expect(pages).toHaveLength(3);
    expect(pages.join(' ')).toBe(whole);
  });

  test("a cursor is refused by another order, another thread and another's", async () => {
    const t = await thread([
      ['a', ''],
      ['b', ''],
    ]);
    const { cursor } = await read(t[''] ?? '', { limit: 1 });
    const other = await thread([['a', '']]);
    const query = { sort: 'old', depth: 6, limit: 1, cursor } as const;
    const bad = { refusal: 'BadCursor' };
    expect(await readThread(contextOf(it.db), t[''] ?? '', { ...query, sort: 'new' })).toMatchObject(bad);
    expect(await readThread(contextOf(it.db), other[''] ?? '', query)).toMatchObject(bad);
  });

  test('a parent with more than fifty answers gives fifty, and says that there are more', async () => {
    const t = await thread([['a', '']]);
    const ref = (uri = '') => ({ uri, cid: 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a' });
    const record = (i: number) => ({ root: ref(t['']), parent: ref(t.a), text: `r${i}` });
    await club.putAll(
      Array.from({ length: 60 }, (_, i) => ({ did: cat, collection: 'club.commonplace.reply', record: record(i) })),
    );
    const [node] = (await read(t[''] ?? '')).replies;
    expect([node?.replies.length, node?.hasMore, node?.post?.replyCount]).toEqual([50, true, 60]);
    expect(node?.replies.map(({ post }) => post?.excerpt).slice(0, 2)).toEqual(['r0', 'r1']);
    const newest = (await read(t[''] ?? '', { sort: 'new' })).replies[0]?.replies[0];
    expect(newest?.post?.excerpt).toBe('r59');
  });
});

describe('a reply that is not shown', () => {
  test('keeps its place while answers to it show, and leaves no trace otherwise', async () => {
    const t = await thread([
      ['a', '', cat],
      ['b', 'a'],
      ['c', '', cat],
      ['d', 'c', cat],
      ['e', ''],
    ]);
    await club.account(cat, 'deactivated');
    const seen = await read(t[''] ?? '');
    await club.account(cat, 'active');
    expect(seen.outline).toBe('#(b) e');
  });

  test('deleted, keeps its answers, at the end', async () => {
    const t = await thread([
      ['a', ''],
      ['b', 'a'],
      ['c', ''],
      ['d', 'b'],
    ]);
    await club.remove(t.a ?? '');
    const { post, outline: below, replies } = await read(t[''] ?? '');
    expect([post.replyCount, below]).toEqual([3, 'c ?(b(d))']);
    expect(replies.at(-1)?.uri).toBe(t.a);
    await club.remove(t.b ?? '');
    await club.remove(t.d ?? '');
    expect((await read(t[''] ?? '')).outline).toBe('c');
  });

  test('never seen, has a place as well', async () => {
    const nowhere = `at://${cat}/club.commonplace.reply/3maaaaaaaaaaa`;
    const t = await thread([
      ['a', ''],
      ['b', nowhere],
      ['c', 'b'],
    ]);
    expect((await read(t[''] ?? '')).outline).toBe('a ?(b(c))');
  });

  test('comes on the last page only', async () => {
    const t = await thread([
      ['a', ''],
      ['b', 'a'],
      ['c', ''],
      ['d', ''],
    ]);
    await club.remove(t.a ?? '');
    const first = await read(t[''] ?? '', { limit: 1 });
    const second = await read(t[''] ?? '', { limit: 1, cursor: first.cursor });
    expect([first.outline, second.outline, second.cursor]).toEqual(['c', 'd ?(b)', null]);
  });
});

describe('a reply in a strange place', () => {
  test('whose parent is in another thread hangs under the post', async () => {
    const other = await thread([['elsewhere', '']]);
    const t = await thread([
      ['a', ''],
      ['b', other.elsewhere ?? ''],
      ['c', 'b'],
    ]);
    expect((await read(t[''] ?? '')).outline).toBe('a b(c)');
    expect((await read(other[''] ?? '')).outline).toBe('elsewhere');
  });

  test('that answers itself, or goes round in a circle, hangs under the post once', async () => {
    const t = await thread([
      ['a', ''],
      ['b', ''],
    ]);
    const edit = async (name: string, parent: string): Promise<void> => {
      const rkey = t[name]?.split('/').at(-1);
      await club.reply(ben, t[''] ?? '', t[parent] ?? '', name, rkey);
    };
    await edit('a', 'b');
    await edit('b', 'a');
    expect((await read(t[''] ?? '')).outline).toBe('a(b)');
    expect((await read(t.a ?? '')).outline).toBe('b');
    await edit('a', 'a');
    expect((await read(t[''] ?? '')).outline).toBe('a(b)');
    expect((await read(t.a ?? '')).outline).toBe('b');
  });
});

describe('by its address', () => {
  const query = { sort: 'old', depth: 1, limit: 50 } as const;
  const at = (rkey: string, did?: string) => readThreadAt(contextOf(it.db), space, { rkey, did }, query);

  test('the plain one is of the author who had the rkey first, the long one of any', async () => {
    const rkey = '3mzzzzzzzzzzz';
    await club.story(ann, 'First', {}, rkey);
    await club.story(ben, 'Second', {}, rkey);
    const plain = got(await at(rkey)).post;
    const long = got(await at(rkey, ben)).post;
    expect([plain.title, plain.plain, long.title, long.plain]).toEqual(['First', true, 'Second', false]);
    expect(got(await at(rkey, ann)).post.title).toBe('First');
    expect(await at(rkey, cat)).toMatchObject({ refusal: 'PostNotFound' });
  });

  test('the plain one stays with its first holder when the post is gone', async () => {
    const rkey = '3myyyyyyyyyyy';
    const first = await club.story(ann, 'First', {}, rkey);
    await club.story(ben, 'Second', {}, rkey);
    await club.remove(first);
    expect(await at(rkey)).toMatchObject({ refusal: 'PostNotFound' });
    expect(got(await at(rkey, ben)).post.title).toBe('Second');
  });

  test('a reply has none', async () => {
    const t = await thread([['a', '']]);
    expect(await at(t.a?.split('/').at(-1) ?? '', ben)).toMatchObject({ refusal: 'PostNotFound' });
  });
});

describe('a thread that is not there', () => {
  const query = { sort: 'old', depth: 1, limit: 50 } as const;

  test.each([
    ['unknown', `at://${ann}/club.commonplace.story/3maaaaaaaaaaa`, 'PostNotFound'],
    [
      'of an account never seen',
      'at://did:plc:zzzzzzzzzzzzzzzzzzzzzzzz/club.commonplace.story/3maaaaaaaaaaa',
      'PostNotFound',
    ],
    ['of a record that is no post', `at://${didOf('club')}/club.commonplace.space.profile/self`, 'PostNotFound'],
    ['named by a handle', 'at://ann.example.com/club.commonplace.story/3maaaaaaaaaaa', 'InvalidRequest'],
    ['no record', `at://${ann}`, 'InvalidRequest'],
  ])('is refused: %s', async (_, uri, refusal) => {
    expect(await readThread(contextOf(it.db), uri, query)).toMatchObject({ refusal });
  });

  test('is refused with its author inactive, and so are its replies', async () => {
    const t = await thread([['a', '']]);
    await club.account(ann, 'takendown');
    for (const uri of [t[''], t.a]) {
      expect(await readThread(contextOf(it.db), uri ?? '', query)).toMatchObject({ refusal: 'PostNotFound' });
    }
    await club.account(ann, 'active');
    expect((await read(t[''] ?? '')).outline).toBe('a');
  });
});
