// The session of an app password as an object holds it: sealed, refreshed under one lock, and opened nowhere else.
import type { Did } from '../domain/model.ts';
import type { NewSession, NotWritten } from '../ports/accounts.ts';
import { endSession, freshTokens, PASSWORD_PURPOSE, type Tokens } from './app-password.ts';
import type { HolderDeps, KeptSession } from './held-session.ts';
import type { RepoSession } from './repository.ts';
import { newSecret } from './seal.ts';

const SESSION = 'session';
const OVER: NotWritten = { failed: 'signed-out', message: 'the sign-in is over' };
/** What servers answer to a token whose time is over. */
const EXPIRED = new Set(['ExpiredToken', 'InvalidToken']);

export class PasswordSession {
  private readonly deps: HolderDeps;
  private readonly onOver: (did: Did) => void;
  /** A refresh token is good for one use: whoever comes meanwhile waits for the same. */
  private refreshing: Promise<Tokens | null> | null = null;

  constructor(deps: HolderDeps, onOver: (did: Did) => void) {
    this.deps = deps;
    this.onOver = onOver;
  }

  get(): KeptSession | undefined {
    return this.deps.shelf.get<KeptSession>(SESSION);
  }

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

  async use<T>(work: (session: RepoSession) => Promise<T>): Promise<T | NotWritten> {
    const kept = this.get();
    if (!kept) return OVER;
    try {
      const session = {
        did: kept.did,
        fetchHandler: (path: string, init?: RequestInit) => this.send(kept, path, init),
      };
      return await work(session);
    } catch (error) {
      return { failed: 'unreachable', message: error instanceof Error ? error.message.slice(0, 300) : 'no answer' };
    }
  }

  /** Now, whether it is due or not: it is over where the server refuses. */
  async renew(): Promise<void> {
    const kept = this.get();
    if (kept) await this.refresh(kept).catch(() => null);
  }

  private async send(kept: KeptSession, path: string, init: RequestInit = {}): Promise<Response> {
    const tokens = await this.open(this.get() ?? kept);
    const first = await this.withToken(tokens, path, init);
    if (!(await isExpired(first))) return first;
    const fresh = await this.refresh(kept);
    return fresh ? this.withToken(fresh, path, init) : first;
  }

  private withToken({ pds, accessJwt }: Tokens, path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${accessJwt}`);
    return this.deps.fetch(new URL(path, pds), { ...init, headers });
  }

  private refresh(kept: KeptSession): Promise<Tokens | null> {
    this.refreshing ??= this.refreshed(kept).finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  /** What it brings is of no account once another session has taken this one's place. */
  private async refreshed({ id, did }: KeptSession): Promise<Tokens | null> {
    const { shelf, seal, fetch, log } = this.deps;
    const now = this.get();
    if (now?.id !== id) return null;
    const fresh = await freshTokens(await this.open(now), fetch);
    if (fresh === null) throw new Error('the server of the account does not renew the session just now');
    const held = this.get();
    if (held?.id !== id) return null;
    if (fresh === 'over') {
      shelf.delete(SESSION);
      this.onOver(did);
      log('a session is over', { did });
      return null;
    }
    const sealed = await seal.seal(fresh, PASSWORD_PURPOSE);
    if (this.get()?.id === id) shelf.put<KeptSession>(SESSION, { ...held, sealed });
    return fresh;
  }

  private open = async ({ sealed }: Pick<KeptSession, 'sealed'>): Promise<Tokens> =>
    (await this.deps.seal.open(sealed, PASSWORD_PURPOSE)) as Tokens;

  private async revoke(session: KeptSession): Promise<void> {
    try {
      await endSession(await this.open(session), this.deps.fetch);
    } catch (error) {
      const why = error instanceof Error ? error.message : '';
      this.deps.log('a session could not be revoked', { did: session.did, error: why });
    }
  }
}

async function isExpired(response: Response): Promise<boolean> {
  if (response.status !== 400 && response.status !== 401) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return EXPIRED.has(String((body as { error?: unknown } | null)?.error));
}
