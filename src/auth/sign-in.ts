// Signing in with the account one has: leaving for its server, and coming back with its consent.
import { OAuthCallbackError, OAuthResponseError, type Session } from '@atproto/oauth-client';
import { isValidHandle } from '@atproto/syntax';
import type { Did } from '../domain/model.ts';
import { validDid } from '../domain/uri.ts';
import type { AccountsPort } from '../ports/accounts.ts';
import type { GroupsPort } from '../ports/groups.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { SignInsPort } from '../ports/sign-ins.ts';
import { keyOf, type OAuthDeps, oauthClient, plainSession, SESSION_PURPOSE, type Stores } from './oauth/client.ts';
import { clientOf } from './oauth/metadata.ts';
import { GROUP_SCOPES, SCOPES } from './oauth/scopes.ts';

export interface SignInDeps extends OAuthDeps {
  signIns: SignInsPort;
  accounts: AccountsPort;
  groups: GroupsPort;
  log(message: string, facts: Record<string, unknown>): void;
}

/** Where a sign-in began, to where it comes back. */
export interface Leaving {
  /** Of the page's host. */
  origin: string;
  /** Hash of what that browser was given before it left: nobody else may come back. */
  visit: string;
  /** Path of the page to go on with. */
  next: string;
  /** The account of a group is given to the instance by somebody; nobody is signed in by that. */
  connects?: { group: Did; by: Did; more: boolean };
}

/** What can go wrong, as people are told. */
export type Problem =
  | 'unreadable'
  | 'email'
  | 'unknown-handle'
  | 'handle-mismatch'
  | 'no-account'
  | 'no-server'
  | 'server-down'
  | 'declined'
  | 'expired'
  | 'elsewhere'
  | 'not-the-group'
  | 'too-many'
  | 'stale-form';

export interface Failed {
  problem: Problem;
  leaving: Leaving | null;
}

const failed = (problem: Problem, leaving: Leaving | null = null): Failed => ({ problem, leaving });

/** The PDS forgets a request after five minutes; people may take longer over a password. */
const STATE_MS = 30 * 60_000;
const STATE_PURPOSE = 'sign-in';

/**
 * `who`: a handle, a DID, or the address of a PDS. Gives the page of that server where consent is asked; `isNew`: where an account is
 * made first (OpenID Connect Prompt Create).
 */
export async function beginSignIn(
  who: string,
  leaving: Leaving,
  deps: SignInDeps,
  { isNew = false } = {},
): Promise<{ leave: string } | Failed> {
  const subject = await subjectOf(who, deps.identity);
  if ('problem' in subject) return failed(subject.problem, leaving);
  try {
    const client = await oauthClient(clientOf(leaving.origin), deps, storesFor(deps));
    for (const scope of scopesFor(leaving)) {
      try {
        const options = { scope, state: JSON.stringify(leaving), ...(isNew ? { prompt: 'create' as const } : {}) };
        const url = await client.authorize(subject.name, options);
        return { leave: url.href };
      } catch (error) {
        if (!(error instanceof OAuthResponseError && error.error === 'invalid_scope')) throw error;
      }
    }
    return failed('server-down', leaving);
  } catch (error) {
    deps.log('a sign-in could not begin', { error: reason(error) });
    return failed('server-down', leaving);
  }
}

const scopesFor = ({ connects }: Leaving): readonly string[] =>
  connects ? GROUP_SCOPES[connects.more ? 'more' : 'least'] : SCOPES;

type Subject = { name: string } | { problem: Problem };

/** Resolved before anything is asked of a server, so that what is wrong with a name is said of the name. */
async function subjectOf(who: string, identity: IdentityPort): Promise<Subject> {
  const name = who.trim().replace(/^@/, '').slice(0, 2048);
  if (/^https?:\/\//i.test(name))
    return URL.canParse(name) ? { name: new URL(name).origin } : { problem: 'unreadable' };
  if (name.includes('@')) return { problem: 'email' };
  const handle = name.toLowerCase();
  const byHandle = !name.startsWith('did:');
  if (byHandle ? !isValidHandle(handle) : !validDid(name)) return { problem: 'unreadable' };
  try {
    const did = byHandle ? await identity.resolveHandle(handle) : name;
    if (did === null) return { problem: 'unknown-handle' };
    const found = await identity.resolveDid(did, { fresh: true });
    if (found === null) return { problem: 'no-account' };
    if (byHandle && found.handle !== handle) return { problem: 'handle-mismatch' };
    return found.pds === null ? { problem: 'no-server' } : { name: did };
  } catch {
    return { problem: 'server-down' };
  }
}

/** Who came back, and to where. */
export interface Arrived {
  did: Did;
  leaving: Leaving;
}

/** `params` as the account's server sent them along; `client` is the origin of the host they came to, and `who` is signed in there. */
export async function finishSignIn(
  params: URLSearchParams,
  client: string,
  who: Did | null,
  deps: SignInDeps,
): Promise<Arrived | Failed> {
  const { accounts, groups, identity, seal, signIns } = deps;
  let session: Session | null = null;
  const stores = storesFor(deps, (given) => {
    session = given;
  });
  try {
    const oauth = await oauthClient(client, deps, stores);
    const { session: opened, state } = await oauth.callback(params);
    const { did } = opened;
    const found = await identity.resolveDid(did).catch(() => null);
    const sealed = await seal.seal(plainSession(session as unknown as Session), SESSION_PURPOSE);
    await signIns.remember(client);
    const leaving = JSON.parse(state ?? '') as Leaving;
    const { connects } = leaving;
    // The PDS lets people choose another account than the one that was named.
    if (connects && connects.group !== did) return failed('not-the-group', leaving);
    // A link that somebody else sent gives them no group. In development the callback is at another host, which knows nobody.
    if (connects && leaving.origin === client && who !== connects.by) return failed('elsewhere', leaving);
    const kept = { client, sealed, handle: found?.handle ?? null };
    await (connects ? groups.hold(did, kept, connects.by, connects.more) : accounts.keep(did, kept));
    return { did, leaving };
  } catch (error) {
    const state = error instanceof OAuthCallbackError ? error.state : undefined;
    if (!state) return failed('expired');
    const leaving = JSON.parse(state) as Leaving;
    if (params.get('error') === 'access_denied') return failed('declined', leaving);
    deps.log('a sign-in could not be finished', { error: reason(error) });
    return failed(params.has('error') ? 'expired' : 'server-down', leaving);
  }
}

/** A state is given back once: a callback that comes again finds none. */
function storesFor({ signIns, seal }: SignInDeps, onSession: (session: Session) => void = () => undefined): Stores {
  return {
    // What there is to lock belongs to this one request.
    lock: (_, work) => work(),
    states: {
      async get(state) {
        const sealed = await signIns.take(state);
        if (sealed === null) return undefined;
        const { dpopKey, ...rest } = (await seal.open(sealed, STATE_PURPOSE)) as Plain;
        return { ...rest, dpopKey: await keyOf(dpopKey) };
      },
      async set(state, { dpopKey, ...rest }) {
        await signIns.keep(state, await seal.seal({ ...rest, dpopKey: dpopKey.privateJwk }, STATE_PURPOSE), STATE_MS);
      },
      del: () => undefined,
    },
    sessions: { get: () => undefined, set: (_, session) => onSession(session), del: () => undefined },
  };
}

type Plain = Omit<Parameters<Stores['states']['set']>[1], 'dpopKey'> & { dpopKey: unknown };

/** Says what happened without any address or code: those stand in messages of the library's errors alone. */
function reason(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return (error instanceof Error ? `${error.message}${inner}` : 'unknown').slice(0, 300);
}
