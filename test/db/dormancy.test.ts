/** Spaces in which nobody writes: warned, archived a month later, and opened again. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { archiveRound, reviveSpace } from '../../src/db/dormancy.ts';
import { spaceByDid } from '../../src/db/queries/spaces.ts';
import { pauseSpace, resumeSpace } from '../../src/db/spaces.ts';
import { spaceOf } from '../../src/reads/space-facts.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { planOf, recording } from './queries/recording.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const AFTER = 100 * DAY;

let it: TestDatabase;
let club: Community;
let names = 0;
beforeAll(async () => {
  it = await openDatabase();
});
afterAll(() => it.stop());
beforeEach(async () => {
  for (const table of ['space', 'host', 'post', 'dormancy', 'gap']) await it.db.prepare(`delete from ${table}`).run();
  club = await Community.found(it.db, `club${'abcdefghijklmnop'[names++]}`);
});

const round = (days: number, afterMs: number | null = AFTER) => archiveRound(it.db, START + days * DAY, afterMs);

async function now() {
  const row = await spaceByDid(it.db, club.space);
  if (!row) throw new Error('there is no such space');
  const { dormancy, paused } = spaceOf(row.space, () => true);
  return { dormancy, paused };
}

const LIVES = { dormancy: null, paused: false };
const warned = (day: number) => ({ dormancy: { archivedFrom: START + (day + 30) * DAY }, paused: false });

test('nobody is warned before it is time; then a month goes by, and it is archived', async () => {
  await round(69);
  expect(await now()).toEqual(LIVES);
  await round(71);
  expect(await now()).toEqual(warned(71));
  expect(await round(100)).toEqual([]);
  expect(await now()).toEqual(warned(71));
  expect(await round(101)).toEqual([club.space]);
  expect(await now()).toEqual({ dormancy: { archivedAt: START + 101 * DAY }, paused: true });
  expect(await round(102)).toEqual([]);
});

test('however long nobody has written, the warning comes a month before', async () => {
  expect(await round(1000)).toEqual([]);
  expect(await now()).toEqual(warned(1000));
  expect(await round(1029)).toEqual([]);
  expect(await round(1030)).toEqual([club.space]);
});

test('whoever writes takes the warning away', async () => {
  await round(90);
  await club.story(didOf('ann'), 'A story');
  await it.db
    .prepare('update post set active_at = ?')
    .bind(START + 91 * DAY)
    .run();
  await round(92);
  expect(await now()).toEqual(LIVES);
  expect(await round(125)).toEqual([]);
  expect(await now()).toEqual(LIVES);
  await round(162);
  expect(await now()).toEqual(warned(162));
});

test('so does whoever says that it lives; and an archived space opens again, and lives as long as a new one', async () => {
  await round(90);
  expect(await reviveSpace(it.db, club.space, START + 91 * DAY)).toBe(true);
  expect(await now()).toEqual(LIVES);
  await round(121);
  expect(await now()).toEqual(LIVES);
  await round(170);
  expect(await round(200)).toEqual([club.space]);
  expect(await reviveSpace(it.db, club.space, START + 210 * DAY)).toBe(true);
  expect(await now()).toEqual(LIVES);
  // What was written meanwhile is read.
  const gap = await it.db.prepare('select from_us, to_us from gap').first();
  expect(gap).toEqual({ from_us: (START + 200 * DAY) * 1000, to_us: (START + 210 * DAY) * 1000 });
  expect(await round(270)).toEqual([]);
  expect(await now()).toEqual(LIVES);
  expect(await reviveSpace(it.db, club.space, START + 270 * DAY)).toBe(false);
});

test('what the operator has paused stays as the operator wants it', async () => {
  await round(90);
  await pauseSpace(it.db, club.space, START + 95 * DAY);
  expect(await round(130)).toEqual([]);
  expect(await now()).toMatchObject({ paused: true });
  await resumeSpace(it.db, club.space, START + 131 * DAY);
  expect(await now()).toMatchObject({ paused: false });
});

test('where nothing is archived any more, nobody is warned; what is archived stays so', async () => {
  await round(90);
  await round(91, null);
  expect(await now()).toEqual(LIVES);
  await round(92);
  expect(await round(122)).toEqual([club.space]);
  await round(123, null);
  expect(await now()).toMatchObject({ paused: true });
});

test('a round looks at one post of each space', async () => {
  const { db, asked } = recording(it.db);
  await archiveRound(db, START, AFTER);
  for (const statement of asked)
    for (const step of await planOf(it.db, statement)) expect(step).not.toMatch(/^SCAN p(?!\w)/);
});
