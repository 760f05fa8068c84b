/** Does a script to the indexer, and gives what differed from the model at the first quiet point where anything did. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamEvent } from '../../src/domain/event.ts';
import type { Did } from '../../src/domain/model.ts';
import * as cast from '../model/cast.ts';
import { messageOf } from '../model/delivery.ts';
import type { Jetstream } from '../network/jetstream/server.ts';
import type { Message } from '../network/jetstream/wire.ts';
import { Coverage } from './coverage.ts';
import { judge } from './judge.ts';
import { JUNK } from './junk.ts';
import type { Rig } from './rig.ts';
import type { Script, Step } from './script.ts';
import { WorldState } from './standing.ts';
import type { Failing } from './worker/failing.ts';

export interface Result {
  wrong: string[];
  /** The step at which it showed. */
  at: number;
  coverage: Coverage;
}

/** A quiet point that does not come is a divergence, too. */
const PATIENCE_MS = 10_000;
const TICK_MS = 60;

export async function runScript(rig: Rig, script: Script, patienceMs = PATIENCE_MS): Promise<Result> {
  const streams = await rig.startStreams(script.hasOther ? 2 : 1);
  const run = new Run(rig, streams, patienceMs);
  try {
    await run.begin();
    for (const [at, step] of script.steps.entries()) {
      const wrong = await run.step(step);
      if (wrong.length > 0) return { wrong, at, coverage: run.coverage };
    }
    return { wrong: [], at: script.steps.length, coverage: run.coverage };
  } finally {
    await run.end();
  }
}

class NotQuiet extends Error {}

class Run {
  readonly coverage = new Coverage();
  readonly world = new WorldState();
  readonly gaps = new Set<string>();
  readonly drops = new Map<string, number>();
  turn = 0;
  private readonly running: Set<Jetstream>;
  private readonly silencesBefore: number;
  /** Accounts whose own server is still to be asked. */
  private readonly unsettled = new Set<Did>();
  private readonly silent = new Set<Did>();
  private failedBefore: Partial<Record<Failing['how'], number>> = {};
  private seq = 0;

  constructor(
    readonly rig: Rig,
    private readonly streams: Jetstream[],
    private readonly patienceMs: number,
  ) {
    this.running = new Set(streams);
    this.silencesBefore = rig.servers.silences;
  }

  async begin(): Promise<void> {
    const { worker, servers } = this.rig;
    servers.forget();
    await worker.tell('die');
    await worker.tell('wipe');
    await worker.tell('die');
    this.failedBefore = await worker.tell('failed');
    for (const did of this.world.spaces.keys()) await this.addSpace(did, null);
    await this.until(async () => this.open() > 0, 'the indexer did not connect');
  }

  async end(): Promise<void> {
    const { coverage, rig } = this;
    await rig.worker.tell('die');
    for (const stream of this.running) await this.close(stream);
    coverage.count('account server silent', rig.servers.silences - this.silencesBefore);
    const failed = await rig.worker.tell<Record<Failing['how'], number>>('failed');
    const since = (how: Failing['how']): number => failed[how] - (this.failedBefore[how] ?? 0);
    coverage.count('failed write', since('refused'));
    coverage.count('answer to a write lost', since('answer-lost'));
    coverage.count('end amid a write', since('death-before') + since('death-after'));
  }

  /** What is wrong after the step; only quiet points are looked at. */
  async step(step: Step): Promise<string[]> {
    try {
      const wrong = step.do === 'quiet' ? await this.compare() : await this.act(step);
      this.coverage.countStep(step);
      return wrong ?? [];
    } catch (error) {
      if (error instanceof NotQuiet) return [error.message];
      throw error;
    }
  }

