/** Where a script is played: the indexer with its streams and servers, and beside them what the model has been told. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamEvent } from '../../src/domain/event.ts';
import type { Did } from '../../src/domain/model.ts';
import * as cast from '../model/cast.ts';
import { messageOf } from '../model/delivery.ts';
import type { Jetstream } from '../network/jetstream/server.ts';
import { Coverage } from './coverage.ts';
import type { Rig } from './rig.ts';
import type { Servers } from './servers.ts';
import { WorldState } from './standing.ts';
import { Streams } from './streams.ts';
import type { Failing } from './worker/failing.ts';

/** A quiet point that does not come is a divergence, too. */
export class NotQuiet extends Error {}

const TICK_MS = 60;
const LOOK_MS = 4;
const LONGEST_LOOK_MS = 4 * TICK_MS;
/** Times its patience. */
const ENDLESS = 6;

type Failed = Record<Failing['how'], number>;

export class Stage {
  readonly rig: Rig;
  readonly coverage = new Coverage();
  readonly world = new WorldState();
  readonly streams: Streams;
  /** Reasons of gaps that there must be, and no others. */
  readonly gaps = new Set<string>();
  /** Refusals that must be counted at least so often. */
  readonly drops = new Map<string, number>();
  /** Quiet points so far. */
  turn = 0;
  /** Accounts whose own server is still to be asked. */
  readonly unsettled = new Set<Did>();
  private readonly silent = new Set<Did>();
  /** Of whom something was told before the last moment of rest. */
  private readonly met = new Set<Did>();
  private readonly patienceMs: number;
  private readonly serversBefore: Pick<Servers, 'silences' | 'slowness' | 'leavings'>;
  private failedBefore: Partial<Failed> = {};
  private told = 0;

  constructor(rig: Rig, streams: Jetstream[], patienceMs: number) {
    this.rig = rig;
    this.streams = new Streams(streams, this.coverage);
    this.patienceMs = patienceMs;
    this.serversBefore = { ...rig.servers };
  }

  async begin(): Promise<void> {
    const { worker, servers } = this.rig;
    servers.forget();
    await worker.tell('die');
    await worker.tell('wipe');
    await worker.tell('die');
    this.failedBefore = await worker.tell<Failed>('failed');
    for (const did of this.world.spaces.keys()) await this.addSpace(did, null);
    await this.until(async () => this.streams.open > 0, 'the indexer did not connect');
  }

  async end(): Promise<void> {
    const { coverage, rig, failedBefore } = this;
    await rig.worker.tell('die');
    await this.streams.stop();
    const failed = await rig.worker.tell<Failed>('failed');
    const since = (how: Failing['how']): number => failed[how] - (failedBefore[how] ?? 0);
    const { silences, slowness, leavings } = this.serversBefore;
    coverage.count('account server silent', rig.servers.silences - silences);
    coverage.count('account server slow', rig.servers.slowness - slowness);
    coverage.count('account server left while asked', rig.servers.leavings - leavings);
    coverage.count('failed write', since('refused'));
    coverage.count('answer to a write lost', since('answer-lost'));
    const [forged] = await rig.worker.index.query("select count from drop_count where reason = 'forged'");
    coverage.count('forged events', Number(forged?.count ?? 0));
    coverage.count('end amid a write', since('death-before') + since('death-after'));
  }

  async addSpace(did: Did, visibility: 'unlisted' | null): Promise<void> {
    this.world.spaces.set(did, visibility);
    this.rig.servers.person(did);
    const name = did.slice(8).replace(/a+$/, '');
    const hosts = [`${name}.localhost`];
    await this.rig.worker.tell('add-space', { did, handle: null, hosts, displayName: name, visibility });
  }

  /** The stream tells it, and the model hears of it. */
  async tell(events: StreamEvent[]): Promise<void> {
    for (const { did } of events) this.rig.servers.person(did);
    await this.rig.servers.repositories.tell(events.filter((event) => event.kind === 'record'));
    this.coverage.countTold(events, this.world.told);
    this.world.told.push(...events);
    this.inject(events);
  }

  /** The stream holds it, whoever hears of it. */
  inject(events: StreamEvent[]): void {
    this.streams.inject(events.map((event) => ({ did: event.did, ...messageOf(event, this.told++) })));
  }

  /** What an account's own server says from now on, and the model knows. */
  hear(did: Did, word: string | null): void {
    this.rig.servers.person(did).word = word;
    const before = this.world.erasedBefore(did);
    if (before !== null) this.rig.servers.repositories.erase(did, before);
    this.unsettled.add(did);
    if (word === null) this.silent.add(did);
    else this.silent.delete(did);
  }

  /** Told of, and perhaps not asked after yet. */
  isNew = (did: Did): boolean => !this.met.has(did) && this.world.told.some((event) => event.did === did);

  /** Given up is what does not move any more, or does so without end. Time in which nobody looked, as on a halted machine, does not count. */
  async until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
    let [state, still, all, lookedAt] = ['', 0, 0, Date.now()];
    for (; !(await holds()); await sleep(LOOK_MS)) {
      const passed = Date.now() - lookedAt;
      if (passed < TICK_MS) continue;
      const now = await this.state();
      still = now === state ? still + Math.min(passed, LONGEST_LOOK_MS) : 0;
      all += Math.min(passed, LONGEST_LOOK_MS);
      state = now;
      if (still > this.patienceMs || all > ENDLESS * this.patienceMs)
        throw new NotQuiet(`${otherwise}, and nothing has moved for ${still} ms: ${now}`);
      lookedAt = Date.now();
      await this.poke();
    }
  }

  /** How far it is, and what is left. */
  private async state(): Promise<string> {
    const { query } = this.rig.worker.index;
    const left = await query(
      "select kind, key, position, attempts from job where kind <> 'sweep' order by due_at limit 5",
    );
    return JSON.stringify({ left, stream: await query('select * from stream'), open: this.streams.open });
  }

  /** The alarm goes off. The object may be about to end. */
  async poke(): Promise<void> {
    await this.rig.worker.tell('tick').catch(() => undefined);
  }

  /** All that was told is in the index, and no work is left but what waits for servers that say nothing. */
  async quiet(): Promise<void> {
    this.streams.calm();
    this.streams.inject([{ did: cast.LETTERS, kind: 'milestone' }]);
    const silent = [...this.silent].map((did) => `'${did}'`).join();
    const left = `select count(*) from job where kind <> 'sweep' and not (kind = 'confirm' and key in (${silent}))`;
    const sql = `select (select cursor from stream) as cursor, (select instance from stream) as instance, (${left}) as jobs`;
    await this.until(async () => {
      const [row] = await this.rig.worker.index.query(sql);
      return row?.jobs === 0 && this.streams.isEnd(row.instance, Number(row.cursor));
    }, 'the indexer did not come to rest');
    this.unsettled.clear();
    for (const { did } of this.world.told) this.met.add(did);
  }

  /** Quiet, and nothing is about to go wrong. */
  async atRest(): Promise<void> {
    await this.quiet();
    await this.rig.worker.tell('fail', null);
  }
}
