/** Proofs on demand and by chance: both bounded, whoever asks and however much comes in. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Proofs } from '../../src/follow/proofs.ts';
import { Community, didOf, type Put } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

const HOUR = 3_600_000;
const ann = didOf('ann');
let it: TestDatabase;
let club: Community;
let now: number;
let seq: number;
let asked: string[];
let answers: (() => void)[];
let proofs: Proofs;

beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'club');
  const story = (n: number): Put => ({
    did: ann,
    collection: 'club.commonplace.story',
    record: { title: `Story ${n}`, text: 'Words' },
  });
  await club.putAll(Array.from({ length: 30 }, (_, n) => story(n)));
});
afterAll(() => it.stop());

beforeEach(async () => {
  [now, asked, answers] = [Date.UTC(2026, 0, 2), [], []];
  seq = (await club.admission.state()).seq;
  await it.db.prepare('delete from job').run();
  const prove = (uri: string): Promise<void> => {
    asked.push(uri);
    return new Promise((done) => answers.push(done));
  };
  const follower = { alone: <T>(run: () => Promise<T>) => run(), prove, seq: async () => seq };
  proofs = new Proofs({ follower, db: it.db, clock: { now: () => now } });
});

const answer = (): void => {
  for (const done of answers.splice(0)) done();
};

describe('on demand', () => {
  test('those who ask for the same record at once share one answer', async () => {
    const all = Array.from({ length: 20 }, () => proofs.verify('at://one'));
    answer();
    expect(await Promise.all(all)).toEqual(all.map(() => true));
    expect(asked).toEqual(['at://one']);
  });

  test('a few at once are asked for, and the rest refused', async () => {
    const all = Array.from({ length: 10 }, (_, n) => proofs.verify(`at://${n}`));
    expect(asked).toHaveLength(4);
    answer();
    expect((await Promise.all(all)).filter(Boolean)).toHaveLength(4);
  });

  test('a minute has room for so many; the next one again', async () => {
    const ask = async (n: number): Promise<boolean> => {
      const verified = proofs.verify(`at://${n}`);
      answer();
      return verified;
    };
    for (let n = 0; n < 60; n++) expect(await ask(n)).toBe(true);
    expect(await ask(60)).toBe(false);
    now += 60_000;
    expect(await ask(60)).toBe(true);
  });
});

describe('by chance', () => {
  const jobs = async (): Promise<string[]> =>
    (await it.db.prepare(`select key from job where kind = 'prove'`).all<{ key: string }>()).results.map(
      ({ key }) => key,
    );

  test('nothing is chosen of what was there before, and nothing where nothing came', async () => {
    await proofs.sampleNowAndThen();
    now += HOUR;
    await proofs.sampleNowAndThen();
    expect(await jobs()).toEqual([]);
  });

  test('some of an hour’s records are, at most twenty, and not the same ones always', async () => {
    const first = seq - 60;
    [seq, now] = [first, now - HOUR];
    await proofs.sampleNowAndThen();
    const chosen = new Set<string>();
    for (let round = 0; round < 5; round++) {
      seq = first + (round + 1) * 60;
      now += HOUR;
      await proofs.sampleNowAndThen();
      await proofs.sampleNowAndThen();
    }
    for (const key of await jobs()) chosen.add(key);
    expect(chosen.size).toBeGreaterThan(0);
    expect(chosen.size).toBeLessThanOrEqual(5);
    seq = first;
    const flood = new Proofs({
      follower: { alone: (run) => run(), prove: async () => undefined, seq: async () => seq },
      db: it.db,
      clock: { now: () => now },
    });
    await flood.sampleNowAndThen();
    [seq, now] = [first + 1_000_000, now + HOUR];
    await flood.sampleNowAndThen();
    expect((await jobs()).length).toBeLessThanOrEqual(25);
    for (const key of await jobs()) expect(key).toMatch(/^at:\/\/did:plc:ann/);
  });
});
