/** No role, by any way, has the group do what it may not: members with any roles, wanting anything, beside a table written by hand. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judge } from '../../src/actions/group-judge.ts';
import type { GroupWish } from '../../src/auth/group.ts';
import type { Did, JsonObject } from '../../src/domain/model.ts';
import { ACTIONS, type Action } from '../../src/domain/roles.ts';
import type { RepoAct } from '../../src/ports/accounts.ts';
import { contextOf } from '../reads/setup.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

const own = (name: string): string => `club.commonplace.space.${name}`;
const at = { createdAt: '2026-01-01T00:00:00Z' };
const ref = {
  uri: `at://${didOf('ann')}/club.commonplace.topic/3kaaaaaaaaaaa`,
  cid: 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a',
};

/** What each takes, as the design says; a record that is valid, and its key. */
const TABLE: Record<string, { takes: Action; rkey: string; record: JsonObject }> = {
  [own('profile')]: { takes: 'space.configure', rkey: 'self', record: { displayName: 'A', joinPolicy: 'open', ...at } },
  [own('theme')]: { takes: 'space.configure', rkey: 'self', record: {} },
  [own('rule')]: { takes: 'space.configure', rkey: '3kaaaaaaaaaaa', record: { title: 'A', text: 'B' } },
  [own('role')]: { takes: 'group.configure', rkey: 'x', record: { displayName: 'A' } },
  [own('permissions')]: { takes: 'group.configure', rkey: 'self', record: { roles: [], defaultRoles: [] } },
  [own('pin')]: { takes: 'mod.resolve', rkey: '3kaaaaaaaaaaa', record: { subject: ref, ...at } },
  [own('lock')]: { takes: 'mod.resolve', rkey: '3kaaaaaaaaaaa', record: { subject: ref, ...at } },
  'app.bsky.feed.post': { takes: 'group.act', rkey: '3kaaaaaaaaaaa', record: { text: 'x', ...at } },
  'site.standard.document': { takes: 'group.act', rkey: '3kaaaaaaaaaaa', record: { title: 'x' } },
  'club.commonplace.topic': { takes: 'group.act', rkey: '3kaaaaaaaaaaa', record: { title: 'x', text: 'y', ...at } },
};
const COLLECTIONS = Object.keys(TABLE);

let it: TestDatabase;
let club: Community;
let other: Community;
let members = 0;

beforeAll(async () => {
  it = await openDatabase();
  [club, other] = [await Community.found(it.db, 'club'), await Community.found(it.db, 'other')];
  const roles = ACTIONS.map((action) => ({ role: action.replace('.', '-'), actions: [action], assignable: [] }));
  for (const space of [club, other])
    await space.put(space.space, own('permissions'), { roles, defaultRoles: [] }, 'self');
});
afterAll(() => it.stop());

/** Somebody new, with a role for each action. */
async function member(actions: readonly Action[], halves: { joined: boolean; admitted: boolean }): Promise<Did> {
  const letters = String(++members).replace(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)));
  const did = didOf(`member${letters}x`);
  const roles = actions.map((action) => action.replace('.', '-'));
  if (halves.joined) await club.put(did, 'club.commonplace.actor.join', {}, club.space);
  if (halves.admitted) await club.put(club.space, own('membership'), { member: did, roles }, did);
  return did;
}

const wants = (by: Did, wish: GroupWish, space = club.space) =>
  judge(space, by, wish, { ...contextOf(it.db), here: ['did:web:localhost'] });

const METHODS = ['create', 'put', 'delete', 'batch'] as const;

function wishFor(collection: string, method: (typeof METHODS)[number]): GroupWish {
  const { rkey, record } = TABLE[collection] as (typeof TABLE)[string];
  const full = { $type: collection, space: club.space, ...record };
  const act: RepoAct =
    method === 'delete'
      ? { act: 'delete', collection, rkey }
      : { act: method === 'put' ? 'put' : 'create', collection, rkey, record: full };
  return { wants: 'write', isOwn: false, writes: { acts: [act], isBatch: method === 'batch' } };
}

const TOKEN = { audience: 'did:web:labeler.example', method: 'com.atproto.moderation.createReport', expiresAt: null };

test('what members may is what the table says, and nothing of it in another space or by half a membership', async () => {
  const someone = fc.record({
    actions: fc.subarray([...ACTIONS]),
    halves: fc.constantFrom(
      ...[
        { joined: true, admitted: true },
        { joined: true, admitted: true },
        { joined: true, admitted: false },
      ],
      { joined: false, admitted: true },
    ),
    collections: fc.subarray(COLLECTIONS, { minLength: 1 }),
    method: fc.constantFrom(...METHODS),
  });
  const property = fc.asyncProperty(someone, async ({ actions, halves, collections, method }) => {
    const by = await member(actions, halves);
    const has = (...any: Action[]): boolean =>
      halves.joined && halves.admitted && any.some((action) => actions.includes(action));
    for (const collection of collections) {
      const wish = wishFor(collection, method);
      const allowed = has(TABLE[collection]?.takes as Action);
      expect((await wants(by, wish)) === null, `${method} ${collection} by ${actions}`).toBe(allowed);
      expect(await wants(by, wish, other.space), 'in another space').not.toBeNull();
    }
    // All of a batch, or nothing.
    const acts = collections.flatMap((collection) => {
      const wish = wishFor(collection, 'put');
      return wish.wants === 'write' ? wish.writes.acts : [];
    });
    const all = await wants(by, { wants: 'write', isOwn: false, writes: { acts, isBatch: true } });
    expect(all === null).toBe(collections.every((collection) => has(TABLE[collection]?.takes as Action)));
    expect((await wants(by, { wants: 'upload', bytes: 1 })) === null).toBe(has('space.configure', 'group.act'));
    expect((await wants(by, { wants: 'token', token: TOKEN })) === null).toBe(has('group.act'));
  });
  await fc.assert(property, { numRuns: 40 });
}, 120_000);

