// The one way into the index: facts, plan, commit, one batch at a time. Only the indexer holds one of these.
import { type Commit, commit } from '../db/commit.ts';
import { loadFacts } from '../db/facts.ts';
import { loadKnown } from '../db/known.ts';
import { MAX_FURTHER } from '../domain/collections.ts';
import type { StreamEvent } from '../domain/event.ts';
import { Facts } from '../domain/facts.ts';
import type { Did, JsonObject, SpacePolicy } from '../domain/model.ts';
import { spacePolicy } from '../domain/policy.ts';
import type { Write } from '../domain/write.ts';
import type { Clock } from '../ports/clock.ts';
import { planBatch, type Refused } from './batch.ts';

export interface Admitted {
  rowsWritten: number;
  /** Records written, tombstones too. */
  records: number;
  refused: number;
  /** Whether work in slices was asked for. */
  jobs: boolean;
}

interface Known {
  spaces: Map<Did, SpacePolicy>;
  own: Map<Did, { profile: JsonObject | null; permissions: JsonObject | null }>;
  concerns: Map<Did, Set<Did>>;
  waiting: number;
  seq: number;
}

export class Admission {
  private known: Known | null = null;
  private readonly db: D1Database;
  private readonly clock: Clock;
  private readonly allowed: (collection: string) => boolean;
  /** A seq never handed out again, even when the database was restored from an earlier day. */
  private readonly seqFloor: number;

  constructor(db: D1Database, clock: Clock, allowed: (collection: string) => boolean, seqFloor: number) {
    this.db = db;
    this.clock = clock;
    this.allowed = allowed;
    this.seqFloor = seqFloor;
  }

  /** Spaces were added or removed, or a commit failed: what is in memory is read anew. */
  forget(): void {
    this.known = null;
  }

  async state(): Promise<Known> {
    this.known ??= await this.load();
    return this.known;
  }

  /** Collections of others that the spaces ask for and the operator allows, as many as a stream takes. */
  async furtherCollections(): Promise<string[]> {
    const { spaces } = await this.state();
    const all = new Set([...spaces.values()].flatMap(({ rules }) => rules.map(({ collection }) => collection)));
    return [...all].sort().slice(0, MAX_FURTHER.stream);
  }

  /** `events` and the position they bring the stream to are committed together or not at all. */
  async admit(events: StreamEvent[], stream?: Commit['stream'], refused: Refused[] = []): Promise<Admitted> {
    const { facts, references } = await this.facts();
    if (events.length > 0) await loadFacts(this.db, events, facts, references);
    const plan = planBatch(events, facts);
    return this.commit(facts, plan.writes, { refused: [...refused, ...plan.refused], ...(stream ? { stream } : {}) });
  }

  /** A new set of facts over what is known, to plan with. */
  async facts(): Promise<{ facts: Facts; references: boolean }> {
    const known = await this.state();
    const { concerns, seq } = known;
    const now = this.clock.now();
    const facts = new Facts({ now, nextSeq: seq, spaces: new Map(known.spaces), concerns, allowed: this.allowed });
    for (const [did, own] of known.own) facts.own.set(did, own);
    const references = [...facts.spaces.values()].some(({ rules }) => rules.some(({ by }) => by === 'reference'));
    return { facts, references: references || known.waiting > 0 };
  }

  async commit(facts: Facts, writes: Write[], more: Pick<Commit, 'refused' | 'stream'>): Promise<Admitted> {
    try {
      const { rowsWritten } = await commit(this.db, { writes, ...more, seq: facts.seq, now: facts.now });
      this.remember(facts, writes);
      const records = writes.filter(({ write }) => write === 'record').length;
      return { rowsWritten, records, refused: more.refused.length, jobs: writes.some(({ write }) => write === 'job') };
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  private remember(facts: Facts, writes: Write[]): void {
    const known = this.known;
    if (!known) return;
    known.spaces = facts.spaces;
    known.own = facts.own;
    known.seq = facts.seq;
    for (const write of writes) {
      if (write.write === 'wait') known.waiting++;
      if (write.write === 'author') concern(known.concerns, write.did, write.space);
    }
  }

  private async load(): Promise<Known> {
    const rows = await loadKnown(this.db);
    const known: Known = { spaces: new Map(), own: new Map(), concerns: new Map(), waiting: rows.waiting, seq: Math.max(rows.seq, this.seqFloor) };
    for (const { did, profile, permissions } of rows.spaces) {
      known.own.set(did, { profile, permissions });
      known.spaces.set(did, spacePolicy(did, profile, permissions, this.allowed));
      concern(known.concerns, did, did);
    }
    for (const { did, space } of rows.authors) concern(known.concerns, did, space);
    return known;
  }
}

function concern(concerns: Map<Did, Set<Did>>, did: Did, space: Did): void {
  const spaces = concerns.get(did);
  if (spaces) spaces.add(space);
  else concerns.set(did, new Set([space]));
}
