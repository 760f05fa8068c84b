/** What is held in memory of the spaces, while others come. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putSpace } from '../../src/db/spaces.ts';
import type { RecordEvent } from '../../src/domain/event.ts';
import { Admission } from '../../src/ingest/admit.ts';
import { didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase();
}, 60_000);
afterAll(() => database.stop());

const NOW = Date.parse('2026-01-01T00:00:00Z');
const space = (name: string) => ({
  did: didOf(name),
  handle: null,
  hosts: [`${name}.example`],
  displayName: name,
  visibility: null,
});

const profile = (did: string): RecordEvent => ({
  ...{ kind: 'record', did, collection: 'club.commonplace.space.profile', rkey: 'self', operation: 'create' },
  ...{
    rev: '3mbcqaaaaaa22',
    cid: 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a',
    snapshot: false,
    proven: true,
  },
  record: {
    ...{ $type: 'club.commonplace.space.profile', space: did, displayName: 'One', joinPolicy: 'open' },
    createdAt: '2026-01-01T00:00:00Z',
  },
});

test('a space that comes while a batch is being written is known when that is done', async () => {
  const { db } = database;
  let written: () => void = () => undefined;
  const reached = new Promise<void>((done) => {
    written = done;
  });
  let goOn: () => void = () => undefined;
  const gate = new Promise<void>((done) => {
    goOn = done;
  });
  let batches = 0;
  const slow = {
    prepare: (sql: string) => db.prepare(sql),
    // What is known, the facts, and then the commit.
    batch: async (statements: D1PreparedStatement[]) => {
      if (++batches === 3) {
        written();
        await gate;
      }
      return db.batch(statements);
    },
  } as D1Database;
  await putSpace(db, space('one'), NOW);
  const admission = new Admission(slow, { now: () => NOW }, () => true);
  const first = admission.admit([profile(didOf('one'))]);
  await reached;
  await putSpace(db, space('two'), NOW);
  admission.forget();
  await admission.state();
  goOn();
  expect(await first).toMatchObject({ records: 1 });
  expect([...(await admission.state()).spaces.keys()].sort()).toEqual([didOf('one'), didOf('two')].sort());
});
