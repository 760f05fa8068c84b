// An OAuth session as an object holds it: sealed, refreshed under one lock, and opened nowhere else.
import type { OAuthClient, OAuthSession } from '@atproto/oauth-client';
import type { NotWritten } from '../ports/accounts.ts';
import { type KeptSession, OVER, SessionHolder, unreachable } from './kept-session.ts';
import { oauthClient, plainSession, SESSION_PURPOSE, sessionFrom } from './oauth/client.ts';

export class HeldSession extends SessionHolder {
  /** The last in the queue for each thing that is locked. */
  private readonly locks = new Map<string, Promise<unknown>>();

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
      return unreachable(error);
    }
  }

  /** Now, whether it is due or not: it is over where the server refuses. */
  async renew(): Promise<void> {
    await this.use((session) => session.getTokenInfo(true));
  }

  private client({ client: origin, did, id }: KeptSession): Promise<OAuthClient> {
    const { seal } = this.deps;
    return oauthClient(origin, this.deps, {
      lock: (name, work) => this.locked(name, work),
      // Sign-ins begin elsewhere.
      states: { get: () => undefined, set: () => undefined, del: () => undefined },
      sessions: {
        get: async () => {
          const kept = this.current(id);
          return kept ? sessionFrom(await seal.open(kept.sealed, SESSION_PURPOSE)) : undefined;
        },
        set: async (_, session) => {
          const sealed = await seal.seal(plainSession(session), SESSION_PURPOSE);
          const kept = this.current(id);
          if (kept) this.put({ ...kept, sealed });
        },
        del: () => {
          if (this.current(id)) this.lose(did);
        },
      },
    });
  }

  protected async revoke(session: KeptSession): Promise<void> {
    const plain = await sessionFrom(await this.deps.seal.open(session.sealed, SESSION_PURPOSE));
    const client = await oauthClient(session.client, this.deps, {
      lock: (_, work) => work(),
      states: { get: () => undefined, set: () => undefined, del: () => undefined },
      sessions: { get: () => plain, set: () => undefined, del: () => undefined },
    });
    await client.revoke(session.did);
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