  private async act(step: Exclude<Step, { do: 'quiet' }>): Promise<undefined> {
    const { worker } = this.rig;
    switch (step.do) {
      case 'tell':
        for (const stream of this.running) if (step.faults) stream.faults.set(step.faults);
        if (step.failing) await worker.tell('fail', step.failing);
        this.tell(step.events);
        if (step.pause) await sleep(step.pause);
        return;
      case 'away':
        return this.away(step);
      case 'lose':
        return this.lose(step.events);
      case 'stall':
        return this.stall(step.events);
      case 'snapshot':
        this.world.told.push(...step.events);
        return this.snapshot(step.events);
      case 'junk':
        return this.junk(step);
      case 'flood':
        return this.inject(Array.from({ length: step.count }, (_, n) => stranger(n)));
      case 'silence':
        await this.quiet();
        await sleep(400);
        return;
      case 'switch':
        return this.switch();
      default:
        return this.people(step);
    }
  }

  private async people(step: Extract<Step, { did: Did }>): Promise<undefined> {
    const { servers } = this.rig;
    switch (step.do) {
      case 'account':
        if (this.unsettled.has(step.did)) await this.quiet();
        this.hear(step.did, step.word);
        this.world.account(step.events, step.word);
        return this.tell(step.events);
      case 'word':
        await this.quiet();
        this.hear(step.did, step.word);
        this.world.word(step.did, step.word);
        return;
      case 'identity': {
        const { did, handle, isMutual, server } = step;
        const person = servers.person(did);
        if (person.handle !== handle) this.coverage.count('handle change');
        if (!isMutual) this.coverage.count('handle invalid');
        if (person.server !== server) this.coverage.count('PDS move');
        Object.assign(person, { handle, isMutual, server });
        return this.tell([{ kind: 'identity', did }]);
      }
      case 'remove-space':
        await this.atRest();
        this.world.remove(step.did);
        await this.rig.worker.tell('remove-space', step.did);
        return;
      case 'add-space':
        await this.atRest();
        return this.addSpace(step.did, step.visibility);
    }
    return;
  }

  private hear(did: Did, word: string | null): void {
    this.rig.servers.person(did).word = word;
    this.unsettled.add(did);
    if (word === null) this.silent.add(did);
    else this.silent.delete(did);
  }

  private async addSpace(did: Did, visibility: 'private' | 'unlisted' | null): Promise<undefined> {
    this.world.spaces.set(did, visibility);
    this.rig.servers.person(did);
    const name = did.slice(8).replace(/a+$/, '');
    await this.rig.worker.tell('add-space', {
      ...{ did, handle: null, hosts: [`${name}.localhost`], displayName: name, visibility },
    });
  }

  private tell(events: StreamEvent[]): undefined {
    for (const { did } of events) this.rig.servers.person(did);
    this.coverage.countTold(events, this.world.told);
    this.world.told.push(...events);
    this.inject(events.map((event) => ({ did: event.did, ...messageOf(event, this.seq++) })));
  }

  private inject(messages: Message[]): undefined {
    for (const stream of this.running) stream.inject(messages);
  }

  /** Who reads a repository reads it again when the index could not take it. */
  private async snapshot(events: StreamEvent[]): Promise<undefined> {
    for (let tries = 1; ; tries++) {
      const refused = await this.rig.worker.tell('admit', events).then(
        () => null,
        (error: unknown) => error,
      );
      if (refused === null) return;
      if (tries > 8) throw refused;
    }
  }

  private junk({ kind, did, rkey }: Extract<Step, { do: 'junk' }>): undefined {
    const [reason, make] = JUNK[kind];
    if (reason !== null) this.drops.set(reason, (this.drops.get(reason) ?? 0) + 1);
    this.inject([make({ did, rkey, now: Date.now() })]);
  }

  private async away({ events, cursor }: Extract<Step, { do: 'away' }>): Promise<undefined> {
    const { worker } = this.rig;
    if (cursor) await this.quiet();
    await worker.tell('die');
    this.coverage.count('indexer ended');
    if (cursor) await worker.tell('set-cursor', (Date.now() + (cursor === 'future' ? 2 : -30) * 3_600_000) * 1000);
    if (cursor === 'expired') this.gaps.add('expired');
    this.tell(events);
    await this.poke();
  }

