/** Work that asks others: nobody slow, and no moment, keeps what falls due from being done. */
import { expect, test } from 'vitest';
import { Asking } from '../../src/follow/asking.ts';
import type { JobRunner } from '../../src/ingest/jobs.ts';

/** Jobs by what must happen before each is answered. */
function work() {
  const waiting: Promise<void>[] = [];
  const done: string[] = [];
  const jobs = {
    async due() {
      const due = waiting.length > 0 ? 0 : null;
      // The answer is on its way for a while.
      await new Promise((arrives) => setTimeout(arrives, 5));
      return due;
    },
    async runAsking() {
      const job = waiting.shift();
      await job;
      if (job) done.push('one');
      return job !== undefined;
    },
  };
  const log = (): void => undefined;
  const asking = new Asking({ jobs: jobs as unknown as JobRunner, clock: { now: () => 1 }, log });
  const run = () => asking.run((piece) => piece(), { expect: () => () => undefined, admit: async () => fail() });
  return { asking, waiting, done, run };
}

function fail(): never {
  throw new Error('nothing is admitted here');
}

test('what is asked for while it looks is done', async () => {
  const { asking, waiting, done, run } = work();
  const first = run();
  expect(asking.isBusy).toBe(true);
  waiting.push(Promise.resolve());
  const [one, two] = await Promise.all([first, run()]);
  expect(one + two).toBe(1);
  expect(done.length).toBe(1);
});

test('one who is slow to answer holds up nobody who is asked later', async () => {
  const { asking, waiting, done, run } = work();
  let answer: () => void = () => undefined;
  waiting.push(
    new Promise((answers) => {
      answer = answers;
    }),
  );
  const slow = run();
  await new Promise((passes) => setTimeout(passes, 20));
  for (let i = 0; i < 6; i++) waiting.push(Promise.resolve());
  expect(await run()).toBe(6);
  expect(done.length).toBe(6);
  expect(asking.isBusy).toBe(true);
  answer();
  expect(await slow).toBe(1);
  expect(asking.isBusy).toBe(false);
});
