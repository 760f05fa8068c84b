// One account that signed in: its OAuth session, the browsers that may use it, and how much it writes.
import type { Did } from '../domain/model.ts';
import { counted, type Quota, type Tally } from '../domain/quota.ts';
import type { Browser, NewSession, NotWritten, SignIn } from '../ports/accounts.ts';
import { HeldSession } from './held-session.ts';
import type { HolderDeps } from './kept-session.ts';
import type { RepoSession } from './repository.ts';

interface KeptBrowser {
  host: string;
  /** Names what this browser shares at all hosts. */
  signIn: string;
  at: number;
  seenAt: number;
}

const BROWSER = 'browser ';

const DAY = 86_400_000;
/** More than anybody writes by hand. */
const WRITES = { most: 60, perMs: 300_000 };
/** A browser that was not seen for so long is forgotten. */
const UNSEEN_MS = 180 * DAY;
const MAX_BROWSERS = 100;

export class Account {
  private readonly deps: HolderDeps;
  private readonly session: HeldSession;
  private writes: Tally | undefined;

  constructor(deps: HolderDeps) {
    this.deps = deps;
    this.session = new HeldSession(deps, () => this.forgetAll());
  }

  keep(did: Did, session: NewSession): void {
    this.session.keep(did, session);
  }

  /** False where there is no session to share any more. */
  admit(browser: Browser, { by, replaces }: { by?: string; replaces?: string }): boolean {
    const now = this.deps.clock.now();
    const giver = by === undefined ? undefined : this.browser(by);
    if (!this.session.get() || (by !== undefined && !giver)) return false;
    if (replaces !== undefined) this.forget(replaces, giver?.signIn);
    this.prune(now);
    const kept = { host: browser.host, signIn: giver?.signIn ?? browser.hash, at: now, seenAt: now };
    this.deps.shelf.put<KeptBrowser>(BROWSER + browser.hash, kept);
    return true;
  }

  visit({ hash, host }: Browser): { handle: string | null } | null {
    const kept = this.browser(hash);
    const session = this.session.get();
    if (!session || kept?.host !== host) return null;
    const now = this.deps.clock.now();
    if (kept.seenAt < now - DAY) this.deps.shelf.put<KeptBrowser>(BROWSER + hash, { ...kept, seenAt: now });
    return { handle: session.handle };
  }

  signIns(browser: Browser): SignIn[] {
    if (!this.visit(browser)) return [];
    const mine = this.browser(browser.hash)?.signIn;
    const groups = Map.groupBy(this.browsers(), ([, { signIn }]) => signIn);
    return [...groups].map(([signIn, all]) => ({
      hosts: [...new Set(all.map(([, { host }]) => host))],
      at: Math.min(...all.map(([, { at }]) => at)),
      seenAt: Math.max(...all.map(([, { seenAt }]) => seenAt)),
      isThis: signIn === mine,
    }));
  }

  async signOut(browser: Browser, everywhere: boolean): Promise<void> {
    if (!this.visit(browser)) return;
    if (everywhere) this.forgetAll();
    else this.forget(browser.hash);
    if (this.browsers().length === 0) await this.session.end();
  }

  /** Whether or not the account has a session here: it may also ask through its own server. */
  spend(): Quota {
    const { tally, quota } = counted(this.writes, WRITES, this.deps.clock.now());
    this.writes = tally;
    return quota;
  }

  async use<T>(browser: Browser, work: (session: RepoSession) => Promise<T>): Promise<T | NotWritten> {
    if (!this.visit(browser)) return { failed: 'signed-out', message: 'this browser is not signed in' };
    return this.session.use(work);
  }

  private browser(hash: string): KeptBrowser | undefined {
    return this.deps.shelf.get<KeptBrowser>(BROWSER + hash);
  }

  private browsers(): [string, KeptBrowser][] {
    return [...this.deps.shelf.list<KeptBrowser>({ prefix: BROWSER })];
  }

  /** The sign-in that this browser has a part in, at all its hosts; but not the one that goes on. */
  private forget(hash: string, except?: string): void {
    const signIn = this.browser(hash)?.signIn;
    if (signIn === undefined) return;
    if (signIn === except) this.deps.shelf.delete(BROWSER + hash);
    else for (const [key, kept] of this.browsers()) if (kept.signIn === signIn) this.deps.shelf.delete(key);
  }

  private forgetAll(): void {
    for (const [key] of this.browsers()) this.deps.shelf.delete(key);
  }

  private prune(now: number): void {
    const all = this.browsers().sort(([, a], [, b]) => b.seenAt - a.seenAt);
    for (const [index, [key, { seenAt }]] of all.entries()) {
      if (index >= MAX_BROWSERS - 1 || seenAt < now - UNSEEN_MS) this.deps.shelf.delete(key);
    }
  }
}
