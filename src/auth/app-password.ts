// A group account by an app password, where its server knows no OAuth: worse, for such a password allows more than it is needed for.
import type { Did } from '../domain/model.ts';
import type { GroupsPort } from '../ports/groups.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { Seal } from './seal.ts';
import { decoded } from './service.ts';

export const PASSWORD_PURPOSE = 'password session';

/** As it is sealed. */
export interface Tokens {
  /** Origin of the account's server. */
  pds: string;
  accessJwt: string;
  refreshJwt: string;
}

export interface AppPasswordDeps {
  identity: Pick<IdentityPort, 'resolveDid'>;
  fetch: typeof fetch;
  seal: Seal;
  groups: Pick<GroupsPort, 'hold'>;
}

/** `main-password`: it is the account's own, which is never taken. */
export type PasswordProblem = 'has-oauth' | 'server-down' | 'wrong-password' | 'main-password';

const METADATA = '/.well-known/oauth-protected-resource';
/** Scopes of what was signed in with an app password. */
const APP_PASSWORD = ['com.atproto.appPass', 'com.atproto.appPassPrivileged'];

/** Origin of the account's server where that says plainly that it knows no OAuth; null otherwise. */
export async function serverWithoutOAuth(
  group: Did,
  { identity, fetch }: Pick<AppPasswordDeps, 'identity' | 'fetch'>,
): Promise<string | null> {
  try {
    const pds = (await identity.resolveDid(group, { fresh: true }))?.pds ?? null;
    if (pds === null) return null;
    const { status } = await fetch(pds + METADATA);
    return status === 404 || status === 501 ? pds : null;
  } catch {
    // It does not answer: nothing is known of it.
    return null;
  }
}

export async function connectByPassword(
  { group, by, password, more }: { group: Did; by: Did; password: string; more: boolean },
  deps: AppPasswordDeps,
): Promise<PasswordProblem | null> {
  const pds = await serverWithoutOAuth(group, deps);
  if (pds === null) return 'has-oauth';
  const session = await signIn(pds, group, password, deps.fetch);
  if (typeof session === 'string') return session;
  const { handle, ...tokens } = session;
  if (!APP_PASSWORD.includes(scopeOf(tokens.accessJwt))) {
    await endSession(tokens, deps.fetch);
    return 'main-password';
  }
  const sealed = await deps.seal.seal(tokens, PASSWORD_PURPOSE);
  await deps.groups.hold(group, { client: '', sealed, handle, by: 'password' }, by, more);
  return null;
}

async function signIn(
  pds: string,
  identifier: Did,
  password: string,
  send: typeof fetch,
): Promise<(Tokens & { handle: string | null }) | PasswordProblem> {
  const answer = await call(send, pds, 'createSession', { body: { identifier, password } }).catch(() => null);
  if (answer === null || answer.status >= 500 || answer.status === 429) return 'server-down';
  const { did, accessJwt, refreshJwt, handle } = answer.body;
  if (did !== identifier || typeof accessJwt !== 'string' || typeof refreshJwt !== 'string') return 'wrong-password';
  return { pds, accessJwt, refreshJwt, handle: typeof handle === 'string' ? handle : null };
}

/** Null where the server is away; `over` where it refuses for good. */
export async function freshTokens({ pds, refreshJwt }: Tokens, send: typeof fetch): Promise<Tokens | 'over' | null> {
  const { status, body } = await call(send, pds, 'refreshSession', { token: refreshJwt });
  const { accessJwt, refreshJwt: next } = body;
  if (typeof accessJwt === 'string' && typeof next === 'string') return { pds, accessJwt, refreshJwt: next };
  // What else is answered may be some front's, and not the server's word.
  return status === 400 || status === 401 ? 'over' : null;
}

export async function endSession({ pds, refreshJwt }: Tokens, send: typeof fetch): Promise<void> {
  await call(send, pds, 'deleteSession', { token: refreshJwt });
}

interface Sent {
  body?: object;
  token?: string;
}

async function call(
  send: typeof fetch,
  pds: string,
  method: 'createSession' | 'refreshSession' | 'deleteSession',
  { body, token }: Sent,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await send(`${pds}/xrpc/com.atproto.server.${method}`, {
    method: 'POST',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const value: unknown = await response.json().catch(() => null);
  const isObject = value !== null && typeof value === 'object';
  return { status: response.status, body: isObject ? (value as Record<string, unknown>) : {} };
}

/** What the server says of its own token: it made it, and is asked over TLS. */
const scopeOf = (jwt: string): string => String(decoded(jwt.split('.')[1] ?? '')?.scope);
