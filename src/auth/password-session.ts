// The session of an app password as an object holds it: sealed, refreshed under one lock, and opened nowhere else.
import type { NotWritten } from '../ports/accounts.ts';
import { endSession, freshTokens, PASSWORD_PURPOSE, type Tokens } from './app-password.ts';
import { type KeptSession, OVER, SessionHolder, unreachable } from './kept-session.ts';
import type { RepoSession } from './repository.ts';

/** What servers answer to a token whose time is over. */
const EXPIRED = new Set(['ExpiredToken', 'InvalidToken']);

export class PasswordSession extends SessionHolder {
  /** A refresh token is good for one use: whoever comes meanwhile waits for the same. */
  private refreshing: Promise<Tokens | null> | null = null;

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
      return unreachable(error);
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
    if (fresh) return this.withToken(fresh, path, init);
    return this.get() ? first : new Response(null, { status: 401 });
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

  private async refreshed({ id, did }: KeptSession): Promise<Tokens | null> {
    const before = this.current(id);
    if (!before) return null;
    const { seal, fetch } = this.deps;
    const fresh = await freshTokens(await this.open(before), fetch);
    if (fresh === null) throw new Error('the server of the account does not renew the session just now');
    if (!this.current(id)) return null;
    if (fresh === 'over') {
      this.lose(did);
      return null;
    }
    const sealed = await seal.seal(fresh, PASSWORD_PURPOSE);
    const held = this.current(id);
    if (held) this.put({ ...held, sealed });
    return fresh;
  }

  private open = async ({ sealed }: Pick<KeptSession, 'sealed'>): Promise<Tokens> =>
    (await this.deps.seal.open(sealed, PASSWORD_PURPOSE)) as Tokens;

  protected async revoke(session: KeptSession): Promise<void> {
    await endSession(await this.open(session), this.deps.fetch);
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
