import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page, Space } from '../../src/domain/model.ts';
import { visibilityOf } from '../../src/domain/policy.ts';
import { rankSpaces } from '../../src/reads/directory.ts';
import * as reads from '../../src/reads/index.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { contextOf, got } from './setup.ts';

const ann = didOf('ann');
const NOT_FOUND = { refusal: 'SpaceNotFound', message: 'this instance has no such space' };
let it: TestDatabase;
let writing: Community;
let quiet: Community;
let secret: Community;

beforeAll(async () => {
  it = await openDatabase();
  writing = await Community.found(it.db, 'writing', {
    hosts: ['write.localhost', 'old.localhost'],
    profile: { displayName: 'The Writing Club', description: 'Stories and essays.', joinPolicy: 'approval' },
  });
  quiet = await Community.found(it.db, 'quiet', { profile: { displayName: 'Quiet Club', visibility: 'unlisted' } });
  secret = await Community.found(it.db, 'secret', {
    held: 'private',
    profile: { displayName: 'Secret Club', description: 'By invitation.', joinPolicy: 'invite' },
  });
  for (const club of [writing, quiet, secret]) await club.story(ann, `A story of ${club.space}`);
});
afterAll(() => it.stop());

const context = () => contextOf(it.db);
const names = async (page: Promise<object>) =>
  got((await page) as { items: { displayName: string }[] }).items.map((s) => s.displayName);

describe('a space', () => {
  test('is the same by DID, by handle and by each of its hosts', async () => {
    const byDid = got(await reads.readSpace(context(), writing.space));
    expect(byDid).toMatchObject({
      handle: 'writing.example.com',
      hosts: ['write.localhost', 'old.localhost'],
      displayName: 'The Writing Club',
      description: 'Stories and essays.',
      joinPolicy: 'approval',
      posts: 1,
    });
    expect(await reads.readSpace(context(), 'Writing.Example.COM')).toEqual(byDid);
    for (const host of byDid.hosts) expect(await reads.readSpaceByHost(context(), host)).toEqual(byDid);
  });

  test('tells its rules in order, its roles with what they may do, and its theme', async () => {
    const own = 'club.commonplace.space.';
    const rule = (title: string, more = {}) =>
      writing.put(writing.space, `${own}rule`, { title, text: `${title}!`, ...more });
    await rule('No order, first');
    await rule('Second', { order: 2 });
    await rule('First', { order: 1 });
    await rule('No order, second');
    await writing.put(writing.space, `${own}role`, { displayName: 'Steward', description: 'Cares.' }, 'steward');
    await writing.put(writing.space, `${own}role`, { displayName: 'Reader' }, 'reader');
    const roles = [{ role: 'steward', actions: ['post', 'admit'], assignable: [] }];
    await writing.put(writing.space, `${own}permissions`, { roles, defaultRoles: ['reader'] }, 'self');
    await writing.put(writing.space, `${own}theme`, { radius: 4 }, 'self');
    const space = got(await reads.readSpace(context(), writing.space));
    expect(space.rules.map(({ title }) => title)).toEqual(['First', 'Second', 'No order, first', 'No order, second']);
    expect(space.roles).toEqual([
      { id: 'reader', displayName: 'Reader', description: null, actions: [], isDefault: true },
      { id: 'steward', displayName: 'Steward', description: 'Cares.', actions: ['post', 'admit'], isDefault: false },
    ]);
    expect(space.theme).toMatchObject({ radius: 4 });
    const before = space.themeHash;
    await writing.put(writing.space, `${own}theme`, { radius: 5 }, 'self');
    expect(got(await reads.readSpace(context(), writing.space)).themeHash).not.toBe(before);
  });

  test('is read anew after five seconds, or when the isolate was told', async () => {
    const spaces = new reads.SpaceCache();
    const at = async (now: number) => got(await reads.readSpace(contextOf(it.db, { spaces, now }), quiet.space)).handle;
    const change = (handle: string) =>
      it.db.prepare('update space set handle = ? where did = ?').bind(handle, quiet.space).run();
    await change('one.example.com');
    expect(await at(0)).toBe('one.example.com');
    await change('two.example.com');
    expect([await at(4999), await at(5000)]).toEqual(['one.example.com', 'two.example.com']);
    await change('three.example.com');
    spaces.forget();
    expect(await at(5001)).toBe('three.example.com');
  });

  test('that is not there is refused, whatever the name', async () => {
    for (const name of [didOf('nobody'), 'nobody.example.com', "o'hara.example.com", '']) {
      expect(await reads.readSpace(context(), name)).toEqual(NOT_FOUND);
      expect(await reads.readSpaceByHost(context(), name)).toEqual(NOT_FOUND);
    }
  });
});

describe('an unlisted space', () => {
  test('opens by its address', async () => {
    expect(await reads.readSpaceByHost(context(), 'quiet.localhost')).toMatchObject({ visibility: 'unlisted' });
    expect(await reads.readSpace(context(), quiet.space)).toMatchObject({ visibility: 'unlisted' });
  });

  test('is in no list, search or count', async () => {
    expect(await names(reads.listSpaces(context(), { sort: 'name', limit: 10 }))).toEqual(['The Writing Club']);
    expect(await names(reads.listSpaces(context(), { sort: 'active', limit: 10 }))).toEqual(['The Writing Club']);
    expect(await names(reads.searchSpaces(context(), { q: 'club', limit: 10 }))).toEqual(['The Writing Club']);
    expect((await reads.readStatus(context(), null)).counts).toMatchObject({ spaces: 1, posts: 1 });
  });
});

