/** The hostname of a new space: which may be had, and when it is seen to lead here. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CHECK_PATH, checkHost, checkName, chooseHost, refuseHost } from '../../../src/actions/founding/host.ts';
import { putSpace } from '../../../src/db/spaces.ts';
import type { Founding } from '../../../src/domain/founding.ts';
import { didOf } from '../../support/community.ts';
import { openDatabase, type TestDatabase } from '../../support/database.ts';
import { ADA, BERT, begun, GROUP, now, type Surroundings, surroundings } from './surroundings.ts';

let database: TestDatabase;
let it: Surroundings;
beforeAll(async () => {
  database = await openDatabase();
}, 60_000);
afterAll(() => database.stop());
beforeEach(async () => {
  it = await surroundings(database.db);
  const hosts = ['garden.example.org', 'orchard.spaces.example.com'];
  await putSpace(database.db, { did: didOf('taken'), handle: null, hosts, displayName: 'T', visibility: null }, 0);
});

describe('refused is', () => {
  test.each([
    ['a space’s', 'garden.example.org', 'HostTaken'],
    ['one below a space’s, where its members’ names are', 'ada.garden.example.org', 'InvalidHost'],
    ['one that looks like a space’s', 'gаrden.example.org'.normalize(), 'InvalidHost'],
    ['one that looks like it in Latin letters', 'gar-den.example.org', 'InvalidHost'],
    ['the instance’s', 'home.example.com', 'InvalidHost'],
    ['one below the instance’s', 'club.home.example.com', 'InvalidHost'],
    ['one that looks like the instance’s', 'h0me.example.com', 'InvalidHost'],
    ['an address', 'https://club.example.org/', 'InvalidHost'],
    ['an IP', '192.168.0.1', 'InvalidHost'],
    ['this machine', 'club.localhost', 'InvalidHost'],
    ['a port', 'club.example.org:8080', 'InvalidHost'],
    ['two names of the operator’s domain', 'a.club.spaces.example.com', 'InvalidHost'],
    ['a reserved name of it', 'admin.spaces.example.com', 'InvalidHost'],
    ['a name of it that looks like another', '0rchard.spaces.example.com', 'InvalidHost'],
    ['a profane name of it', 'fuck-yeah.spaces.example.com', 'InvalidHost'],
    ['a name of it in disguise', 'xn--80ak6aa92e.spaces.example.com', 'InvalidHost'],
    ['nothing', '', 'InvalidHost'],
  ])('%s: %s', async (_, given, refusal) => {
    expect(await refuseHost(given, it.deps)).toMatchObject({ refusal });
  });

  test('what somebody else who founds has chosen', async () => {
    await begun(it, BERT);
    await chooseHost(await now(it, BERT), 'club.example.org', it.deps);
    expect(await chooseHost(await begun(it), 'club.example.org', it.deps)).toMatchObject({ refusal: 'HostTaken' });
  });
});

const group = { did: GROUP, handle: null, pds: 'https://pds.example.com', recoveryKey: null, isConnected: true };

async function chosen(name: string, byCode = false): Promise<Founding> {
  const { code } = await it.deps.foundings.newCode();
  await it.deps.foundings.begin(ADA, byCode ? code : null);
  await it.deps.foundings.change(ADA, { group });
  await chooseHost(await now(it), name, it.deps);
  return now(it);
}

/** The host answers as this instance would. */
function leadsHere(): void {
  it.deps.look = async (url) => it.kept.get(checkName(url.slice(url.indexOf(CHECK_PATH) + CHECK_PATH.length))) ?? null;
}

const rightOf = async (founding: Founding) => {
  const { checks, host } = await checkHost(founding, it.deps);
  expect((await now(it)).host?.isVerified).toBe(host?.isVerified);
  return { verified: host?.isVerified, ...Object.fromEntries(checks.map(({ what, isRight }) => [what, isRight])) };
};

test('a name of the operator’s domain needs only to lead here', async () => {
  const founding = await chosen('club.spaces.example.com');
  expect(await rightOf(founding)).toEqual({ verified: false, reaches: false, handle: false });
  leadsHere();
  expect(await rightOf(founding)).toEqual({ verified: true, reaches: true, handle: false });
});

test('a host of one’s own must name the group in its DNS, too', async () => {
  const founding = await chosen('club.example.org');
  leadsHere();
  expect(await rightOf(founding)).toEqual({ verified: false, reaches: true, owned: false, handle: false });
  it.world.handles.set('club.example.org', BERT);
  expect(await rightOf(founding)).toMatchObject({ verified: false, owned: false });
  it.world.handles.set('club.example.org', GROUP);
  it.world.accounts.set(GROUP, {
    did: GROUP,
    handle: 'club.example.org',
    pds: 'https://pds.example.com',
    signingKey: null,
  });
  expect(await rightOf(founding)).toEqual({ verified: true, reaches: true, owned: true, handle: true });
  // What was right may be so no more.
  it.deps.look = async () => null;
  expect(await rightOf(await now(it))).toMatchObject({ verified: false });
});

test('whoever has a code may leave that for later', async () => {
  const founding = await chosen('club.example.org', true);
  leadsHere();
  expect(await rightOf(founding)).toMatchObject({ verified: true, owned: false });
});

test('another site that answers something is not this instance', async () => {
  const founding = await chosen('club.spaces.example.com');
  it.deps.look = async (url) => url.slice(url.lastIndexOf('/') + 1);
  expect(await rightOf(founding)).toMatchObject({ reaches: false });
});
