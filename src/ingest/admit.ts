// The one way into the index: facts, plan, commit, one batch at a time. Only the indexer holds one of these.
import { type Commit, commit, writeNothing } from '../db/commit.ts';
import { loadFacts } from '../db/facts.ts';
import { type KnownRows, loadKnown } from '../db/known.ts';
import { MAX_FURTHER } from '../domain/collections.ts';
import type { StreamEvent } from '../domain/event.ts';
import { Facts } from '../domain/facts.ts';
import type { Did, JsonObject, SpacePolicy } from '../domain/model.ts';
import { spacePolicy } from '../domain/policy.ts';
import type { Write } from '../domain/write.ts';
import type { Clock } from '../ports/clock.ts';
import { planBatch } from './batch.ts';

export type CommitParts = Pick<Commit, 'refused' | 'stream' | 'gap' | 'also'>;

export interface Admitted {
  rowsWritten: number;
  /** Records written, tombstones too. */
  records: number;
  refused: number;
  /** The next free seq. */
  seq: number;
}

interface Known {
  spaces: Map<Did, SpacePolicy>;
  own: Map<Did, { profile: JsonObject | null; permissions: JsonObject | null }>;
  concerns: Map<Did, Set<Did>>;
  waiting: number;
  blocked: Set<string>;
  paused: Set<Did>;
  concealed: Set<Did>;
  seq: number;
  /** Where the stream stood when this was read. */
  stream: KnownRows['stream'];
}

export class Admission {
  private known: Known | null = null;
  /** How often. */
  private forgotten = 0;
  private readonly takenFrom = new WeakMap<Facts, Known>();
  private readonly db: D1Database;
  private readonly clock: Clock;
  private readonly allowed: (collection: string) => boolean;
  private seqFloor = 0;
  /** Called with the spaces of which something was committed. */
  onChanged: (spaces: Set<Did>) => void = () => undefined;

  private readonly prefetches: boolean;

  constructor(db: D1Database, clock: Clock, allowed: (collection: string) => boolean, prefetches = false) {
    this.prefetches = prefetches;
    this.db = db;
    this.clock = clock;
    this.allowed = allowed;
  }

  /** A seq handed out once is never handed out again, even when the database was restored from an earlier day. */
  raiseSeq(floor: number): void {
    this.seqFloor = Math.max(this.seqFloor, floor);
    if (this.known) this.known.seq = Math.max(this.known.seq, this.seqFloor);
  }

  /** Spaces were added or removed, or a commit failed: what is in memory is read anew. */
  forget(): void {
    this.known = null;
    this.forgotten++;
  }

  async state(): Promise<Known> {
    for (;;) {
      if (this.known) return this.known;
      const { forgotten } = this;
      const known = await this.load();
      // What was read before it was to be read anew may be old already.
      if (forgotten === this.forgotten) this.known ??= known;
    }
  }

  /** Collections of others that the spaces ask for and the operator allows, as many as a stream takes. */
  async furtherCollections(): Promise<{ all: string[]; byReference: string[] }> {
    const { spaces } = await this.state();
    const rules = [...spaces.values()].flatMap((space) => space.rules);
    const all = [...new Set(rules.map(({ collection }) => collection))].sort().slice(0, MAX_FURTHER.stream);
    const referring = new Set(rules.flatMap(({ by, collection }) => (by === 'reference' ? [collection] : [])));
    return { all, byReference: all.filter((collection) => referring.has(collection)) };
  }

  /** `events` and the position they bring the stream to are committed together or not at all. */
  async admit(events: StreamEvent[], more: Partial<CommitParts> = {}): Promise<Admitted> {
    const facts = await this.factsFor(events);
    const plan = planBatch(events, facts);
    return this.commit(facts, plan.writes, { ...more, refused: [...(more.refused ?? []), ...plan.refused] });
  }

  /** What is known, and what the database holds about these events. */
  async factsFor(events: StreamEvent[]): Promise<Facts> {
    const { facts, references } = await this.freshFacts();
    if (events.length > 0) await loadFacts(this.db, events, facts, references);
    return facts;
  }

  private async freshFacts(): Promise<{ facts: Facts; references: boolean }> {
    const known = await this.state();
    const { concerns, seq, blocked, paused, concealed } = known;
    const now = this.clock.now();
    const nextSeq = Math.max(seq, now * 1000);
    const facts = new Facts({
      ...{ now, nextSeq, spaces: new Map(known.spaces), concerns, allowed: this.allowed },
      ...{ blocked, paused, concealed, prefetches: this.prefetches },
    });
    for (const [did, own] of known.own) facts.own.set(did, own);
    this.takenFrom.set(facts, known);
    const references = [...facts.spaces.values()].some(({ rules }) => rules.some(({ by }) => by === 'reference'));
    return { facts, references: references || known.waiting > 0 };
  }

  async commit(facts: Facts, writes: Write[], more: CommitParts): Promise<Admitted> {
    try {
      const { rowsWritten } = await commit(this.db, { writes, ...more, seq: facts.seq, now: facts.now });
      this.remember(facts, writes);
      this.onChanged(changedBy(writes));
      const records = writes.filter(({ write }) => write === 'record').length;
      return { rowsWritten, records, refused: more.refused.length, seq: facts.seq };
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** Throws when the database answers none of what an event may need, or takes no write. */
  async tryDatabase(): Promise<void> {
    const { facts } = await this.freshFacts();
    await loadFacts(this.db, [], facts, true);
    await writeNothing(this.db);
  }

  private remember(facts: Facts, writes: Write[]): void {
    const known = this.takenFrom.get(facts);
    // Read anew meanwhile, before this was written or after: nobody can tell.
    if (!known || known !== this.known) {
      this.forget();
      return;
    }
    known.spaces = facts.spaces;
    known.own = facts.own;
    known.seq = facts.seq;
    for (const write of writes) {
      if (write.write === 'wait') known.waiting++;
      if (write.write === 'author' || write.write === 'claim') concern(known.concerns, write.did, write.space);
    }
  }

  private async load(): Promise<Known> {
    const rows = await loadKnown(this.db);
    const { waiting, stream } = rows;
    const blocked = new Set(rows.blocked);
    const seq = Math.max(rows.seq, this.seqFloor);
    const paused = new Set(rows.spaces.flatMap(({ did, paused: is }) => (is ? [did] : [])));
    const concealed = new Set(rows.spaces.flatMap(({ did, concealed: is }) => (is ? [did] : [])));
    const maps = { spaces: new Map(), own: new Map(), concerns: new Map() };
    const known: Known = { ...maps, waiting, blocked, paused, concealed, seq, stream };
    for (const { did, profile, permissions } of rows.spaces) {
      known.own.set(did, { profile, permissions });
      known.spaces.set(did, spacePolicy(did, profile, permissions, this.allowed));
      concern(known.concerns, did, did);
    }
    for (const { did, space } of rows.authors) concern(known.concerns, did, space);
    return known;
  }
}

/** Spaces whose followers have something to be told. */
function changedBy(writes: Write[]): Set<Did> {
  const spaces = new Set<Did>();
  for (const write of writes) {
    if (write.write === 'record') spaces.add(write.row.space);
    else if (write.write === 'hide' || write.write === 'standing') spaces.add(write.space);
  }
  return spaces;
}

function concern(concerns: Map<Did, Set<Did>>, did: Did, space: Did): void {
  const spaces = concerns.get(did);
  if (spaces) spaces.add(space);
  else concerns.set(did, new Set([space]));
}