describe('a private space', () => {
  test('is as one that does not exist, by every name', async () => {
    for (const name of [secret.space, 'secret.example.com'])
      expect(await reads.readSpace(context(), name)).toEqual(NOT_FOUND);
    expect(await reads.readSpaceByHost(context(), 'secret.localhost')).toEqual(NOT_FOUND);
  });

  test('shows its posts to nobody who knows their URI', async () => {
    const uri = await it.db.prepare('select uri from post where space = ?').bind(secret.space).first<string>('uri');
    const gone = { refusal: 'PostNotFound' };
    expect(await reads.readPost(context(), uri ?? '')).toMatchObject(gone);
    expect(await reads.readThread(context(), uri ?? '', { sort: 'old', depth: 1, limit: 1 })).toMatchObject(gone);
  });

  test('tells a visitor at its own host its name, what it is for and how to join, and nothing else', async () => {
    expect(await reads.readPrivateFront(context(), 'secret.localhost')).toEqual({
      displayName: 'Secret Club',
      description: 'By invitation.',
      joinPolicy: 'invite',
      host: 'secret.localhost',
    });
  });

  test('has the only kind of door that is a front', async () => {
    for (const host of ['write.localhost', 'quiet.localhost', 'unknown.localhost']) {
      expect(await reads.readPrivateFront(context(), host)).toEqual(NOT_FOUND);
    }
  });
});

describe('the directory', () => {
  test('has the liveliest space first, in pages', async () => {
    for (const name of ['alpha', 'beta', 'gamma']) await Community.found(it.db, name);
    const beta = got(await reads.readSpaceByHost(context(), 'beta.localhost'));
    await it.db.prepare('update space set added_at = added_at + 86400000 where did = ?').bind(beta.did).run();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<Space> = got(await reads.listSpaces(context(), { sort: 'active', limit: 1, cursor }));
      seen.push(...page.items.map(({ displayName }) => displayName));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(seen.slice(0, 2)).toEqual(['beta', 'The Writing Club']);
    expect(seen.slice(2).sort()).toEqual(['alpha', 'gamma']);
  });

  test('goes by name as well, in pages', async () => {
    const first = got(await reads.listSpaces(context(), { sort: 'name', limit: 2 }));
    const second = got(await reads.listSpaces(context(), { sort: 'name', limit: 2, cursor: first.cursor }));
    expect([...first.items, ...second.items].map((s) => s.displayName)).toEqual([
      'The Writing Club',
      'alpha',
      'beta',
      'gamma',
    ]);
    const { cursor } = first;
    expect(await reads.listSpaces(context(), { sort: 'active', limit: 2, cursor })).toMatchObject({
      refusal: 'BadCursor',
    });
  });

  test.each([
    ['names another home and forbids others', { hostedBy: 'did:web:home.test', allowExternalDiscovery: false }, false],
    ['names another home and allows others', { hostedBy: 'did:web:home.test' }, true],
    [
      'allows some others, and this one',
      { hostedBy: 'did:web:home.test', allowedInstances: ['did:web:localhost'] },
      true,
    ],
    ['allows some others only', { hostedBy: 'did:web:home.test', allowedInstances: ['did:web:x.test'] }, false],
    ['is at home here', { hostedBy: 'did:web:localhost', allowExternalDiscovery: false }, true],
  ])('lists a space as its profile lets it: one that %s', async (_, profile, isListed) => {
    const club = await Community.found(it.db, 'guest');
    await club.put(
      club.space,
      'club.commonplace.space.profile',
      { displayName: 'guest', joinPolicy: 'open', ...profile },
      'self',
    );
    expect((await names(reads.searchSpaces(context(), { q: 'guest', limit: 10 }))).length === 1).toBe(isListed);
    await it.db.batch([
      it.db.prepare(`delete from space where did = ?`).bind(club.space),
      it.db.prepare(`delete from host where space = ?`).bind(club.space),
    ]);
  });

  test('agrees with the domain on who is listed', async () => {
    const held = [null, 'public', 'unlisted', 'private'] as const;
    const profiles = [null, {}, { visibility: 'public' }, { visibility: 'unlisted' }, { visibility: 'unheard-of' }];
    for (const [i, own] of held.entries()) {
      for (const [j, profile] of profiles.entries()) {
        await it.db
          .prepare('insert into space (did, held_visibility, profile, display_name, added_at) values (?, ?, ?, ?, 0)')
          .bind(`did:plc:case${i}${j}`, own, profile && JSON.stringify(profile), `case ${i} ${j}`)
          .run();
      }
    }
    const listed = got(await reads.listSpaces(context(), { sort: 'name', limit: 100 })).items.map((s) => s.displayName);
    const cases = held.flatMap((own, i) =>
      profiles.flatMap((profile, j) => (visibilityOf(profile, own) === 'public' ? [`case ${i} ${j}`] : [])),
    );
    expect(listed.filter((name) => name.startsWith('case')).sort()).toEqual(cases.sort());
  });
});

describe('searching spaces', () => {
  const space = (name: string, description = '', handle: string | null = null) => ({
    did: name,
    name,
    description,
    handle,
  });

  test('wants all words, the last of which may be a beginning, without case and marks', () => {
    const spaces = [space('Café Verein'), space('Café'), space('Book club', 'Coffee and cafés')];
    expect(rankSpaces(spaces, 'cafe ver')).toEqual(['Café Verein']);
    expect(rankSpaces(spaces, 'ver cafe')).toEqual([]);
    expect(rankSpaces(spaces, '  ')).toEqual([]);
  });

  test('has those first whose name says it', () => {
    const spaces = [
      space('Walks', 'about birds'),
      space('The great birds of the north'),
      space('Birds'),
      space('x', '', 'birds.example'),
    ];
    expect(rankSpaces(spaces, 'birds').slice(0, 2)).toEqual(['Birds', 'The great birds of the north']);
    expect(rankSpaces(spaces, 'birds')).toHaveLength(4);
  });
});
