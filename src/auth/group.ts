// The group account as the instance holds it. What may be done with its session stands here, and nothing else can be.
import { type GroupToken, isFurther, tokenEnd } from '../domain/group-acts.ts';
import type { GroupCause, GroupDeed } from '../domain/group-deed.ts';
import type { Did, JsonObject } from '../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import type { NewSession, NotWritten, RepoAct, Written } from '../ports/accounts.ts';
import type { Connection, GroupLog, GroupLogQuery, GroupWrites, GroupWritten } from '../ports/groups.ts';
import { DeedLog } from './group-log.ts';
import { HeldSession } from './held-session.ts';
import type { HolderDeps } from './kept-session.ts';
import { PasswordSession } from './password-session.ts';
import { firstWritten, type RepoSession, serviceToken, uploadBlob, writeRecords } from './repository.ts';

/** What somebody wants of the group. `isOwn`: the house itself writes for somebody, who has been asked before. */
export type GroupWish =
  | { wants: 'write'; writes: GroupWrites; isOwn: boolean }
  | { wants: 'upload'; bytes: number; isOwn?: boolean }
  | { wants: 'token'; token: GroupToken };

export interface GroupDeps extends HolderDeps {
  /** Null when `by` may, as everything stands now. */
  judge(group: Did, by: Did, wish: GroupWish): Promise<Refusal | null>;
  /** Asked last, of what members write: null when somebody is left who can act for the space. */
  spare(group: Did, acts: RepoAct[]): Promise<Refusal | null>;
  /** Into the index, by the one admission path. */
  admit(group: Did, acts: RepoAct[], written: GroupWritten): Promise<void>;
}

interface Kept {
  more: boolean;
  /** Who connected it. */
  holder: Did | null;
  trouble: Connection['trouble'];
  checkedAt: number;
}

type Line = Omit<GroupDeed, 'at' | 'outcome'>;
type Act<T> = Promise<T | NotWritten | Refusal>;

const WELCOMED = 'welcomed';
const KEPT = 'connection';
const NONE: Kept = { more: false, holder: null, trouble: null, checkedAt: 0 };
const CHECKED_MS = 30 * 60_000;

export class Group {
  private readonly deps: GroupDeps;
  private readonly sessions: { oauth: HeldSession; password: PasswordSession };
  private readonly deeds: DeedLog;
  /** What the group does, it does one after another. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(deps: GroupDeps) {
    this.deps = deps;
    this.deeds = new DeedLog(deps);
    const lose = (group: Did): void => this.lose(group);
    this.sessions = { oauth: new HeldSession(deps, lose), password: new PasswordSession(deps, lose) };
  }

  hold(group: Did, session: NewSession, who: Did, more = false): void {
    const by = session.by ?? 'oauth';
    // One of another kind ends as its kind does.
    if (this.how !== by) void this.session.end();
    this.sessions[by].keep(group, session);
    this.deps.shelf.put<Kept>(KEPT, { ...NONE, more, holder: who, checkedAt: this.deps.clock.now() });
    this.deeds.note({
      by: who,
      deed: 'connect',
      what: [...(more ? ['more'] : []), ...(by === 'password' ? ['app password'] : [])],
    });
  }

  async release(by: Did): Promise<void> {
    this.deps.shelf.put<Kept>(KEPT, NONE);
    this.deeds.note({ by, deed: 'end' });
    await this.session.end();
  }

  connection(): Connection {
    const isConnected = this.session.get() !== undefined;
    const { more, trouble, holder } = this.kept;
    return {
      isConnected,
      by: isConnected ? this.how : null,
      holder: isConnected ? holder : null,
      more: isConnected && more,
      trouble,
    };
  }

  /** Asks for a fresh token: a server that has ended the session refuses, and `lose` hears of it. */
  async check(): Promise<void> {
    const now = this.deps.clock.now();
    if (this.session.get() === undefined || this.kept.checkedAt > now - CHECKED_MS) return;
    this.keep({ checkedAt: now });
    await this.inTurn(() => this.session.renew());
  }

  async write(group: Did, act: RepoAct, cause: GroupCause): Promise<Written | NotWritten> {
    const writes = { acts: [act], isBatch: false };
    const line = { ...cause, what: [nameOf(act)] };
    const answer = await this.writes(group, cause.by, { wants: 'write', writes, isOwn: true }, line);
    if (isRefusal(answer)) return { failed: 'refused', message: answer.message };
    return 'failed' in answer ? answer : firstWritten(answer);
  }

