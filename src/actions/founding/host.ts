// The hostname of a new space: whether it may be had, and whether it leads here, as seen from outside.
import { newSecret } from '../../auth/seal.ts';
import { allHosts, hostOwners } from '../../db/queries/operator.ts';
import type { Founding, FoundingHost } from '../../domain/founding.ts';
import { hostsLookAlike, isReservedName } from '../../domain/likeness.ts';
import { isProfane } from '../../domain/names.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/outcome.ts';
import { hostnames } from '../hostnames.ts';
import type { FoundingDeps } from './deps.ts';

/** `reaches`: it leads to this instance; `owned`: its DNS names the group; `handle`: the group's handle and DID name each other. */
export interface HostCheck {
  what: 'reaches' | 'owned' | 'handle';
  isRight: boolean;
  /** Whether the doors stay shut without. */
  isNeeded: boolean;
}

export const CHECK_PATH = '/.well-known/commonplace-check/';
/** What a token of the check is kept as. */
export const checkName = (token: string): string => `host check ${token}`;
const CHECK_MS = 60_000;

/** Whatever stands before the instance's own rules on hostnames: of the founders' domain one name, of other spaces' and the operator's none. */
export async function refuseHost(given: string, deps: FoundingDeps): Promise<{ name: string } | Refusal> {
  const { operator, foundersDomain } = deps;
  const hosts = hostnames([given], operator.instanceHosts, operator.development);
  if (isRefusal(hosts)) return hosts;
  const name = hosts[0] ?? '';
  const label = labelOf(name, foundersDomain);
  const no = (why: string): Refusal => refuse('InvalidHost', `"${name}" ${why}`);
  if (label?.includes('.')) return no(`must be one name before .${foundersDomain}`);
  if (label !== null && isReservedName(label)) return no('is kept for the operator');
  if (label !== null && isProfane(label)) return no('offends people');
  const above = parentsOf(name);
  if (label === null && operator.instanceHosts.some((host) => above.includes(host)) && !isLocal(name, deps))
    return no('belongs to the operator');
  const owners = await hostOwners(operator.db, [name, ...above]);
  if (owners.some(({ hostname }) => hostname === name)) return refuse('HostTaken', `${name} is a space's already`);
  if (owners.length > 0) return no('is below the name of another space');
  const others = [...operator.instanceHosts, ...(await allHosts(operator.db))];
  return others.some((other) => hostsLookAlike(other, name))
    ? no('looks like the name of another site here')
    : { name };
}

const labelOf = (name: string, domain: string | null): string | null =>
  domain !== null && name.endsWith(`.${domain}`) ? name.slice(0, -domain.length - 1) : null;

/** Without the last, which nobody here has. */
const parentsOf = (name: string): string[] => {
  const labels = name.split('.');
  return labels.slice(1, -1).map((_, i) => labels.slice(i + 1).join('.'));
};

/** On a developer's machine such a name leads to the machine by definition (RFC 6761), whatever DNS says. */
const isLocal = (name: string, { operator }: FoundingDeps): boolean =>
  operator.development && name.endsWith('.localhost');

/** Keeps the name for this founding, and looks how it stands. */
export async function chooseHost(founding: Founding, given: string, deps: FoundingDeps): Promise<Founding | Refusal> {
  const chosen = await refuseHost(given, deps);
  if (isRefusal(chosen)) return chosen;
  const host: FoundingHost = { name: chosen.name, isVerified: false };
  const changed = await deps.foundings.change(founding.by, { host });
  if (changed === 'taken') return refuse('HostTaken', `${chosen.name} was chosen by somebody else who founds a space`);
  return changed === 'gone' ? refuse('NotFound', 'this founding is over') : changed;
}

/** How the chosen one stands; whether it is verified now is noted. */
export async function checkHost(
  founding: Founding,
  deps: FoundingDeps,
): Promise<{ host: FoundingHost | null; checks: HostCheck[] }> {
  const { host, group, by } = founding;
  if (!host || !group) return { host, checks: [] };
  const isGiven = labelOf(host.name, deps.foundersDomain) !== null || isLocal(host.name, deps);
  const checks: HostCheck[] = [
    { what: 'reaches', isRight: await reaches(host.name, deps), isNeeded: true },
    // A name that the operator gives needs no proof, nor does a founder whom the operator knows.
    ...(isGiven ? [] : [await owned(host.name, group.did, !founding.byCode, deps)]),
    { what: 'handle', isRight: await hasHandle(group.did, deps), isNeeded: false },
  ];
  const isVerified = checks.every(({ isRight, isNeeded }) => isRight || !isNeeded);
  const now = { ...host, isVerified };
  if (isVerified !== host.isVerified) await deps.foundings.change(by, { host: now });
  return { host: now, checks };
}

/** Asked by the name, this instance alone knows the answer, which is good for this one question. */
async function reaches(host: string, deps: FoundingDeps): Promise<boolean> {
  if (isLocal(host, deps)) return true;
  const [token, answer] = [newSecret(), newSecret()];
  await deps.signIns.keep(checkName(token), answer, CHECK_MS);
  return (await deps.look(`https://${host}${CHECK_PATH}${token}`)) === answer;
}

async function owned(host: string, group: string, isNeeded: boolean, { own }: FoundingDeps): Promise<HostCheck> {
  const did = await own.identity.resolveHandle(host).catch(() => null);
  return { what: 'owned', isRight: did === group, isNeeded };
}

async function hasHandle(group: string, { own }: FoundingDeps): Promise<boolean> {
  const found = await own.identity.resolveDid(group, { fresh: true }).catch(() => null);
  return found !== null && found.handle !== null;
}
