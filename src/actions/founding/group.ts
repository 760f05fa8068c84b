// The account that becomes the space: one that is made now, or one that is there; always proven by signing in as it.
import { isValidHandle } from '@atproto/syntax';
import { operatorSpace } from '../../db/queries/operator.ts';
import { NSID } from '../../domain/collections.ts';
import type { Founding, FoundingGroup } from '../../domain/founding.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/outcome.ts';
import type { NotMade, ServerTerms } from '../../ports/new-accounts.ts';
import { type Group, resolveGroup, upstreamFailure } from '../group.ts';
import type { FoundingDeps } from './deps.ts';

/** As typed: a hostname, or an address. */
export async function serverTerms(given: string, { newAccounts }: FoundingDeps): Promise<ServerTerms | Refusal> {
  const typed = given.trim().slice(0, 300);
  const url = URL.parse(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (!url || typed === '') return refuse('InvalidRequest', 'this is no address of a server');
  return (
    (await newAccounts.terms(url.origin)) ??
    refuse('PdsNotFound', `${url.host} cannot be reached, or is no server of accounts`)
  );
}

export interface Wanted {
  /** Without the domain. */
  name: string;
  domain: string;
  email: string;
  password: string;
  inviteCode: string;
  /** Empty for none. */
  recoveryKey: string;
}

/** `known` is what the server said of itself now. Nothing of the password is kept, whatever comes of it. */
export async function makeGroup(
  founding: Founding,
  known: ServerTerms,
  wanted: Wanted,
  deps: FoundingDeps,
): Promise<Founding | NotMade | Refusal> {
  const handle = `${wanted.name.trim().replace(/^@/, '')}${wanted.domain}`.toLowerCase();
  const refused = refuseWanted(handle, known, wanted);
  if (refused) return refused;
  if (!(await deps.foundings.mayMake(founding.by)))
    return refuse('RateLimitExceeded', 'too many accounts were asked for today');
  const { email, password } = wanted;
  const [inviteCode, recoveryKey] = [wanted.inviteCode.trim() || null, wanted.recoveryKey.trim() || null];
  const account = { handle, email: email.trim(), password, inviteCode, recoveryKey };
  const made = await deps.newAccounts.make(known.pds, account);
  if ('failed' in made) return made;
  const isHighest = recoveryKey !== null && (await rules(made.did, recoveryKey, deps));
  const group = { ...made, pds: known.pds, recoveryKey: isHighest ? recoveryKey : null, isConnected: false };
  return keep(founding, group, deps);
}

/** What no server needs to be asked. */
function refuseWanted(
  handle: string,
  known: ServerTerms,
  { domain, email, password, ...wanted }: Wanted,
): Refusal | null {
  const no = (why: string): Refusal => refuse('InvalidRequest', why);
  if (!known.domains.includes(domain)) return no('choose one of the endings that the server offers');
  if (!isValidHandle(handle)) return no(`${handle.slice(0, 100)} can be no handle: use letters, digits and hyphens`);
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) || email.length > 300) return no('this is no e-mail address');
  if (password.length < 8 || password.length > 256) return no('a password has 8 to 256 characters');
  if (known.needsInvite && wanted.inviteCode.trim() === '') return no('this server asks for an invite code');
  if (wanted.inviteCode.length > 200) return no('this is no invite code');
  const key = wanted.recoveryKey.trim();
  return key === '' || DID_KEY.test(key) ? null : no('a recovery key is written did:key:z…');
}

/** Of the two curves that the directory takes: P-256 and K-256, in base58. */
const DID_KEY = /^did:key:(?:zDn|zQ3)[1-9A-HJ-NP-Za-km-z]{40,60}$/;

/** The directory itself is asked whether the key stands above the server's own. */
const rules = (did: string, key: string, { newAccounts }: FoundingDeps): Promise<boolean> =>
  newAccounts.rotationKeys(did).then(
    ([highest]) => highest === key,
    () => false,
  );

/** An account that is there already, by handle or DID. Nobody has signed in as it yet. */
export async function nameGroup(founding: Founding, subject: string, deps: FoundingDeps): Promise<Founding | Refusal> {
  const found = await resolveGroup(subject, deps.own.identity);
  if (isRefusal(found)) return found;
  const refused = await refuseGroup(founding, found, deps);
  return refused ?? keep(founding, { ...found, recoveryKey: null, isConnected: false }, deps);
}

async function refuseGroup(
  founding: Founding,
  { did, pds }: Group,
  { operator }: FoundingDeps,
): Promise<Refusal | null> {
  const no = (why: string): Refusal => refuse('InvalidRequest', why);
  if (did === founding.by) return no('this is your own account: a space has one of its own');
  if (await operatorSpace(operator.db, did)) return no('this account is a space here already');
  if (founding.group?.did === did) return null;
  try {
    const isSpace = await operator.pds.hasRecord(pds, did, NSID.profile, 'self');
    return isSpace
      ? no('this account is a space already, which the operator can add: nothing of it is written over here')
      : null;
  } catch (error) {
    return upstreamFailure(`${pds} cannot be asked`, error);
  }
}

async function keep(founding: Founding, group: FoundingGroup, deps: FoundingDeps): Promise<Founding | Refusal> {
  const isSame = founding.group?.did === group.did;
  // The new one may have been made a moment ago, and must not be lost for it.
  if (!isSame) await unlessItFails(founding, deps, letGo);
  const recoveryKey = group.recoveryKey ?? (isSame ? (founding.group?.recoveryKey ?? null) : null);
  const named = isSame ? founding.named : [];
  // Whose name DNS must show is another now.
  const host = founding.host && { ...founding.host, isVerified: isSame && founding.host.isVerified };
  const changed = await deps.foundings.change(founding.by, { group: { ...group, recoveryKey }, named, host });
  return typeof changed === 'string' ? refuse('NotFound', 'this founding is over') : changed;
}

/** Whether the founder has signed in as the group, after whoever did so before. Noted, where it was not known. */
export async function isConnected({ group, by }: Founding, { own, foundings }: FoundingDeps): Promise<boolean> {
  if (!group || (await own.groups.connection(group.did)).holder !== by) return false;
  if (!group.isConnected) await foundings.change(by, { group: { ...group, isConnected: true } });
  return true;
}

/** Nobody goes on with it: the instance keeps nothing of the group, unless it is a space here meanwhile. */
export async function giveUp(founding: Founding, deps: FoundingDeps): Promise<void> {
  await letGo(founding, deps);
  await deps.foundings.end(founding.by, false);
}

/** The same for those that nobody went on with for too long. One that fails comes again in the next round. */
export async function forgetOld(deps: FoundingDeps): Promise<void> {
  for (const founding of await deps.foundings.prune()) await unlessItFails(founding, deps, giveUp);
}

async function unlessItFails(founding: Founding, deps: FoundingDeps, work: typeof letGo): Promise<void> {
  try {
    await work(founding, deps);
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    deps.own.log('a group could not be let go', { group: founding.group?.did, error: why });
  }
}

async function letGo({ group, by }: Founding, { own, operator }: FoundingDeps): Promise<void> {
  if (!group || (await operatorSpace(operator.db, group.did))) return;
  if ((await own.groups.connection(group.did)).holder === by) await own.groups.release(group.did, by);
}
