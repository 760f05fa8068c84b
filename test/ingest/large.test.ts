/** Work on many large records ends: what one commit would not hold is done in several. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Did } from '../../src/domain/model.ts';
import { Community, didOf, ref } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

const [ADA, BERT] = ['ada', 'bert'].map(didOf) as [Did, Did];
const TALE = 'org.example.tale';
const REMARK = 'org.example.remark';
const COUNT = 16;
/** Three bytes each: two of them are more than one parameter takes. */
const LONG = '長'.repeat(170_000);
const PROFILE = { displayName: 'Club', joinPolicy: 'open', postPolicy: 'anyone' };
const SECTION = { id: 'stories', name: 'Stories', collections: ['club.commonplace.story'] };

let database: TestDatabase;
beforeEach(async () => {
  await database?.stop();
  database = await openDatabase();
});
afterAll(() => database.stop());

const shown = (): Promise<number | null> =>
  database.db.prepare('select count(*) as count from post where hidden = 0').first<number>('count');

test('records that a section takes from now on', async () => {
  const profile = (taken: string[]) => ({
    ...PROFILE,
    collections: [{ collection: TALE, rule: 'field' }],
    sections: [{ ...SECTION, collections: [...SECTION.collections, ...taken] }],
  });
  const club = await Community.found(database.db, 'club', { profile: profile([]) });
  for (let index = 0; index < COUNT; index++) await club.put(ADA, TALE, { title: `Tale ${index}`, text: LONG });
  await club.put(club.space, 'club.commonplace.space.profile', profile([TALE]), 'self');
  await club.work();
  expect(await shown()).toBe(COUNT);
});

test('records that waited for what they refer to', async () => {
  const profile = {
    ...PROFILE,
    collections: [{ collection: REMARK, rule: 'reference', path: 'subject.uri' }],
    sections: [{ ...SECTION, collections: [...SECTION.collections, REMARK] }],
  };
  const club = await Community.found(database.db, 'club', { profile });
  const target = `at://${ADA}/club.commonplace.story/3222222222222`;
  for (let index = 0; index < COUNT; index++)
    await club.put(BERT, REMARK, {
      space: undefined as never,
      subject: ref(target),
      title: `Remark ${index}`,
      text: LONG,
    });
  await club.story(ADA, 'What was waited for', {}, '3222222222222');
  await club.work();
  expect(await shown()).toBe(COUNT + 1);
});

test('records that follow what they refer to into another space', async () => {
  const profile = { ...PROFILE, collections: [{ collection: REMARK, rule: 'reference', path: 'subject.uri' }] };
  const club = await Community.found(database.db, 'club', { profile });
  const other = await Community.found(database.db, 'other', { profile });
  const story = await club.story(ADA, 'Here', {}, '3222222222222');
  for (let index = 0; index < 2 * COUNT; index++)
    await club.put(BERT, REMARK, { space: undefined as never, subject: ref(story), text: LONG });
  await other.story(ADA, 'There', {}, '3222222222222');
  await other.work();
  const moved = database.db.prepare(
    'select count(*) as count from record where space = ? and cid is not null and did = ?',
  );
  expect(await moved.bind(other.space, BERT).first('count')).toBe(2 * COUNT);
  expect(await moved.bind(club.space, BERT).first('count')).toBe(0);
});
