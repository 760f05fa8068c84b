import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Collector } from '../collector.ts';
import { freePort } from '../loopback.ts';
import { ALICE, account, BOB, like, rkeys } from './samples.ts';
import { type Jetstream, startJetstream } from './server.ts';

const FIRST_US = 1_700_000_000_000_000;
const COUNT = 20_000;

let directory: string;
let jetstream: Jetstream | undefined;

/** Of very different length, and accounts among them. */
const LINES = Array.from({ length: COUNT }, (_, number) => {
  const did = number % 3 === 0 ? ALICE : BOB;
  const collection = number % 100 === 0 ? 'club.commonplace.topic' : 'app.bsky.feed.post';
  const { kind, ...content } = number % 1000 === 7 ? account(did) : like(did, `r${number}`, collection);
  const padding = number % 5000 === 1 ? 'ü'.repeat(60_000) : 'x'.repeat(number % 300);
  return JSON.stringify({ did, time_us: FIRST_US + number * 10, kind, ...content, padding });
});

async function serve(options: { closeAtEnd?: boolean } = {}): Promise<string> {
  const replay = join(directory, 'lines.jsonl');
  writeFileSync(replay, LINES.join('\n'));
  jetstream = await startJetstream({ port: await freePort(), replay, ...options });
  return jetstream.url;
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'replay-'));
});

afterEach(async () => {
  await jetstream?.stop();
  jetstream = undefined;
  rmSync(directory, { recursive: true });
});

describe('a replayed file', () => {
  it('is told verbatim from its beginning, and the socket stays open after its end', async () => {
    const collector = await (await Collector.open(await serve())).until(COUNT, 10_000);
    expect(collector.frames).toEqual(LINES);
    await collector.settle();
    expect(collector.closeCode).toBeUndefined();
    collector.close();
  });

  it('closes at its end when that is asked for', async () => {
    const collector = await Collector.open(await serve({ closeAtEnd: true }));
    expect(await collector.closed).toBe(1000);
    expect(collector.frames).toHaveLength(COUNT);
  });

  it('starts at an inclusive cursor', async () => {
    const collector = await Collector.open(await serve({ closeAtEnd: true }), `cursor=${FIRST_US + 19_990 * 10}`);
    await collector.closed;
    expect(collector.frames).toEqual(LINES.slice(19_990));
  });

  it('has nothing to tell to a cursor after its end', async () => {
    const collector = await Collector.open(await serve(), `cursor=${FIRST_US + COUNT * 10}`);
    await collector.settle();
    expect(collector.frames).toEqual([]);
    collector.close();
  });

  it('is filtered as the live stream is', async () => {
    const query = `wantedCollections=club.commonplace.*&wantedDids=${BOB}`;
    const collector = await Collector.open(await serve({ closeAtEnd: true }), query);
    await collector.closed;
    const isWanted = (number: number): boolean => number % 3 !== 0 && (number % 100 === 0 || number % 1000 === 7);
    const wanted = Array.from({ length: COUNT }, (_, number) => number).filter(isWanted);
    expect(collector.frames).toEqual(wanted.map((number) => LINES[number]));
    expect(rkeys(collector.messages)).toContain('r100');
  });

  it('waits for a slow reader without buffering the file for it', async () => {
    const url = await serve();
    const collector = await Collector.open(url);
    collector.pause();
    await collector.settle(200);
    const told = jetstream?.counters.messages ?? 0;
    collector.resume();
    await collector.until(COUNT, 10_000);
    expect(told).toBeLessThan(COUNT);
    expect(collector.frames).toEqual(LINES);
    collector.close();
  });
});
