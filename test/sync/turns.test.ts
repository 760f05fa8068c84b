import { expect, test } from 'vitest';
import type { RepoToRead } from '../../src/db/backfill.ts';
import { Turns } from '../../src/sync/turns.ts';

const repo = (did: string, host: string | null): RepoToRead => ({
  ...{ space: 'did:plc:space', did, host, position: '', attempts: 0, askedAt: 0, wasRead: false },
});
const nobody = (): boolean => false;

test('three of one server at once, and whoever lives elsewhere goes before the fourth', () => {
  const turns = new Turns([...['a', 'b', 'c', 'd'].map((did) => repo(did, 'one')), repo('e', 'two')], nobody);
  const taken = Array.from({ length: 4 }, () => turns.next());
  expect(taken.map((one) => one?.did)).toEqual(['a', 'b', 'c', 'e']);
  expect(turns.next()).toBeUndefined();
  turns.done(taken[1] as RepoToRead);
  expect(turns.next()?.did).toBe('d');
});

test('those who are found to live at a server that is asked by three wait there', async () => {
  const turns = new Turns(
    ['a', 'b', 'c', 'd', 'e'].map((did) => repo(did, null)),
    nobody,
  );
  const [a, b, c, d, e] = Array.from({ length: 5 }, () => turns.next() as RepoToRead);
  const arrived: string[] = [];
  const arrive = (one: RepoToRead | undefined, host: string): Promise<void> =>
    turns.arrive(one as RepoToRead, host).then(() => void arrived.push((one as RepoToRead).did));
  const waiting = [arrive(a, 'one'), arrive(b, 'one'), arrive(c, 'one'), arrive(d, 'one'), arrive(e, 'two')];
  await Promise.all([waiting[0], waiting[1], waiting[2], waiting[4]]);
  expect(arrived).toEqual(['a', 'b', 'c', 'e']);
  turns.done(b as RepoToRead);
  await waiting[3];
  expect(arrived).toContain('d');
});

test('one who moved counts where they live now', async () => {
  const turns = new Turns([repo('a', 'one'), repo('b', 'two'), repo('c', 'two'), repo('d', 'two')], nobody);
  const [a] = Array.from({ length: 3 }, () => turns.next() as RepoToRead);
  await turns.arrive(a as RepoToRead, 'two');
  expect(turns.next()).toBeUndefined();
  turns.done(a as RepoToRead);
  expect(turns.next()?.did).toBe('d');
});

test('servers that asked to be left alone are', () => {
  const busy = new Set(['one']);
  const turns = new Turns([repo('a', 'one'), repo('b', null)], (host) => busy.has(host));
  expect(turns.next()?.did).toBe('b');
  expect(turns.next()).toBeUndefined();
  busy.clear();
  expect(turns.next()?.did).toBe('a');
});
