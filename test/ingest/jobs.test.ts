/** Work in slices: what fails does not stand in the way of the rest. */
import { expect, test } from 'vitest';
import { jobNow } from '../../src/db/jobs.ts';
import { dropSpace } from '../../src/db/spaces.ts';
import { type Alone, JobRunner } from '../../src/ingest/jobs.ts';
import { thread } from '../../src/ingest/recompute.ts';
import { Community, didOf, ref } from '../support/community.ts';
import { openDatabase } from '../support/database.ts';
import { NO_JOBS, none } from '../support/no-jobs.ts';

const alone: Alone = (work) => work();

test('work that fails each time is put off, and goes on being tried', async () => {
  const { db, stop } = await openDatabase();
  const club = await Community.found(db, 'club');
  await db.batch([
    db.prepare('delete from job'),
    jobNow(db, 'thread', 'bad', club.now),
    jobNow(db, 'author', 'good', club.now + 1),
  ]);
  const did: string[] = [];
  const tools = { db, clock: { now: () => club.now }, admission: club.admission };
  const runner = new JobRunner(tools, {
    ...NO_JOBS,
    async thread() {
      did.push('bad');
      throw new Error('it cannot be done');
    },
    async author() {
      did.push('good');
      return none();
    },
  });
  club.later(1);
  await expect(runner.runSlice(alone)).rejects.toThrow('it cannot be done');
  expect(await runner.runSlice(alone)).toBe(true);
  expect(await runner.runSlice(alone)).toBe(false);
  for (let count = 0; count < 20; count++) {
    club.later(60_000);
    await expect(runner.runSlice(alone)).rejects.toThrow('it cannot be done');
  }
  expect(did.slice(0, 3)).toEqual(['bad', 'good', 'bad']);
  await stop();
});

test('once a space is removed its authors are not known any more', async () => {
  const { db, stop } = await openDatabase();
  const club = await Community.found(db, 'club');
  await club.story(didOf('ada'), 'A story');
  expect([...(await club.admission.state()).concerns.keys()]).toContain(didOf('ada'));
  await dropSpace(db, club.space, club.now);
  club.admission.forget();
  await club.work();
  expect([...(await club.admission.state()).concerns.keys()]).toEqual([]);
  await stop();
});

test.each([
  ['at once where they are few', 2, 1],
  ['one after the other where one is long', 201, 3],
])('threads of deleted posts are hidden, %s', async (_, longest, slices) => {
  const { db, stop } = await openDatabase();
  const club = await Community.found(db, 'club');
  const posts: string[] = [];
  for (const title of ['One', 'Two', 'Three']) posts.push(await club.story(didOf('ada'), title));
  const [long = ''] = posts;
  const answers = [...posts, ...Array.from({ length: longest - 1 }, () => long)];
  await club.putAll(
    answers.map((post) => ({
      did: didOf('ben'),
      collection: 'club.commonplace.reply',
      record: { root: ref(post), parent: ref(post), text: 'I see.' },
    })),
  );
  await club.work();
  for (const post of posts) await club.remove(post);
  let worked = 0;
  const tools = { db, clock: { now: () => club.now }, admission: club.admission };
  const runner = new JobRunner(tools, { ...NO_JOBS, thread });
  while (await runner.runSlice(alone)) worked++;
  const shown = await db.prepare('select count(*) as n from post where root is not null and hidden = 0').first('n');
  expect([shown, worked]).toEqual([0, slices]);
  await stop();
});

test('a thread that cannot be worked on is left to itself by the others', async () => {
  const { db, stop } = await openDatabase();
  const club = await Community.found(db, 'club');
  const posts: string[] = [];
  for (const title of ['One', 'Two', 'Bad']) posts.push(await club.story(didOf('ada'), title));
  for (const post of posts) await club.reply(didOf('ben'), post, post);
  await club.work();
  for (const post of posts) await club.remove(post);
  const bad = await db.prepare('select id from post where root = ?').bind(posts[2]).first('id');
  // Whatever the reason: here the database refuses to hide the one reply.
  await db
    .prepare(
      `create trigger bad before update of hidden on post when old.id = ${bad} begin select raise(abort, 'bad'); end`,
    )
    .run();
  const tools = { db, clock: { now: () => club.now }, admission: club.admission };
  const runner = new JobRunner(tools, { ...NO_JOBS, thread });
  for (let turn = 0; turn < 8; turn++) {
    while (await runner.runSlice(alone).catch(() => true));
    club.later(60_000);
  }
  const shown = await db.prepare('select root from post where root is not null and hidden = 0').all<{ root: string }>();
  expect(shown.results).toEqual([{ root: posts[2] }]);
  await stop();
});
