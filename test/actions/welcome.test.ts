/** Rounds for the groups that the instance acts for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OwnDeps } from '../../src/actions/own.ts';
import { welcome } from '../../src/actions/welcome.ts';
import { putSpace } from '../../src/db/spaces.ts';
import { contextOf } from '../reads/setup.ts';
import { didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase();
}, 60_000);
afterAll(() => database.stop());

test('a group that is no space here, and not connected any more, is forgotten', async () => {
  const [given, open, hidden, founded] = ['given', 'open', 'hidden', 'founded'].map(didOf) as [string, ...string[]];
  for (const [did, visibility] of [
    [open, null],
    [hidden, 'private'],
  ] as const)
    await putSpace(
      database.db,
      { did: did ?? '', handle: null, hosts: [`${visibility}.example`], displayName: 'S', visibility },
      0,
    );
  const list = new Set([given, open, hidden, founded]);
  const groups = {
    connected: async () => [...list],
    forget: async (did: string) => void list.delete(did),
    check: async () => undefined,
    connection: async (did: string) => ({ isConnected: did === founded }),
    welcomedUntil: async () => 0,
  };
  const clock = { now: () => 0 };
  const deps = {
    groups,
    db: database.db,
    clock,
    log: (what: string, facts: object) => expect.fail(what + JSON.stringify(facts)),
  } as unknown as OwnDeps;
  await welcome(contextOf(database.db), deps);
  expect([...list]).toEqual([open, hidden, founded]);
});
