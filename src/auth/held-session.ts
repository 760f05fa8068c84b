// An OAuth session as an object holds it: sealed, refreshed under one lock, and opened nowhere else.
import type { OAuthClient, OAuthSession } from '@atproto/oauth-client';
import type { Did } from '../domain/model.ts';
import type { NewSession, NotWritten } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import { type OAuthDeps, oauthClient, plainSession, SESSION_PURPOSE, sessionFrom } from './oauth/client.ts';
import { newSecret } from './seal.ts';
import type { Shelf } from './sign-ins.ts';

export interface HolderDeps extends OAuthDeps {
  shelf: Shelf;
  clock: Clock;
  log(message: string, facts: Record<string, unknown>): void;
}

/** What could be used by whoever reads it is sealed. */
export type KeptSession = NewSession & { did: Did; id: string };

const SESSION = 'session';
const OVER: NotWritten = { failed: 'signed-out', message: 'the sign-in is over' };

export class HeldSession {
  private readonly deps: HolderDeps;
  /** Told when the server has ended the session. */
  private readonly onOver: (did: Did) => void;
  /** The last in the queue for each thing that is locked. */
  private readonly locks = new Map<string, Promise<unknown>>();

  constructor(deps: HolderDeps, onOver: (did: Did) => void) {
    this.deps = deps;
    this.onOver = onOver;
  }

  get(): KeptSession | undefined {
    return this.deps.shelf.get<KeptSession>(SESSION);
  }

  /** In the place of an earlier one, which is revoked. */
  keep(did: Did, session: NewSession): void {
    const before = this.get();
    this.deps.shelf.put<KeptSession>(SESSION, { ...session, did, id: newSecret() });
    // Nobody waits for a server that may be away.
    if (before) void this.revoke(before);
  }

  async end(): Promise<void> {
    const session = this.get();
    if (!session) return;
    this.deps.shelf.delete(SESSION);
    await this.revoke(session);
  }

  /** With the session as the PDS takes it now, refreshed where it is due. */
  async use<T>(work: (session: OAuthSession) => Promise<T>): Promise<T | NotWritten> {
    const session = this.get();
    if (!session) return OVER;
    try {
      const client = await this.client(session);
      return await work(await client.restore(session.did));
    } catch (error) {
      // The library has told the store when the session is over for good; otherwise another try may do.
      if (!this.get()) return OVER;
      return { failed: 'unreachable', message: error instanceof Error ? error.message.slice(0, 300) : 'no answer' };
    }
  }

  /** Now, whether it is due or not: it is over where the server refuses. */
  async renew(): Promise<void> {
    await this.use((session) => session.getTokenInfo(true));
  }

  /** What a refresh brings, or that it failed, is of no account once another session has taken this one's place. */
  private client({ client: origin, did, id }: KeptSession): Promise<OAuthClient> {
    const { shelf, seal, log } = this.deps;
    const current = (): KeptSession | undefined => {
      const kept = this.get();
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
          this.onOver(did);
          log('a session is over', { did });
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
}
