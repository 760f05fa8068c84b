/** A crosspost shows its original to those who may see that where it is, and tells nobody else of it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { metered } from '../../src/db/meter.ts';
import { readFeed, readSpace, readTargets, withOriginals } from '../../src/reads/index.ts';
import { Community, didOf, ref } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { contextOf, got } from './setup.ts';

const [ANN, BEN, CAT] = [didOf('ann'), didOf('ben'), didOf('cat')];
const CROSSPOST = 'club.commonplace.crosspost';
let it: TestDatabase;
let [from, into, secret]: Community[] = [];

beforeAll(async () => {
  it = await openDatabase();
  from = await Community.found(it.db, 'from');
  into = await Community.found(it.db, 'into', { profile: { postPolicy: 'members' } });
  secret = await Community.found(it.db, 'secret', { held: 'private', profile: { postPolicy: 'members' } });
  await into.put(BEN, 'club.commonplace.actor.join', {}, into.space);
  await into.put(into.space, 'club.commonplace.space.membership', { member: BEN, roles: [] }, BEN);
  // Nobody is a member of a private space by a record.
  await secret.hold(BEN, { joined: true, admitted: true, roles: [] });
});
afterAll(() => it.stop());

const as = (did: string | null) =>
  contextOf(it.db, { viewer: did === null ? null : { did, handle: null, by: 'browser' } });

async function shown(did: string | null) {
  const ctx = as(did);
  const space = got(await readSpace(ctx, into?.space ?? ''));
  const { items } = got(await readFeed(ctx, space, { sort: 'new', limit: 30 }));
  const all = await withOriginals(ctx, space.did, items);
  return all.map(({ title, original }) => [title, original?.space.displayName ?? null]);
}

const share = (uri: string): Promise<string> =>
  into?.put(BEN, CROSSPOST, { subject: ref(uri), note: 'Look' }) ?? Promise.resolve('');

test('what is in an open space shows with its title; what is removed there shows no more', async () => {
  const story = (await from?.story(ANN, 'Herons')) ?? '';
  const crosspost = await share(story);
  expect(await shown(null)).toEqual([['Herons', 'from']]);
  await from?.remove(story);
  expect(await shown(null)).toEqual([['', null]]);
  await into?.remove(crosspost);
});

test('what a private space holds is told to those inside alone, whoever crossposts it', async () => {
  const story = (await secret?.story(BEN, 'Whispered')) ?? '';
  const crosspost = await share(story);
  expect(await shown(null)).toEqual([['', null]]);
  expect(await shown(CAT)).toEqual([['', null]]);
  expect(await shown(BEN)).toEqual([['Whispered', 'secret']]);
  await into?.remove(crosspost);
});

test('what is nowhere, nonsense, or its own subject shows nothing', async () => {
  const made: string[] = [];
  for (const uri of [`at://${ANN}/club.commonplace.story/3kzzzzzzzzzzz`, `at://${ANN}/app.bsky.feed.post/x`]) {
    made.push(await share(uri));
  }
  expect(await shown(BEN)).toEqual([
    ['', null],
    ['', null],
  ]);
  for (const uri of made) await into?.remove(uri);
});

test('a list without crossposts costs nothing more', async () => {
  const { db, rowsRead } = metered(it.db);
  const posts = got(
    await readFeed(as(null), got(await readSpace(as(null), from?.space ?? '')), { sort: 'new', limit: 30 }),
  );
  expect(await withOriginals(contextOf(db), from?.space ?? '', posts.items)).toBe(posts.items);
  expect(rowsRead()).toBe(0);
});

test('one may crosspost into spaces where one may post, and out of no private one', async () => {
  await from?.story(BEN, 'Mine');
  const [open, closed] = [
    got(await readSpace(as(BEN), from?.space ?? '')),
    got(await readSpace(as(BEN), secret?.space ?? '')),
  ];
  const names = async (did: string, space: typeof open) =>
    (await readTargets(as(did), did, space)).map((target) => target.space.displayName).sort();
  expect(await names(BEN, open)).toEqual(['into', 'secret']);
  expect(await names(CAT, open)).toEqual([]);
  expect(await names(BEN, closed)).toEqual([]);
});
