// What the operator says of founders: who is approved, and who gets a code.
import type { Invited } from '../../domain/founding.ts';
import { isRefusal, type Refusal } from '../../domain/outcome.ts';
import { validDid } from '../../domain/uri.ts';
import type { FoundingsPort } from '../../ports/foundings.ts';
import type { IdentityPort } from '../../ports/identity.ts';
import { resolveGroup } from '../group.ts';

interface Deps {
  foundings: FoundingsPort;
  identity: IdentityPort;
}

export async function setFounder(
  { subject, approved }: { subject: string; approved: boolean },
  { foundings, identity }: Deps,
): Promise<{ founder: Invited; changed: boolean } | Refusal> {
  const founder = await found(subject.trim(), approved, identity);
  if (isRefusal(founder)) return founder;
  return { founder, changed: await foundings.approve(founder.did, approved) };
}

/** An account that is gone can still be taken off the list. */
async function found(subject: string, approved: boolean, identity: IdentityPort): Promise<Invited | Refusal> {
  if (!approved && validDid(subject)) return { did: subject, handle: null };
  const account = await resolveGroup(subject, identity);
  return isRefusal(account) ? account : { did: account.did, handle: account.handle };
}

export async function listFounders({ foundings, identity }: Deps): Promise<Invited[]> {
  const dids = await foundings.approved();
  return Promise.all(
    dids.map(async (did) => {
      const account = await identity.resolveDid(did).catch(() => null);
      return { did, handle: account?.handle ?? null };
    }),
  );
}