  private async lose(events: StreamEvent[]): Promise<undefined> {
    await this.atRest();
    await this.rig.worker.tell('die');
    this.inject(events.map((event) => ({ did: event.did, ...messageOf(event, this.seq++) })));
    await sleep(3);
    const before = this.connections();
    for (const { faults } of this.running) faults.set({ clamp: { lookbackMs: 0 } });
    await this.poke();
    await this.until(async () => this.connections() > before, 'the indexer did not come back');
    this.gaps.add('clamped');
    await this.quiet();
  }

  /** The object may be about to end. */
  private async poke(): Promise<void> {
    await this.rig.worker.tell('tick').catch(() => undefined);
  }

  private async stall(events: StreamEvent[]): Promise<undefined> {
    await this.quiet();
    const before = this.connections();
    for (const { faults } of this.running) faults.set({ stall: { after: 1, times: 1 } });
    this.tell(events);
    if (events.length < 2) return;
    await this.until(async () => this.connections() > before, 'a stalled connection was not given up');
  }

  private async switch(): Promise<undefined> {
    const [first, second] = this.streams;
    if (!first || !second || !this.running.has(first)) return;
    this.gaps.add('instance-changed');
    await this.quiet();
    await this.close(first);
    await this.until(async () => second.counters.open > 0, 'the indexer did not go over to the other instance');
    this.coverage.count('switching instance');
  }

  private async close(stream: Jetstream): Promise<void> {
    const { fired } = stream.faults;
    const { coverage } = this;
    coverage.count('reconnect mid-batch', fired.drop);
    coverage.count('reset mid-batch', fired.kill);
    coverage.count('stalled connection', fired.stall);
    coverage.count('replayed and duplicate events', fired.duplicate);
    coverage.count('other order across authors', fired.reorder);
    coverage.count('malformed frames', fired.malformed);
    coverage.count('oversized frames', fired.oversized);
    coverage.count('cursor clamped', fired.clamp);
    this.running.delete(stream);
    await stream.stop();
  }

  private connections = (): number => this.streams.reduce((sum, { counters }) => sum + counters.connections, 0);
  private open = (): number => this.streams.reduce((sum, { counters }) => sum + counters.open, 0);

  private async until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
    const end = Date.now() + this.patienceMs;
    for (let tickAt = Date.now() + TICK_MS; !(await holds()); await sleep(4)) {
      if (Date.now() > end) throw new NotQuiet(`${otherwise} in ${this.patienceMs} ms`);
      if (Date.now() < tickAt) continue;
      await this.poke();
      tickAt = Date.now() + TICK_MS;
    }
  }

  /** All that was told is in the index, and no work is left but what waits for servers that say nothing. */
  private async quiet(): Promise<void> {
    for (const { faults } of this.running) faults.clear();
    this.inject([{ did: cast.LETTERS, kind: 'milestone' }]);
    const silent = [...this.silent].map((did) => `'${did}'`).join();
    const left = `select count(*) from job where not (kind = 'confirm' and key in (${silent}))`;
    const sql = `select (select cursor from stream) as cursor, (select instance from stream) as instance, (${left}) as jobs`;
    await this.until(async () => {
      const [row] = await this.rig.worker.index.query(sql);
      const last = [...this.running].find(({ url }) => url === row?.instance)?.feed.log.lastTimeUs();
      const cursor = Number(row?.cursor);
      // A cursor from the future has been set here, and nothing is committed yet.
      const isThere = last !== undefined && cursor >= last && cursor < (Date.now() + 3_600_000) * 1000;
      return row?.jobs === 0 && isThere;
    }, 'the indexer did not come to rest');
    this.unsettled.clear();
  }

  /** And nothing is about to go wrong. */
  private async atRest(): Promise<void> {
    await this.quiet();
    await this.rig.worker.tell('fail', null);
  }

  private async compare(): Promise<string[]> {
    await this.quiet();
    this.turn++;
    return judge(this);
  }
}

function stranger(n: number): Message {
  const did = cast.didOf(`stranger${n.toString(36).replace(/[0189]/g, 'x')}${'abcdefgh'[n % 8]}`);
  const identity = { did, handle: `stranger-${n}.test`, seq: n, time: new Date().toISOString() };
  return { did, kind: 'identity', identity };
}