test('whoever may everything is refused what nobody may', async () => {
  const by = await member(ACTIONS, { joined: true, admitted: true });
  const refused = async (act: object, name = 'InvalidRequest') =>
    expect(
      await wants(by, { wants: 'write', isOwn: false, writes: { acts: [act as RepoAct], isBatch: false } }),
      JSON.stringify(act).slice(0, 200),
    ).toMatchObject({ refusal: name });
  const record = { $type: own('role'), space: club.space, displayName: 'A' };
  for (const collection of [
    ...['club.commonplace.space.roles', 'club.commonplace.space.role/x', 'Club.Commonplace.space.role', 'role', ''],
    ...['club.commonplace.space.role#x', 'club.commonplace.space.role ', '../role', 'club.commonplace.space.*'],
  ])
    await refused({ act: 'put', collection, rkey: 'x', record: { ...record, $type: collection } });
  await refused({ act: 'put', collection: own('role'), rkey: 'x', record: { ...record, space: other.space } });
  await refused({ act: 'put', collection: own('role'), rkey: 'x', record: { ...record, $type: own('rule') } });
  await refused({ act: 'put', collection: own('profile'), rkey: 'other', record });
  await refused({ act: 'put', collection: own('role'), rkey: 'x', record: { ...record, displayName: '' } });
  const long = { ...record, $type: 'app.bsky.feed.post', text: 'x'.repeat(400_000) };
  await refused({ act: 'create', collection: 'app.bsky.feed.post', record: long });
  const many = Array.from({ length: 201 }, () => ({ act: 'delete' as const, collection: own('rule'), rkey: 'x' }));
  const wish: GroupWish = { wants: 'write', isOwn: false, writes: { acts: many, isBatch: true } };
  expect(await wants(by, wish)).toMatchObject({ refusal: 'InvalidRequest' });
  expect(await wants(by, { wants: 'upload', bytes: 16_000_001 })).toMatchObject({ refusal: 'BlobTooLarge' });
});

test('the house itself writes nothing but the records of a space', async () => {
  const act: RepoAct = { act: 'create', collection: 'app.bsky.feed.post', record: { $type: 'app.bsky.feed.post' } };
  const writes = { acts: [act], isBatch: false };
  expect(await wants(club.space, { wants: 'write', isOwn: true, writes })).toMatchObject({ refusal: 'NotPermitted' });
});

test('memberships are given, changed and ended by whom the reach of their roles lets', async () => {
  const roles = [
    { role: 'giver', actions: ['role.assign'], assignable: ['a', 'b'] },
    { role: 'remover', actions: ['eject'], assignable: ['a'] },
    { role: 'admitter', actions: ['admit'], assignable: ['c'] },
  ];
  const place = await Community.found(it.db, 'place');
  await place.put(place.space, own('permissions'), { roles, defaultRoles: ['d'] }, 'self');
  for (const id of ['a', 'b', 'c', 'd']) await place.put(place.space, own('role'), { displayName: id }, id);
  const some = fc.subarray(['a', 'b', 'c', 'd']);
  const case_ = fc.record({
    mine: fc.subarray(['giver', 'remover', 'admitter']),
    before: fc.option(some),
    after: fc.option(some),
  });
  let n = 0;
  const letters = (): string => String(++n).replace(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)));
  const property = fc.asyncProperty(case_, async ({ mine, before, after }) => {
    const [by, whom] = [didOf(`by${letters()}x`), didOf(`whom${letters()}x`)];
    await place.put(by, 'club.commonplace.actor.join', {}, place.space);
    await place.put(place.space, own('membership'), { member: by, roles: mine }, by);
    if (before) await place.put(place.space, own('membership'), { member: whom, roles: before }, whom);
    const collection = own('membership');
    const record = { $type: collection, space: place.space, member: whom, roles: after ?? [], ...at };
    const act: RepoAct = after
      ? { act: 'put', collection, rkey: whom, record }
      : { act: 'delete', collection, rkey: whom };
    const within = (all: string[], reach: string[]): boolean => all.every((one) => reach.includes(one));
    const mayGive = (all: string[]): boolean => mine.includes('giver') && within(all, ['a', 'b']);
    const allowed = (): boolean => {
      if (!after) return mine.includes('remover') && within(before ?? [], ['a']);
      if (before) return mayGive([...before, ...after].filter((one) => before.includes(one) !== after.includes(one)));
      const more = after.filter((one) => one !== 'd');
      return mine.includes('admitter') && (more.length === 0 || mayGive(more));
    };
    const writes = { acts: [act], isBatch: false };
    const refused = await wants(by, { wants: 'write', isOwn: false, writes }, place.space);
    expect(refused === null, JSON.stringify({ mine, before, after, refused })).toBe(allowed());
  });
  await fc.assert(property, { numRuns: 60 });
}, 120_000);
