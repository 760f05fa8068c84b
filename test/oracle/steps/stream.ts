/** What the stream and the machine do to the indexer. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as cast from '../../model/cast.ts';
import type { Message } from '../../network/jetstream/wire.ts';
import { JUNK } from '../junk.ts';
import type { Of } from '../script.ts';
import type { Stage } from '../stage.ts';

const HOUR_MS = 3_600_000;
/** Longer than it takes, in haste, to believe that the stream is drained. */
const SILENCE_MS = 400;
const TRIES = 8;

export async function tell(stage: Stage, { events, faults, failing, pause }: Of<'tell'>): Promise<void> {
  if (faults) stage.streams.trouble(faults);
  if (failing) await stage.rig.worker.tell('fail', failing);
  await stage.tell(events);
  if (pause) await sleep(pause);
}

export async function away(stage: Stage, { events, cursor }: Of<'away'>): Promise<void> {
  const { worker } = stage.rig;
  if (cursor) await stage.quiet();
  await worker.tell('die');
  stage.coverage.count('indexer ended');
  if (cursor) await worker.tell('set-cursor', (Date.now() + (cursor === 'future' ? 2 : -30) * HOUR_MS) * 1000);
  if (cursor === 'expired') stage.gaps.add('expired');
  await stage.tell(events);
  await stage.poke();
}

export async function lose(stage: Stage, { events, words }: Of<'lose'>): Promise<void> {
  const { streams, rig } = stage;
  await stage.atRest();
  await rig.worker.tell('die');
  stage.inject(events);
  for (const { did, word } of words) {
    stage.world.word(did, word);
    stage.hear(did, word);
    stage.coverage.count('account changed unheard');
  }
  // The instance remembers nothing of before now: what was just told must lie before.
  await sleep(3);
  const before = streams.connections;
  streams.trouble({ clamp: { lookbackMs: 0 } });
  await stage.poke();
  await stage.until(async () => streams.connections > before, 'the indexer did not come back');
  stage.gaps.add('clamped');
  await stage.quiet();
}

export async function stall(stage: Stage, { events }: Of<'stall'>): Promise<void> {
  const { streams } = stage;
  await stage.quiet();
  const before = streams.connections;
  streams.trouble({ stall: { after: 1, times: 1 } });
  await stage.tell(events);
  if (events.length < 2) return;
  await stage.until(async () => streams.connections > before, 'a stalled connection was not given up');
}

export async function switchOver(stage: Stage, { events }: Of<'switch'>): Promise<void> {
  const { streams, gaps, coverage } = stage;
  if (!streams.hasOther) return await stage.tell(events);
  gaps.add('instance-changed');
  await stage.quiet();
  const close = streams.leaveFirst();
  await stage.tell(events);
  await close();
  await stage.until(async () => streams.open > 0, 'the indexer did not go over to the other instance');
  coverage.count('switching instance');
}

export async function silence(stage: Stage): Promise<void> {
  await stage.quiet();
  await sleep(SILENCE_MS);
}

/** What stands in no repository: nobody may ever hold it. */
export function forge(stage: Stage, { events }: Of<'forge'>): void {
  stage.inject(events);
}

/** Who reads a repository reads it again when the index could not take it. What its own server shows is as good as proven. */
export async function snapshot(stage: Stage, { events }: Of<'snapshot'>): Promise<void> {
  stage.world.told.push(...events);
  await stage.rig.servers.repositories.tell(events);
  const shown = events.map((event) => ({ ...event, proven: true }));
  for (let tries = 1; ; tries++) {
    try {
      await stage.rig.worker.tell('admit', shown);
      return;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

export function junk({ drops, streams }: Stage, { kind, did, rkey }: Of<'junk'>): void {
  const [reason, make] = JUNK[kind];
  if (reason !== null) drops.set(reason, (drops.get(reason) ?? 0) + 1);
  streams.inject([make({ did, rkey, now: Date.now() })]);
}

export function flood({ streams }: Stage, { count }: Of<'flood'>): void {
  streams.inject(Array.from({ length: count }, (_, n) => stranger(n)));
}

function stranger(n: number): Message {
  const did = cast.didOf(`stranger${n.toString(36).replace(/[0189]/g, 'x')}${'abcdefgh'[n % 8]}`);
  const identity = { did, handle: `stranger-${n}.test`, seq: n, time: new Date().toISOString() };
  return { did, kind: 'identity', identity };
}
