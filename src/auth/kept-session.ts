// A session with an account's server as an object holds it, of whichever kind: one at a time, sealed.
import type { Did } from '../domain/model.ts';
import type { NewSession, NotWritten } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { OAuthDeps } from './oauth/client.ts';
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
export const OVER: NotWritten = { failed: 'signed-out', message: 'the sign-in is over' };

export abstract class SessionHolder {
  protected readonly deps: HolderDeps;
  /** Told when the server has ended the session. */
  private readonly onOver: (did: Did) => void;

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
    this.put({ ...session, did, id: newSecret() });
    // Nobody waits for a server that may be away.
    if (before) void this.revoked(before);
  }

  async end(): Promise<void> {
    const session = this.get();
    if (!session) return;
    this.deps.shelf.delete(SESSION);
    await this.revoked(session);
  }

  /** At its server. */
  protected abstract revoke(session: KeptSession): Promise<void>;

  /** While no other has taken its place: what comes of a session later is of no account then. */
  protected current(id: string): KeptSession | undefined {
    const kept = this.get();
    return kept?.id === id ? kept : undefined;
  }

  protected put(session: KeptSession): void {
    this.deps.shelf.put<KeptSession>(SESSION, session);
  }

  /** The server refuses it for good. */
  protected lose(did: Did): void {
    this.deps.shelf.delete(SESSION);
    this.onOver(did);
    this.deps.log('a session is over', { did });
  }

  /** A session that nobody holds any more ends at its server too, if that can be reached: by itself it ends in any case. */
  private async revoked(session: KeptSession): Promise<void> {
    try {
      await this.revoke(session);
    } catch (error) {
      const why = error instanceof Error ? error.message : '';
      this.deps.log('a session could not be revoked', { did: session.did, error: why });
    }
  }
}

export const unreachable = (error: unknown): NotWritten => ({
  failed: 'unreachable',
  message: error instanceof Error ? error.message.slice(0, 300) : 'no answer',
});
