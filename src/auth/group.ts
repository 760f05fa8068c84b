// The group account as the instance holds it. What may be done with its session stands here, and nothing else can be.
import type { Did } from '../domain/model.ts';
import type { NewSession, NotWritten, RepoAct, Written } from '../ports/accounts.ts';
import type { GroupCause, GroupDeed } from '../ports/groups.ts';
import { HeldSession, type HolderDeps } from './held-session.ts';
import { GROUPS_COLLECTIONS } from './oauth/scopes.ts';
import { writeRecord } from './repository.ts';

const LOG = 'log ';
const COUNT = 'count';
const HOLDER = 'holder';
const WELCOMED = 'welcomed';
const SHOWN = 100;

export class Group {
  private readonly deps: HolderDeps;
  private readonly session: HeldSession;
  /** What the group does, it does one after another. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(deps: HolderDeps) {
    this.deps = deps;
    this.session = new HeldSession(deps, () => undefined);
  }

  hold(group: Did, session: NewSession, by: Did): void {
    this.session.keep(group, session);
    this.deps.shelf.put<Did>(HOLDER, by);
    this.note({ by, deed: 'connect', about: null, outcome: 'done' });
  }

  async release(by: Did): Promise<void> {
    await this.session.end();
    this.note({ by, deed: 'end', about: null, outcome: 'done' });
  }

  /** Whoever signed in as the group last, to connect it; null where it is not connected. */
  connectedBy(): Did | null {
    return this.isConnected() ? (this.deps.shelf.get<Did>(HOLDER) ?? null) : null;
  }

  isConnected(): boolean {
    return this.session.get() !== undefined;
  }

  write(act: RepoAct, cause: GroupCause): Promise<Written | NotWritten> {
    return this.inTurn(async () => {
      const answer = await this.session.use((session) => writeRecord(session, act, GROUPS_COLLECTIONS));
      this.note({ ...cause, outcome: 'failed' in answer ? `${answer.failed}: ${answer.message}` : 'done' });
      return answer;
    });
  }

  get welcomed(): number {
    return this.deps.shelf.get<number>(WELCOMED) ?? 0;
  }

  set welcomed(seq: number) {
    this.deps.shelf.put(WELCOMED, seq);
  }

  log(): GroupDeed[] {
    const count = this.deps.shelf.get<number>(COUNT) ?? 0;
    const start = keyOf(Math.max(0, count - SHOWN));
    return [...this.deps.shelf.list<GroupDeed>({ prefix: LOG, start })].map(([, deed]) => deed).reverse();
  }

  private note(deed: Omit<GroupDeed, 'at'>): void {
    const count = this.deps.shelf.get<number>(COUNT) ?? 0;
    this.deps.shelf.put<GroupDeed>(keyOf(count), { at: this.deps.clock.now(), ...deed });
    this.deps.shelf.put(COUNT, count + 1);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

const keyOf = (index: number): string => LOG + String(index).padStart(12, '0');