  apply(group: Did, writes: GroupWrites, by: Did): Act<GroupWritten> {
    const line = { by, deed: 'act' as const, about: null, what: writes.acts.map(nameOf) };
    return this.writes(group, by, { wants: 'write', writes, isOwn: false }, line);
  }

  upload(group: Did, bytes: Uint8Array, type: string, by: Did, isOwn = false): Act<{ blob: JsonObject }> {
    const line = { by, deed: 'upload' as const, about: null, what: [`${bytes.byteLength} ${type}`] };
    return this.act(group, by, { wants: 'upload', bytes: bytes.byteLength, isOwn }, line, (session) =>
      uploadBlob(session, bytes, type),
    );
  }

  token(group: Did, token: GroupToken, by: Did): Act<{ token: string }> {
    const { audience: aud, method: lxm } = token;
    const line = { by, deed: 'token' as const, about: null, what: [`${lxm} ${aud}`] };
    return this.act(group, by, { wants: 'token', token }, line, (session) =>
      serviceToken(session, { aud, lxm, exp: tokenEnd(token, this.deps.clock.now()) }),
    );
  }

  get welcomed(): number {
    return this.deps.shelf.get<number>(WELCOMED) ?? 0;
  }

  set welcomed(seq: number) {
    this.deps.shelf.put(WELCOMED, seq);
  }

  log(query: GroupLogQuery): GroupLog {
    return this.deeds.page(query);
  }

  /** What comes next is judged by what this has written: it is in the index before. */
  private writes(group: Did, by: Did, wish: GroupWish & { wants: 'write' }, line: Line): Act<GroupWritten> {
    const { writes } = wish;
    return this.act(group, by, wish, line, async (session) => {
      const written = await writeRecords(session, writes);
      if (!('failed' in written)) await this.deps.admit(group, writes.acts, written);
      return written;
    });
  }

  private act<T extends object>(
    group: Did,
    by: Did,
    wish: GroupWish,
    line: Line,
    work: (session: RepoSession) => Promise<T | NotWritten>,
  ): Act<T> {
    return this.inTurn(async () => {
      const refused =
        (await this.deps.judge(group, by, wish)) ?? this.refuseUnheld(wish) ?? (await this.spare(group, wish));
      if (refused) return refused;
      const answer = await this.deeds.during(line, () => this.session.use(work));
      this.remember(answer);
      return answer;
    });
  }

  /** What the group's own consent does not cover is not tried, whatever its session would allow. */
  private refuseUnheld(wish: GroupWish): Refusal | null {
    if (this.session.get() === undefined) return refuse('GroupNotConnected', 'the group account is not connected here');
    const isMore =
      wish.wants === 'token' || (wish.wants === 'write' && wish.writes.acts.some((act) => isFurther(act.collection)));
    return isMore && !this.kept.more
      ? refuse('NotPermitted', 'the group has not allowed this instance more than the records of a space')
      : null;
  }

  /** The house has asked for itself. */
  private spare(group: Did, wish: GroupWish): Promise<Refusal | null> | null {
    return wish.wants === 'write' && !wish.isOwn ? this.deps.spare(group, wish.writes.acts) : null;
  }

  private get how(): 'oauth' | 'password' {
    return this.sessions.oauth.get()?.by ?? 'oauth';
  }

  private get session(): HeldSession | PasswordSession {
    return this.sessions[this.how];
  }

  private get kept(): Kept {
    return { ...NONE, ...this.deps.shelf.get<Kept>(KEPT) };
  }

  private keep(change: Partial<Kept>): void {
    this.deps.shelf.put<Kept>(KEPT, { ...this.kept, ...change });
  }

  /** What the server says of the account as a whole is not about the act alone. */
  private remember(answer: object | NotWritten): void {
    const { trouble } = this.kept;
    const failure = 'failed' in answer ? (answer as NotWritten) : null;
    const isTrouble = failure !== null && (failure.failed === 'signed-out' || ACCOUNT.test(failure.message));
    if (isTrouble && !trouble) this.keep({ trouble: { why: failure.message, since: this.deps.clock.now() } });
    if (!failure && trouble) this.keep({ trouble: null });
  }

  private lose(group: Did): void {
    const why = 'its server has ended the session';
    this.keep({ trouble: { why, since: this.deps.clock.now() } });
    this.deeds.note({ by: group, deed: 'over', outcome: why });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

/** Names of errors that say how the account stands. */
const ACCOUNT = /^Account(Deactivated|Suspended|Takedown|TakenDown|NotFound)/;

const nameOf = ({ act, collection, rkey }: RepoAct): string => `${act} ${collection}/${rkey ?? ''}`;
