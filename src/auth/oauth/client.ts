// The OAuth client of one host, made for the moment: what it remembers is kept by the ports it is given.
import { JoseKey } from '@atproto/jwk-jose';
import {
  type Key,
  Keyset,
  OAuthClient,
  type RuntimeLock,
  type Session,
  type SessionStore,
  type StateStore,
} from '@atproto/oauth-client';
import type { Did } from '../../domain/model.ts';
import type { IdentityPort } from '../../ports/identity.ts';
import type { SignInsPort } from '../../ports/sign-ins.ts';
import type { Seal } from '../seal.ts';
import { KEY_PURPOSE } from './keys.ts';
import { confidentialClient, loopbackClient } from './metadata.ts';

export interface OAuthDeps {
  identity: IdentityPort;
  signIns: Pick<SignInsPort, 'keys'>;
  seal: Seal;
  /** Guarded: it follows no redirect, and bounds size and time. */
  fetch: typeof fetch;
  development: boolean;
}

export interface Stores {
  states: StateStore;
  sessions: SessionStore;
  lock: RuntimeLock;
}

/** `origin` is of the host whose client it is. */
export async function oauthClient(origin: string, deps: OAuthDeps, stores: Stores): Promise<OAuthClient> {
  const isLocal = origin.startsWith('http:');
  const metadata = isLocal ? loopbackClient(origin) : confidentialClient(origin, new URL(origin).host);
  const keyset = isLocal ? undefined : await keysetOf(deps);
  return new OAuthClient({
    responseMode: 'query',
    // The library's type wants the literal types of its schema, which it then checks.
    clientMetadata: metadata as ConstructorParameters<typeof OAuthClient>[0]['clientMetadata'],
    ...(keyset ? { keyset } : {}),
    allowHttp: deps.development,
    fetch: deps.fetch,
    identityResolver: { resolve: (name) => resolve(name, deps.identity) },
    stateStore: stores.states,
    sessionStore: stores.sessions,
    runtimeImplementation: {
      createKey: (algorithms) => JoseKey.generate(algorithms),
      getRandomValues: (length) => crypto.getRandomValues(new Uint8Array(length)),
      digest: async (bytes, { name }) => new Uint8Array(await crypto.subtle.digest(name.replace('sha', 'SHA-'), bytes)),
      requestLock: stores.lock,
    },
  });
}

/** The first one signs what begins now. */
export async function keysetOf({ signIns, seal }: Pick<OAuthDeps, 'signIns' | 'seal'>): Promise<Keyset> {
  const keys = await signIns.keys();
  return new Keyset(await Promise.all(keys.map(async ({ sealed }) => keyOf(await seal.open(sealed, KEY_PURPOSE)))));
}

export const keyOf = (jwk: unknown): Promise<Key> => JoseKey.fromJWK(jwk as Record<string, unknown>);

type Identity = Awaited<
  ReturnType<NonNullable<ConstructorParameters<typeof OAuthClient>[0]['identityResolver']>['resolve']>
>;

/** As the house resolves names everywhere: by its own port, always anew, for this decides who somebody is. */
async function resolve(name: string, identity: IdentityPort): Promise<Identity> {
  const did: Did | null = name.startsWith('did:') ? name : await identity.resolveHandle(name);
  const found = did === null ? null : await identity.resolveDid(did, { fresh: true });
  if (found?.pds == null) throw new Error(`${name} leads to no account with a server`);
  const service = { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: found.pds };
  const document = { '@context': ['https://www.w3.org/ns/did/v1'], id: found.did, service: [service] };
  return { did: found.did, didDoc: document, handle: found.handle ?? 'handle.invalid' } as unknown as Identity;
}

export const SESSION_PURPOSE = 'oauth session';

/** As it is sealed. */
export const plainSession = ({ dpopKey, ...rest }: Session): object => ({ ...rest, dpopKey: dpopKey.privateJwk });

export async function sessionFrom(plain: unknown): Promise<Session> {
  const { dpopKey, ...rest } = plain as Omit<Session, 'dpopKey'> & { dpopKey: unknown };
  return { ...rest, dpopKey: await keyOf(dpopKey) };
}
