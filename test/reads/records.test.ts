import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page, RecordItem, SpaceDetails } from '../../src/domain/model.ts';
import * as reads from '../../src/reads/index.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { contextOf, got } from './setup.ts';

const [ann, ben, cat] = ['ann', 'ben', 'cat'].map(didOf) as [string, string, string];
const story = 'club.commonplace.story';
let it: TestDatabase;
let club: Community;
let space: SpaceDetails;
let uris: string[];

beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'club', { profile: { postPolicy: 'members' } });
  for (const did of [ann, ben]) {
    await club.put(did, 'club.commonplace.actor.join', {}, club.space);
    await club.put(club.space, 'club.commonplace.space.membership', { member: did, roles: ['reader'] }, did);
  }
  const other = await Community.found(it.db, 'other');
  await other.story(ann, 'elsewhere');
  uris = [];
  for (const [i, did] of [ben, ann, ben, ann, ben].entries()) uris.push(await club.story(did, `s${i}`));
  uris = [uris[1], uris[3], uris[0], uris[2], uris[4]] as string[];
  await club.story(cat, 'not a member');
  await club.like(ann, uris[0] ?? '');
  await club.named(ann, 'ann.example.com');
  space = got(await reads.readSpace(contextOf(it.db), club.space));
});
afterAll(() => it.stop());

async function walk(query: Partial<reads.RecordsQuery>): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<RecordItem> = got(
      await reads.readRecords(contextOf(it.db), space, { collection: story, limit: 2, cursor, ...query }),
    );
    seen.push(...page.items.map(({ uri }) => uri));
    cursor = page.cursor;
  } while (cursor !== null);
  return seen;
}

describe('the records of a collection', () => {
  test('come by repository and key, in either direction, in pages', async () => {
    for (const limit of [1, 2, 3, 5, 100]) {
      expect(await walk({ limit })).toEqual(uris);
      expect(await walk({ limit, reverse: true })).toEqual(uris.toReversed());
    }
  });

  test('of one repository come alone', async () => {
    expect(await walk({ repo: ben })).toEqual(uris.slice(2));
    expect(await walk({ repo: ben, reverse: true, limit: 1 })).toEqual(uris.slice(2).toReversed());
    expect(await walk({ repo: didOf('nobody') })).toEqual([]);
  });

  test('are any that belong: memberships and profiles too, and no other collection that begins alike', async () => {
    const of = async (collection: string) => (await walk({ collection })).length;
    expect(await of('club.commonplace.space.membership')).toBe(2);
    expect(await of('club.commonplace.space.profile')).toBe(1);
    expect(await of('club.commonplace.like')).toBe(1);
    expect(await of('club.commonplace.stor')).toBe(0);
    expect(await of('club.commonplace.space')).toBe(0);
  });

  test('are as their authors wrote them', async () => {
    const page = got(await reads.readRecords(contextOf(it.db), space, { collection: story, limit: 1 }));
    expect(page.items[0]).toMatchObject({ uri: uris[0], value: { $type: story, title: 's1', space: club.space } });
  });

  test('of an inactive account are left out at once, and a page goes on behind them', async () => {
    await club.account(ann, 'suspended');
    expect(await walk({ limit: 1 })).toEqual(uris.slice(2));
    await club.account(ann, 'active');
    expect(await walk({})).toEqual(uris);
  });

  test('a cursor is refused by another collection, direction or repository', async () => {
    const query = { collection: story, limit: 1 };
    const { cursor } = got(await reads.readRecords(contextOf(it.db), space, query));
    for (const more of [{ collection: 'club.commonplace.topic' }, { reverse: true }, { repo: ann }]) {
      const answer = await reads.readRecords(contextOf(it.db), space, { ...query, ...more, cursor });
      expect(answer).toMatchObject({ refusal: 'BadCursor' });
    }
  });

  test('are found behind thousands of repositories that hold none', async () => {
    const many = await Community.found(it.db, 'many');
    const zoe = didOf('zoe');
    const uri = await many.story(zoe, 'The only one');
    await it.db
      .prepare(`insert into author_space (did, space, rev, count) select 'did:plc:m' || value, ?, '3maaaaaaaaaaa', 1
        from json_each(?)`)
      .bind(many.space, JSON.stringify(Array.from({ length: 2500 }, (_, i) => i)))
      .run();
    const before = space;
    space = got(await reads.readSpace(contextOf(it.db), many.space));
    expect([await walk({}), await walk({ reverse: true })]).toEqual([[uri], [uri]]);
    space = before;
  });
});

