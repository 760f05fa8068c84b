/** Who may found spaces, and how far each founding is. */
import { beforeEach, describe, expect, test } from 'vitest';
import { Foundings } from '../../src/auth/foundings.ts';
import { makeShelf } from './shelf.ts';

const DAY = 86_400_000;
const [ADA, BERT] = ['did:plc:ada', 'did:plc:bert'];
const clock = { at: 0, now: () => clock.at };
let shelf: ReturnType<typeof makeShelf>;
let foundings: Foundings;

beforeEach(() => {
  clock.at = Date.UTC(2026, 0, 1);
  shelf = makeShelf();
  foundings = new Foundings({ shelf, clock });
});

const host = (name: string) => ({ host: { name, isVerified: false } });

describe('a code', () => {
  test('is good once, for whoever comes first, and is kept as a hash', async () => {
    const { code, expiresAt } = await foundings.newCode();
    expect(expiresAt).toBe(clock.at + DAY);
    expect(JSON.stringify([...shelf.kept])).not.toContain(code);
    expect(await foundings.begin(ADA, code)).toMatchObject({ by: ADA, byCode: true });
    expect(await foundings.begin(BERT, code)).toBeNull();
    expect(await foundings.begin(ADA, code)).toBeNull();
    expect(JSON.stringify([...shelf.kept])).not.toContain(code);
  });

  test('is too old after a day', async () => {
    const { code } = await foundings.newCode();
    clock.at += DAY;
    expect(await foundings.begin(ADA, code)).toBeNull();
    await foundings.newCode();
    clock.at += DAY;
    await foundings.prune();
    expect(shelf.kept.size).toBe(0);
  });

  test('makes a founding under way one by code, and forgets nothing of it', async () => {
    await foundings.begin(ADA, null);
    await foundings.change(ADA, host('club.example'));
    const { code } = await foundings.newCode();
    expect(await foundings.begin(ADA, code)).toMatchObject({ byCode: true, host: { name: 'club.example' } });
  });

  test('loses nothing of what is decided while it is looked at', async () => {
    await foundings.begin(ADA, null);
    const { code } = await foundings.newCode();
    await Promise.all([foundings.begin(ADA, code), foundings.change(ADA, host('club.example'))]);
    expect((await foundings.founder(ADA)).founding).toMatchObject({ byCode: true, host: { name: 'club.example' } });
  });
});

test('a founding is resumed as it was left, and is over when nobody went on for a week', async () => {
  await foundings.begin(ADA, null);
  await foundings.change(ADA, { about: { displayName: 'Club', description: '', lang: '' } });
  await foundings.keepPicture(ADA, 'avatar', { bytes: new Uint8Array([1]), mimeType: 'image/png' });
  clock.at += 6 * DAY;
  expect((await foundings.founder(ADA)).founding).toMatchObject({
    about: { displayName: 'Club' },
    pictures: ['avatar'],
  });
  await foundings.change(ADA, host('club.example'));
  clock.at += 6 * DAY;
  expect(await foundings.prune()).toEqual([]);
  clock.at += 2 * DAY;
  // Until its group is let go it is there.
  for (const _ of ['once', 'again'])
    expect(await foundings.prune()).toMatchObject([{ by: ADA, host: { name: 'club.example' } }]);
  await foundings.end(ADA, false);
  expect((await foundings.founder(ADA)).founding).toBeNull();
  expect(await foundings.change(ADA, { named: [] })).toBe('gone');
  expect(shelf.kept.size).toBe(0);
});

test('a host is kept for whoever chose it first, while the founding lasts', async () => {
  await foundings.begin(ADA, null);
  await foundings.begin(BERT, null);
  expect(await foundings.change(ADA, host('club.example'))).toMatchObject({ by: ADA });
  expect(await foundings.change(BERT, host('club.example'))).toBe('taken');
  expect((await foundings.founder(BERT)).founding?.host).toBeNull();
  await foundings.end(ADA, false);
  expect(await foundings.change(BERT, host('club.example'))).toMatchObject({ by: BERT });
});

test('what opened within a day is counted, and nothing else is kept of it', async () => {
  for (const did of [ADA, BERT]) await foundings.begin(did, null);
  await foundings.end(ADA, true);
  await foundings.end(BERT, false);
  expect(await foundings.founder(ADA)).toMatchObject({ founding: null, opened: { byThem: 1, byAll: 1 } });
  expect(await foundings.founder(BERT)).toMatchObject({ opened: { byThem: 0, byAll: 1 } });
  clock.at += DAY;
  expect(await foundings.founder(ADA)).toMatchObject({ opened: { byThem: 0, byAll: 0 } });
  await foundings.prune();
  expect(shelf.kept.size).toBe(0);
});

test('founders are approved, and are so no more', async () => {
  expect(await foundings.approve(ADA, true)).toBe(true);
  expect(await foundings.approve(ADA, true)).toBe(false);
  expect(await foundings.approved()).toEqual([ADA]);
  expect((await foundings.founder(ADA)).isApproved).toBe(true);
  expect(await foundings.approve(ADA, false)).toBe(true);
  expect(await foundings.approve(ADA, false)).toBe(false);
  expect((await foundings.founder(ADA)).isApproved).toBe(false);
});

test('one founder has so many accounts made in a day', async () => {
  for (let i = 0; i < 10; i++) expect(await foundings.mayMake(ADA)).toBe(true);
  expect(await foundings.mayMake(ADA)).toBe(false);
  expect(await foundings.mayMake(BERT)).toBe(true);
  clock.at += DAY;
  expect(await foundings.mayMake(ADA)).toBe(true);
});
