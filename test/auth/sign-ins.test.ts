/** What the instance keeps while people sign in. */
import { beforeEach, describe, expect, test } from 'vitest';
import { sealWith } from '../../src/auth/seal.ts';
import { SignIns } from '../../src/auth/sign-ins.ts';
import { makeShelf } from './shelf.ts';

const DAY = 86_400_000;
const clock = { at: 0, now: () => clock.at };
let shelf: ReturnType<typeof makeShelf>;
let signIns: SignIns;

beforeEach(() => {
  clock.at = Date.UTC(2026, 0, 1);
  shelf = makeShelf();
  signIns = new SignIns({ shelf, seal: sealWith([Buffer.alloc(32, 3).toString('base64')]), clock });
});

describe('a value', () => {
  test('is given once, and not under another name', async () => {
    await signIns.keep('state', 'sealed', 60_000);
    expect(await signIns.take('states')).toBeNull();
    expect(await signIns.take('state')).toBe('sealed');
    expect(await signIns.take('state')).toBeNull();
  });

  test('is gone when its time is over, and leaves nothing behind', async () => {
    await signIns.keep('state', 'sealed', 60_000);
    expect(JSON.stringify([...shelf.kept])).not.toContain('"state"');
    clock.at += 60_001;
    expect(await signIns.take('state')).toBeNull();
    await signIns.keep('one', 'sealed', 1_000);
    clock.at += 2_000;
    await signIns.keep('two', 'sealed', 1_000);
    expect(shelf.kept.size).toBe(2);
  });
});

describe('the keys of the clients', () => {
  test('are made once, sealed, whoever asks', async () => {
    const [one, two] = await Promise.all([signIns.keys(), signIns.keys()]);
    expect(one).toEqual(two);
    expect(one).toHaveLength(1);
    expect(JSON.stringify([...shelf.kept])).not.toContain('"d"');
  });

  test('are renewed; the new one signs when servers can know it, and the old one stays while sessions may live', async () => {
    const [first] = await signIns.keys();
    clock.at += 181 * DAY;
    expect((await signIns.keys()).map(({ kid }) => kid === first?.kid)).toEqual([true, false]);
    clock.at += 2 * 3_600_000;
    expect((await signIns.keys()).map(({ kid }) => kid === first?.kid)).toEqual([false, true]);
    clock.at += 800 * DAY;
    expect((await signIns.keys()).some(({ kid }) => kid === first?.kid)).toBe(false);
  });
});

test('a host where somebody signed in is remembered for as long as that may last', async () => {
  expect(await signIns.isRemembered('https://club.example')).toBe(false);
  await signIns.remember('https://club.example');
  clock.at += 700 * DAY;
  expect(await signIns.isRemembered('https://club.example')).toBe(true);
  clock.at += 60 * DAY;
  expect(await signIns.isRemembered('https://club.example')).toBe(false);
});

test('one address may try often, and not without end; others are not held up', async () => {
  const tries = await Promise.all(Array.from({ length: 40 }, () => signIns.tries('192.0.2.1', 'sign-in')));
  expect(tries.filter(({ isOver }) => !isOver)).toHaveLength(30);
  expect(await signIns.tries('192.0.2.2', 'sign-in')).toMatchObject({ limit: 30, remaining: 29, isOver: false });
  expect(await signIns.tries('192.0.2.1', 'write')).toMatchObject({ limit: 120, remaining: 119, isOver: false });
  clock.at += 300_001;
  expect(await signIns.tries('192.0.2.1', 'sign-in')).toMatchObject({ isOver: false });
});

test('a group stands in the list once, until it is dropped', async () => {
  for (const group of ['did:plc:club', 'did:plc:garden', 'did:plc:club']) await signIns.addGroup(group);
  await signIns.dropGroup('did:plc:club');
  expect(await signIns.groups()).toEqual(['did:plc:garden']);
});
