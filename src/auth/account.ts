// One account that signed in: its OAuth session, the browsers that may use it, and what it writes. The only place where a session
// is opened, and it is used for nothing but the member's own records.
import type { OAuthClient, OAuthSession } from '@atproto/oauth-client';
import type { Did } from '../domain/model.ts';
import type { Browser, NewSession, NotWritten, SignIn } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import { type OAuthDeps, oauthClient, plainSession, SESSION_PURPOSE, sessionFrom } from './oauth/client.ts';
import { newSecret } from './seal.ts';
import type { Shelf } from './sign-ins.ts';

export interface AccountDeps extends OAuthDeps {
  shelf: Shelf;
  clock: Clock;
  log(message: string, facts: Record<string, unknown>): void;
}

/** As the object keeps it: what could be used by whoever reads it is sealed. */
type KeptSession = NewSession & { did: Did; id: string };

interface KeptBrowser {
  host: string;
  /** Names what this browser shares at all hosts. */
  signIn: string;
  at: number;
  seenAt: number;
}

const SESSION = 'session';
const BROWSER = 'browser ';

const DAY = 86_400_000;
/** More than anybody writes by hand. */
const WRITES = { most: 60, perMs: 300_000 };
/** A browser that was not seen for so long is forgotten. */
const UNSEEN_MS = 180 * DAY;
const MAX_BROWSERS = 100;

export class Account {
  private readonly deps: AccountDeps;
  private writes = { since: 0, count: 0 };
  /** The last in the queue for each thing that is locked. */
  private readonly locks = new Map<string, Promise<unknown>>();

  constructor(deps: AccountDeps) {
    this.deps = deps;
  }

  async keep(did: Did, session: NewSession): Promise<void> {
    const before = this.session();
    this.deps.shelf.put<KeptSession>(SESSION, { ...session, did, id: newSecret() });
    // Nobody waits for a server that may be away.
    if (before) void this.revoke(before);
  }

  /** False where there is no session to share any more. */
  admit(browser: Browser, { by, replaces }: { by?: string; replaces?: string }): boolean {
    const now = this.deps.clock.now();
    const giver = by === undefined ? undefined : this.browser(by);
    if (!this.session() || (by !== undefined && !giver)) return false;
    if (replaces !== undefined) this.forget(replaces, giver?.signIn);
    this.prune(now);
    const kept = { host: browser.host, signIn: giver?.signIn ?? browser.hash, at: now, seenAt: now };
    this.deps.shelf.put<KeptBrowser>(BROWSER + browser.hash, kept);
    return true;
  }

  visit({ hash, host }: Browser): { handle: string | null } | null {
    const kept = this.browser(hash);
    const session = this.session();
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
    if (everywhere) for (const [key] of this.browsers()) this.deps.shelf.delete(key);
    else this.forget(browser.hash);
    const session = this.session();
    if (this.browsers().length > 0 || !session) return;
    this.deps.shelf.delete(SESSION);
    await this.revoke(session);
  }

  /** As `use`, within what one account may write in a while. */
  async useToWrite<T>(browser: Browser, work: (session: OAuthSession) => Promise<T>): Promise<T | NotWritten> {
    const now = this.deps.clock.now();
    if (this.writes.since < now - WRITES.perMs) this.writes = { since: now, count: 0 };
    if (++this.writes.count <= WRITES.most) return this.use(browser, work);
    const retryAfterMs = this.writes.since + WRITES.perMs - now;
    return { failed: 'too-many', message: 'too much was written of late', retryAfterMs };
  }

  /** With the session as the PDS takes it now, refreshed where it is due. */
  async use<T>(browser: Browser, work: (session: OAuthSession) => Promise<T>): Promise<T | NotWritten> {
    const session = this.session();
    const over: NotWritten = { failed: 'signed-out', message: 'the sign-in is over' };
    if (!session || !this.visit(browser)) return over;
    try {
      const client = await this.client(session);
      return await work(await client.restore(session.did));
    } catch (error) {
      // The library has told the store when the session is over for good; otherwise another try may do.
      if (!this.session()) return over;
      return { failed: 'unreachable', message: error instanceof Error ? error.message.slice(0, 300) : 'no answer' };
    }
  }

  /** What a refresh brings, or that it failed, is of no account once another session has taken this one's place. */
  private client({ client: origin, did, id }: KeptSession): Promise<OAuthClient> {
    const { shelf, seal } = this.deps;
    const current = (): KeptSession | undefined => {
      const kept = this.session();
      return kept?.id === id ? kept : undefined;
    };
    return oauthClient(origin, this.deps, {
      lock: (name, work) => this.locked(name, work),
      // Sign-ins begin elsewhere.
      states: { get: () => undefined, set: () => undefined, del: () => undefined },
      sessions: {
        get: async () => {
          const kept = current();
          return kept ? sessionFrom(await seal.open(kept.sealed, SESSION_PURPOSE)) : undefined;
        },
        set: async (_, session) => {
          const sealed = await seal.seal(plainSession(session), SESSION_PURPOSE);
          const kept = current();
          if (kept) shelf.put<KeptSession>(SESSION, { ...kept, sealed });
        },
        del: () => {
          if (!current()) return;
          shelf.delete(SESSION);
          for (const [key] of this.browsers()) shelf.delete(key);
          this.deps.log('a session is over', { did });
        },
      },
    });
  }

  /** A session that nobody holds any more ends at its server too, if that can be reached: by itself it ends in any case. */
  private async revoke(session: KeptSession): Promise<void> {
    const { seal, log } = this.deps;
    try {
      const plain = await sessionFrom(await seal.open(session.sealed, SESSION_PURPOSE));
      const client = await oauthClient(session.client, this.deps, {
        lock: (_, work) => work(),
        states: { get: () => undefined, set: () => undefined, del: () => undefined },
        sessions: { get: () => plain, set: () => undefined, del: () => undefined },
      });
      await client.revoke(session.did);
    } catch (error) {
      log('a session could not be revoked', { did: session.did, error: error instanceof Error ? error.message : '' });
    }
  }

  /** One after another: a refresh token is good for one use. */
  private async locked<T>(name: string, work: () => T | PromiseLike<T>): Promise<T> {
    const before = this.locks.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.locks.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.locks.get(name) === mine) this.locks.delete(name);
    }
  }

  private session(): KeptSession | undefined {
    return this.deps.shelf.get<KeptSession>(SESSION);
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

  private prune(now: number): void {
    const all = this.browsers().sort(([, a], [, b]) => b.seenAt - a.seenAt);
    for (const [index, [key, { seenAt }]] of all.entries()) {
      if (index >= MAX_BROWSERS - 1 || seenAt < now - UNSEEN_MS) this.deps.shelf.delete(key);
    }
  }
}
