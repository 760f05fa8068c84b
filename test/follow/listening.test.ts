/** Whom the indexer tells of changes: only spaces with listeners, one call at a time, and none is forgotten. */
import { beforeEach, expect, test } from 'vitest';
import { Listening } from '../../src/follow/listening.ts';

const [GARDEN, CELLAR] = ['did:plc:garden', 'did:plc:cellar'];
let kept: Set<string>;
let told: string[];
let answer: (space: string) => Promise<boolean>;
let listening: Listening;

const settled = (): Promise<unknown> => new Promise((done) => setTimeout(done, 5));
const start = (): Listening =>
  new Listening({
    keep: {
      all: async () => [...kept],
      add: async (space) => void kept.add(space),
      remove: async (space) => void kept.delete(space),
    },
    listeners: {
      notify: (space) => {
        told.push(space);
        return answer(space);
      },
    },
    log: () => undefined,
  });

beforeEach(() => {
  [kept, told, answer] = [new Set(), [], async () => true];
  listening = start();
});

test('nobody is called while nobody listens', async () => {
  await listening.changed([GARDEN, CELLAR]);
  expect(told).toEqual([]);
});

test('who listens is told, and after a restart too', async () => {
  await listening.add(GARDEN);
  await listening.changed([GARDEN, CELLAR]);
  listening = start();
  await settled();
  await listening.changed([GARDEN]);
  expect(told).toEqual([GARDEN, GARDEN]);
});

test('when nobody is left it ends', async () => {
  await listening.add(GARDEN);
  answer = async () => false;
  await listening.changed([GARDEN]);
  await settled();
  await listening.changed([GARDEN]);
  expect([told, [...kept]]).toEqual([[GARDEN], []]);
});

test('many changes during one call are one call more', async () => {
  await listening.add(GARDEN);
  let done: (anybody: boolean) => void = () => undefined;
  answer = () => new Promise((resolve) => (done = resolve));
  for (let i = 0; i < 5; i++) await listening.changed([GARDEN]);
  expect(told).toEqual([GARDEN]);
  done(true);
  await settled();
  expect(told).toEqual([GARDEN, GARDEN]);
  done(true);
  await settled();
  expect(told).toEqual([GARDEN, GARDEN]);
});

test('one who comes while the last answer was that nobody is there stays', async () => {
  await listening.add(GARDEN);
  let done: (anybody: boolean) => void = () => undefined;
  answer = () => new Promise((resolve) => (done = resolve));
  await listening.changed([GARDEN]);
  await listening.add(GARDEN);
  done(false);
  await settled();
  done(true);
  await settled();
  expect([told, [...kept]]).toEqual([[GARDEN, GARDEN], [GARDEN]]);
});

test('a call that fails is made again', async () => {
  await listening.add(GARDEN);
  let failures = 1;
  answer = async () => {
    if (failures-- > 0) throw new Error('overloaded');
    return true;
  };
  await listening.changed([GARDEN]);
  await new Promise((done) => setTimeout(done, 400));
  expect(told).toEqual([GARDEN, GARDEN]);
});
