/** The browsers of an account: who is in, by whose sign-in, and until when. */
import { beforeEach, expect, test } from 'vitest';
import { Account } from '../../src/auth/account.ts';
import { sealWith } from '../../src/auth/seal.ts';
import { makeShelf } from './shelf.ts';

const DID = 'did:plc:adaadaadaadaadaadaadaada';
const DAY = 86_400_000;
const clock = { at: Date.UTC(2026, 0, 1), now: () => clock.at };
let account: Account;
let logged: string[];

const away = async (): Promise<never> => {
  throw new Error('no server is asked here');
};

beforeEach(() => {
  logged = [];
  account = new Account({
    ...{ shelf: makeShelf(), clock, development: false, fetch: away, signIns: { keys: away } },
    identity: { resolveHandle: away, resolveDid: away },
    seal: sealWith([Buffer.alloc(32, 5).toString('base64')]),
    log: (message) => logged.push(message),
  });
  account.keep(DID, { client: 'https://club.example', sealed: 'sealed', handle: 'ada.example' });
});

const at = (host: string, hash: string) => ({ host, hash });
const [HOME, OTHER] = [at('club.example', 'one'), at('other.example', 'two')];

test('a browser is in at the host that it was let in at, and nowhere else', () => {
  expect(account.visit(HOME)).toBeNull();
  expect(account.admit(HOME, {})).toBe(true);
  expect(account.visit(HOME)).toEqual({ handle: 'ada.example' });
  expect(account.visit(at('other.example', 'one'))).toBeNull();
  expect(account.visit(at('club.example', 'guess'))).toBeNull();
});

test('a sign-in is shared at several hosts, and ends at all of them', async () => {
  account.admit(HOME, {});
  expect(account.admit(OTHER, { by: 'one' })).toBe(true);
  expect(account.admit(at('third.example', 'three'), { by: 'unknown' })).toBe(false);
  account.admit(at('club.example', 'elsewhere'), {});
  expect(account.signIns(HOME)).toMatchObject([
    { hosts: ['club.example'], isThis: false },
    { hosts: ['club.example', 'other.example'], isThis: true },
  ]);
  await account.signOut(OTHER, false);
  expect([account.visit(HOME), account.visit(OTHER)]).toEqual([null, null]);
  expect(account.visit(at('club.example', 'elsewhere'))).not.toBeNull();
});

test('everywhere is everywhere, and only somebody who is in can ask for it', async () => {
  account.admit(HOME, {});
  account.admit(at('club.example', 'elsewhere'), {});
  await account.signOut(at('club.example', 'guess'), true);
  expect(account.visit(HOME)).not.toBeNull();
  await account.signOut(HOME, true);
  expect(account.visit(at('club.example', 'elsewhere'))).toBeNull();
  // Its server cannot be reached: here it is over all the same.
  expect(logged).toEqual(['a session could not be revoked']);
  expect(account.admit(HOME, {})).toBe(false);
});

test('a new sign-in ends the one it takes the place of; one that is carried back does not end itself', () => {
  account.admit(HOME, {});
  account.admit(OTHER, { by: 'one' });
  account.admit(at('other.example', 'again'), { by: 'one', replaces: 'two' });
  expect([account.visit(HOME), account.visit(OTHER)]).toEqual([{ handle: 'ada.example' }, null]);
  account.admit(at('club.example', 'new'), { replaces: 'one' });
  expect([account.visit(HOME), account.visit(at('other.example', 'again'))]).toEqual([null, null]);
});

test('a browser that was not seen for half a year is forgotten', () => {
  account.admit(HOME, {});
  clock.at += 200 * DAY;
  account.admit(OTHER, {});
  expect(account.visit(HOME)).toBeNull();
});

test('only who is in writes, and nobody without end', async () => {
  const work = async () => 'done' as const;
  expect(await account.use(HOME, work)).toMatchObject({ failed: 'signed-out' });
  account.admit(HOME, {});
  const spent = Array.from({ length: 62 }, () => account.spend());
  expect(spent.filter(({ isOver }) => isOver)).toHaveLength(2);
  expect(spent[0]).toEqual({ limit: 60, remaining: 59, windowMs: 300_000, resetAt: clock.at + 300_000, isOver: false });
  clock.at += 300_001;
  expect(account.spend()).toMatchObject({ remaining: 59, isOver: false });
});
