/** What an operator does with spaces. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addSpace, listSpaces, type OperatorDeps, removeSpace, setSpace } from '../../src/actions/spaces.ts';
import { NSID } from '../../src/domain/collections.ts';
import { isRefusal, type Refusal } from '../../src/domain/outcome.ts';
import type { OperatorSpace } from '../../src/domain/status.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { club, newWorld, operatorIn, other, PDS, type World } from './operator.ts';

let database: TestDatabase;
let world: World;
let deps: OperatorDeps;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  world = newWorld();
  deps = await operatorIn(world, database.db);
});

const added = async (subject = 'club.example.com', hosts = ['club.example.com'], visibility?: string) => {
  const answer = await addSpace({ subject, hosts, visibility }, deps);
  if (isRefusal(answer)) throw new Error(`${answer.refusal}: ${answer.message}`);
  return answer;
};
const spaces = async (): Promise<OperatorSpace[]> => (await listSpaces(deps)).spaces;

describe('adding', () => {
  test.each(['club.example.com', '@Club.Example.com', club])('by %s reads what the group says', async (subject) => {
    const { space, records, warnings } = await added(subject, ['club.example.com', 'www.example.com']);
    expect(space).toMatchObject({
      ...{ did: club, handle: 'club.example.com', hosts: ['club.example.com', 'www.example.com'] },
      ...{ displayName: 'The Club', held: null, said: 'unlisted', hasProfile: true, records: 4 },
    });
    expect(records).toBe(4);
    expect(warnings).toEqual([]);
  });

  test('reads further collections that the operator allows, and no others', async () => {
    world.repository['com.example.note'] = [{ $type: 'com.example.note', text: 'a' }];
    world.repository['com.example.secret'] = [{ $type: 'com.example.secret', text: 'b' }];
    expect((await added()).records).toBe(5);
    const { results } = await database.db
      .prepare('select distinct collection from record')
      .all<{ collection: string }>();
    expect(results.map(({ collection }) => collection)).toContain('com.example.note');
  });

  test('a group without a profile is added by its handle, with a word about it', async () => {
    world.repository = {};
    const { space, records, warnings } = await added();
    expect(space).toMatchObject({ displayName: 'club.example.com', hasProfile: false });
    expect(records).toBe(0);
    expect(warnings).toEqual([expect.stringContaining('no profile')]);
  });

  test('a DID whose handle does not resolve is added, with a word about it', async () => {
    const { space, warnings } = await added(other, ['other.example.com']);
    expect(space).toMatchObject({ did: other, handle: null });
    expect(warnings).toContainEqual(expect.stringContaining('both ways'));
  });

  test('again changes the hostnames and keeps what the operator holds', async () => {
    await added('club.example.com', ['a.example.com'], 'private');
    const { space } = await added('club.example.com', ['b.example.com']);
    expect(space).toMatchObject({ hosts: ['b.example.com'], held: 'private', records: 4 });
  });

  test('a server that goes away in the middle leaves the space, with a word about it', async () => {
    world.failsAfter = 1;
    const { records, warnings } = await added();
    expect(records).toBe(1);
    expect(warnings).toContainEqual(expect.stringContaining('server gone'));
  });

  test('says how many of its records were refused', async () => {
    world.repository[NSID.rule] = [{ $type: NSID.rule, space: other, title: 'No', text: '' }];
    expect((await added()).warnings).toContainEqual(expect.stringMatching(/^1 of/));
  });
});

describe('adding is refused, and changes nothing, when', () => {
  test.each<[string, () => void, string, string[], Refusal['refusal'], RegExp]>([
    ['the name is none', () => {}, 'no name', ['club.example.com'], 'InvalidRequest', /neither a handle nor a DID/],
    [
      'the handle names nobody',
      () => world.handles.clear(),
      'club.example.com',
      ['club.example.com'],
      'HandleNotFound',
      /club\.example\.com/,
    ],
    ['the resolver is down', () => {}, 'down.example.com', ['club.example.com'], 'UpstreamFailure', /resolver down/],
    ['the DID does not exist', () => world.accounts.clear(), club, ['club.example.com'], 'DidNotFound', /no account/],
    [
      'the account has another handle',
      () => world.accounts.set(club, { did: club, handle: 'new.example.com', pds: PDS, signingKey: null }),
      'club.example.com',
      ['club.example.com'],
      'HandleMismatch',
      /new\.example\.com/,
    ],
    [
      'the account has no PDS',
      () => world.accounts.set(club, { did: club, handle: 'club.example.com', pds: null, signingKey: null }),
      'club.example.com',
      ['club.example.com'],
      'PdsNotFound',
      /no PDS/,
    ],
    [
      'the repository is deactivated',
      () => Object.assign(world, { status: 'deactivated' }),
      club,
      ['club.example.com'],
      'PdsNotFound',
      /deactivated|no active/,
    ],
    [
      'a repository that cannot be described is gone',
      () => Object.assign(world, { status: 'takendown', describes: false }),
      club,
      ['club.example.com'],
      'PdsNotFound',
      /takendown/,
    ],
    [
      'the PDS is down',
      () => Object.assign(world, { status: null, describes: false }),
      club,
      ['club.example.com'],
      'UpstreamFailure',
      /cannot be reached/,
    ],
    ['a hostname is none', () => {}, club, ['club'], 'InvalidHost', /no dot/],
    ['a hostname is the instance’s', () => {}, club, ['home.example.com'], 'InvalidHost', /instance/],
  ])('%s', async (_, arrange, subject, hosts, refusal, words) => {
    arrange();
    expect(await addSpace({ subject, hosts }, deps)).toEqual({ refusal, message: expect.stringMatching(words) });
    expect(await spaces()).toEqual([]);
  });

  test('a hostname is another space’s', async () => {
    await added();
    const answer = await addSpace({ subject: other, hosts: ['new.example.com', 'club.example.com'] }, deps);
    expect(answer).toEqual({ refusal: 'HostTaken', message: expect.stringContaining(club) });
    expect(await spaces()).toHaveLength(1);
  });

  test('the visibility is no word for one', async () => {
    expect(await addSpace({ subject: club, hosts: ['club.example.com'], visibility: 'secret' }, deps)).toMatchObject({
      refusal: 'InvalidRequest',
    });
    expect(await spaces()).toEqual([]);
  });
});

test('a list has all, private ones too, by name, and how the stream stands', async () => {
  await added('club.example.com', ['club.example.com'], 'private');
  world.repository = {};
  await added(other, ['other.example.com']);
  const { spaces: listed, stream } = await listSpaces(deps);
  expect(listed.map(({ did, held }) => [did, held])).toEqual([
    [club, 'private'],
    [other, null],
  ]);
  expect(stream).toMatchObject({ connected: true });
});

describe('setting', () => {
  beforeEach(() => added('club.example.com', ['a.example.com', 'b.example.com'], 'private'));

  test.each([club, 'club.example.com', '@Club.example.com', 'A.example.com', 'b.example.com'])(
    'by %s',
    async (name) => {
      expect(await setSpace({ space: name, visibility: 'unlisted' }, deps)).toMatchObject({
        space: { held: 'unlisted', hosts: ['a.example.com', 'b.example.com'], displayName: 'The Club' },
      });
    },
  );

  test('the hostnames replaces them and leaves the rest', async () => {
    expect(await setSpace({ space: club, hosts: ['c.example.com', 'a.example.com'] }, deps)).toMatchObject({
      space: { hosts: ['c.example.com', 'a.example.com'], held: 'private' },
    });
  });

  test('the visibility back to what the profile says', async () => {
    expect(await setSpace({ space: club, visibility: 'profile' }, deps)).toMatchObject({
      space: { held: null, said: 'unlisted' },
    });
  });

  test.each([
    ['an unknown space', { space: 'nobody.example.com' }, 'SpaceNotFound'],
    ['a bad hostname', { space: club, hosts: ['x'] }, 'InvalidHost'],
    ['an unknown visibility', { space: club, visibility: 'hidden' }, 'InvalidRequest'],
  ])('%s is refused', async (_, change, refusal) => {
    expect(await setSpace(change, deps)).toMatchObject({ refusal });
    expect((await spaces())[0]).toMatchObject({ held: 'private', hosts: ['a.example.com', 'b.example.com'] });
  });

  test('a hostname of another space is refused', async () => {
    await added(other, ['other.example.com']);
    expect(await setSpace({ space: club, hosts: ['other.example.com'] }, deps)).toMatchObject({ refusal: 'HostTaken' });
  });
});

test('removing frees its hostnames, and what is not there is refused', async () => {
  await added();
  expect(await removeSpace('club.example.com', deps)).toEqual({ did: club });
  expect(await spaces()).toEqual([]);
  expect(await removeSpace(club, deps)).toMatchObject({ refusal: 'SpaceNotFound' });
  await added(other, ['club.example.com']);
});

test('of what is removed no connection is kept', async () => {
  await added();
  world.connected = new Set([club, other]);
  await removeSpace(club, deps);
  expect([...world.connected]).toEqual([other]);
});
