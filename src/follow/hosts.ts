// Which servers hold whom of those that the instance has to do with, and whom a server may therefore speak for.
import type { KnownRepository } from '../db/sources.ts';
import type { Did } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdentityPort } from '../ports/identity.ts';

/** How long an answer of the directory about somebody unknown is good for, and how long it is not asked again in vain. */
const REMEMBER_MS = 10 * 60_000;
const FAILED_MS = 60_000;
const MAX_REMEMBERED = 10_000;

interface Answer {
  pds: string | null;
  /** There was none: what was known before stands in for it. */
  failed: boolean;
  at: number;
  until: number;
  /** That it is another server than was known. */
  isTold?: boolean;
}

export class Hosts {
  private readonly identity: IdentityPort;
  private readonly clock: Clock;
  private readonly onMoved: (did: Did) => void;
  private known = new Map<Did, KnownRepository>();
  private readonly remembered = new Map<Did, Answer>();

  /** `onMoved` is told of those who are found to live elsewhere than was known. */
  constructor(identity: IdentityPort, clock: Clock, onMoved: (did: Did) => void) {
    this.identity = identity;
    this.clock = clock;
    this.onMoved = onMoved;
  }

  update(repositories: KnownRepository[]): void {
    this.known = new Map(repositories.map((repository) => [repository.did, repository]));
    for (const [did, answer] of this.remembered) this.compare(did, answer);
  }

  /** Origins, those that hold the most first. */
  byWeight(): string[] {
    const counts = new Map<string, number>();
    for (const { pds } of this.known.values()) counts.set(pds, (counts.get(pds) ?? 0) + 1);
    return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([pds]) => pds);
  }

  all(): KnownRepository[] {
    return [...this.known.values()];
  }

  /**
   * A server is believed about the accounts that it holds and no others, as by a relay. What says that an account moves or goes
   * is asked of the directory anew; while that does not answer the server that is known stands.
   */
  async speaksFor(pds: string, did: Did, kind: string): Promise<boolean> {
    const known = this.known.get(did)?.pds;
    const mayHaveMoved = kind === 'identity' || kind === 'account';
    if (known === pds && !mayHaveMoved) return true;
    const before = this.remembered.get(did);
    const isGood = before && before.until > this.clock.now() && (before.failed || !mayHaveMoved);
    return (isGood ? before : await this.ask(did)).pds === pds;
  }

  private async ask(did: Did): Promise<Answer> {
    const known = this.known.get(did);
    const answer = await this.identity.resolveDid(did, { fresh: true }).then(
      (resolved) => ({ pds: resolved?.pds ?? null, failed: false }),
      // One who cannot be found must not hold up what others on the same server say.
      () => ({ pds: known?.pds ?? null, failed: true }),
    );
    if (this.remembered.size >= MAX_REMEMBERED) this.remembered.clear();
    const at = this.clock.now();
    const remembered: Answer = { ...answer, at, until: at + (answer.failed ? FAILED_MS : REMEMBER_MS) };
    this.remembered.set(did, remembered);
    this.compare(did, remembered);
    return remembered;
  }

  /** Also of those who were asked after before they were known: they may have moved in between. */
  private compare(did: Did, answer: Answer): void {
    const { pds, failed, at } = answer;
    const known = this.known.get(did);
    if (!known || failed || pds === null || pds === known.pds || at < known.resolvedAt) return;
    this.known.set(did, { ...known, pds });
    if (!answer.isTold) this.onMoved(did);
    answer.isTold = true;
  }
}

/** Where somebody new lives is known a moment after they are, or later when the directory is slow. */
const LOOK_AFTER_MS = [2_000, 30_000];

/** Says when it is time to look who lives where, because more are known than before. */
export class Acquaintance {
  private readonly clock: Clock;
  private count = 0;
  private looks: number[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Somebody's server is being found out. */
  expect(): void {
    this.looks = LOOK_AFTER_MS.map((ms) => this.clock.now() + ms);
  }

  isTimeToLook(known: number): boolean {
    const now = this.clock.now();
    if (known !== this.count) this.expect();
    this.count = known;
    const passed = this.looks.filter((at) => at <= now).length;
    this.looks = this.looks.slice(passed);
    return passed > 0;
  }
}
