// Proofs beyond those that must be had: of records that somebody asks about, and of a share of all others.
import { sampleForProof } from '../db/claims.ts';
import type { AtUri } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { Follower } from './follower.ts';

/** Whoever asks, the instance asks others no more often than this. */
const PER_MINUTE = 60;
const AT_ONCE = 4;
const SAMPLE_MS = 3_600_000;
/** One in so many of the seqs given out since; a post takes two. */
const SHARE = 200;
const MOST_IN_A_SAMPLE = 20;

export interface ProofsDeps {
  follower: Pick<Follower, 'alone' | 'prove' | 'seq'>;
  db: D1Database;
  clock: Clock;
}

export class Proofs {
  private readonly deps: ProofsDeps;
  private readonly running = new Map<AtUri, Promise<void>>();
  private minute = 0;
  private asked = 0;
  private sampledAt = 0;
  private sampledTo: number | null = null;

  constructor(deps: ProofsDeps) {
    this.deps = deps;
  }

  /** False when nothing was asked. Those who ask for the same record at once share one answer. */
  async verify(uri: AtUri): Promise<boolean> {
    const known = this.running.get(uri);
    if (!known && !this.take()) return false;
    const work = known ?? this.deps.follower.prove(uri).finally(() => this.running.delete(uri));
    if (!known) this.running.set(uri, work);
    await work;
    return true;
  }

  private take(): boolean {
    const minute = Math.floor(this.deps.clock.now() / 60_000);
    if (minute !== this.minute) [this.minute, this.asked] = [minute, 0];
    if (this.running.size >= AT_ONCE || this.asked >= PER_MINUTE) return false;
    this.asked++;
    return true;
  }

  /** Every hour, some of what was admitted in it: chosen afterwards, so that nobody can know which. */
  async sampleNowAndThen(): Promise<void> {
    const { clock, db, follower } = this.deps;
    if (clock.now() - this.sampledAt < SAMPLE_MS) return;
    this.sampledAt = clock.now();
    const to = await follower.seq();
    const from = this.sampledTo ?? to;
    this.sampledTo = to;
    const count = Math.min(MOST_IN_A_SAMPLE, Math.ceil((to - from) / SHARE));
    for (let n = 0; n < count; n++) await follower.alone(() => sampleForProof(db, from, to, clock.now()));
  }
}