describe('the repositories of a space', () => {
  test('come by DID, each with its newest rev and number of records', async () => {
    const first = got(await reads.readRepos(contextOf(it.db), space, { limit: 2 }));
    const second = got(await reads.readRepos(contextOf(it.db), space, { limit: 2, cursor: first.cursor }));
    const repos = [...first.items, ...second.items];
    expect(repos.map(({ did, count }) => [did, count])).toEqual([
      [ann, 4],
      [ben, 4],
      [cat, 1],
      [club.space, 3],
    ]);
    expect(repos.every(({ rev }) => /^[2-7a-z]{13}$/.test(rev))).toBe(true);
    expect(second.cursor).toBeNull();
  });

  test('are not those whose records are gone, nor of inactive accounts', async () => {
    const dan = didOf('dan');
    await club.remove(await club.story(dan, 'brief'));
    await club.account(ben, 'takendown');
    const { items } = got(await reads.readRepos(contextOf(it.db), space, { limit: 10 }));
    expect(items.map(({ did }) => did)).toEqual([ann, cat, club.space]);
    await club.account(ben, 'active');
  });
});

describe('an author', () => {
  const author = (who: string, more = {}) => reads.readAuthor(contextOf(it.db), space, who, { limit: 1, ...more });

  test('is known by DID and handle, with membership, posts and replies in pages', async () => {
    await club.reply(ann, uris[0] ?? '', uris[0] ?? '', 'one');
    await club.reply(ann, uris[2] ?? '', uris[2] ?? '', 'two');
    const first = got(await author(ann));
    expect(await author('Ann.Example.com')).toEqual(first);
    expect(first).toMatchObject({
      did: ann,
      handle: 'ann.example.com',
      member: { joined: true, admitted: true, roles: ['reader'] },
    });
    expect([first.posts.items[0]?.title, first.replies.items[0]?.excerpt]).toEqual(['s3', 'two']);
    expect(first.replies.items[0]?.rootAddress).toMatchObject({ did: ben, section: 'stories' });
    const second = got(await author(ann, { postsCursor: first.posts.cursor, repliesCursor: first.replies.cursor }));
    expect([second.posts.items[0]?.title, second.replies.items[0]?.excerpt]).toEqual(['s1', 'one']);
    expect([second.posts.cursor, second.replies.cursor]).toEqual([null, null]);
    expect(await author(ann, { postsCursor: first.replies.cursor })).toMatchObject({ refusal: 'BadCursor' });
  });

  test('who has nothing to do with the space, or is inactive, is not told of', async () => {
    const nobody = { refusal: 'NotFound' };
    expect(await author(didOf('nobody'))).toMatchObject(nobody);
    expect(await author('nobody.example.com')).toMatchObject(nobody);
    await club.account(ann, 'deactivated');
    expect(await author(ann)).toMatchObject(nobody);
    await club.account(ann, 'active');
  });
});

describe('two spaces of one instance', () => {
  test('see nothing of each other', async () => {
    const other = got(await reads.readSpace(contextOf(it.db), didOf('other')));
    const titles = async (of: SpaceDetails) =>
      got(await reads.readFeed(contextOf(it.db), of, { sort: 'new', author: ann, limit: 10 })).items.map(
        ({ title }) => title,
      );
    expect(await titles(other)).toEqual(['elsewhere']);
    expect(await titles(space)).toEqual(['s3', 's1']);
    const search = async (of: SpaceDetails) =>
      got(await reads.readSearch(contextOf(it.db), of, { q: 'elsewhere', limit: 10 })).items;
    expect([(await search(other)).length, (await search(space)).length]).toEqual([1, 0]);
  });
});
