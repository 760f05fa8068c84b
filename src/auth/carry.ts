// One sign-in for all hosts of the instance: a code that is good once, for a minute, in the browser that asked for it.
import type { Did } from '../domain/model.ts';
import type { Browser } from '../ports/accounts.ts';
import type { Entry } from './cookies.ts';
import { hashOf, newSecret } from './seal.ts';
import type { Arrived, Leaving, SignInDeps } from './sign-in.ts';

interface Carried extends Leaving {
  did: Did;
  /** The browser, at the host it comes from, whose sign-in this shares; null for a new one. */
  by: string | null;
}

const CARRY_MS = 60_000;
const PURPOSE = 'carry';

type Deps = Pick<SignInDeps, 'signIns' | 'seal' | 'accounts'>;

/** What the browser takes along to `leaving.origin`. */
export async function giveCode(
  { did, leaving }: Arrived,
  by: Browser | null,
  { signIns, seal }: Deps,
): Promise<string> {
  const code = newSecret();
  const carried: Carried = { ...leaving, did, by: by?.hash ?? null };
  await signIns.keep(code, await seal.seal(carried, PURPOSE), CARRY_MS);
  return code;
}

/** Null for a code that was used, is too old, or is for another host. */
export async function takeCode(
  code: string,
  origin: string,
  { signIns, seal }: Deps,
): Promise<{ arrived: Arrived; by: string | null } | null> {
  const sealed = await signIns.take(code);
  if (sealed === null) return null;
  const { did, by, ...leaving } = (await seal.open(sealed, PURPOSE)) as Carried;
  return leaving.origin === origin ? { arrived: { did, leaving }, by } : null;
}

/**
 * Signs the browser in at this host, with a new secret, in place of an older one of the same account. Null unless it is the
 * browser that left from here: whoever is led here with somebody else's code stays who they are.
 */
export async function letIn(
  { did, leaving }: Arrived,
  by: string | null,
  at: { host: string; visit: string | null; entries: Entry[] },
  { accounts }: Deps,
): Promise<Entry[] | null> {
  if (at.visit === null || (await hashOf(at.visit)) !== leaving.visit) return null;
  const secret = newSecret();
  const before = at.entries.find((entry) => entry.did === did);
  const more = { ...(by === null ? {} : { by }), ...(before ? { replaces: await hashOf(before.secret) } : {}) };
  const isIn = await accounts.admit(did, { hash: await hashOf(secret), host: at.host }, more);
  return isIn ? [{ did, secret }, ...at.entries.filter((entry) => entry.did !== did)] : null;
}
