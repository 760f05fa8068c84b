// Jobs that ask others: an account's name, an account's status.
import { tidAt } from '../domain/tid.ts';
import type { Write } from '../domain/write.ts';
import type { JobHandler, Slice } from '../ingest/jobs.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { PdsPort } from '../ports/pds.ts';
import { confirmAccount } from './account.ts';
import { resolveIdentity } from './identity.ts';

interface AskingDeps {
  identity: IdentityPort;
  pds: PdsPort;
}

export const again = (attempts: number): Slice => ({
  writes: [],
  next: null,
  retryIn: Math.min(6 * 3_600_000, 5_000 * 2 ** attempts),
});

/** What the DID document and the handle say now. Key: the DID. */
export const resolveJob =
  (deps: AskingDeps): JobHandler =>
  async ({ key: did, attempts }, { admission, clock }) => {
    const found = await resolveIdentity(did, deps);
    if (!found) return again(attempts);
    const known = (await admission.factsFor([{ kind: 'identity', did }])).identities.has(did);
    const met = known || found.pds === null ? [] : await meet(did, found.pds, clock.now(), deps);
    return { writes: [{ write: 'identity', ...found, at: clock.now() }, ...met], next: null };
  };

/** Account events of those not met before were passed over: an account that is inactive by then is hidden by what its PDS says. */
async function meet(did: string, pds: string, now: number, deps: AskingDeps): Promise<Write[]> {
  try {
    const status = await deps.pds.repoStatus(pds, did);
    if (status === 'active') return [];
    if (status === 'deleted') return gone(did, now, now);
    return [
      { write: 'account', did, status, at: now, confirmation: 'confirmed' },
      { write: 'job', kind: 'account', key: did },
    ];
  } catch {
    // Nothing is lost: the next account event asks again.
    return [];
  }
}

/** Whether the account's own PDS agrees with what the stream said of it. Key: the DID. */
export const confirmJob =
  (deps: AskingDeps): JobHandler =>
  async ({ key: did, attempts }, { admission, clock }) => {
    const facts = await admission.factsFor([{ kind: 'identity', did }]);
    const known = facts.identities.get(did);
    if (!known) return { writes: [], next: null };
    const answer = await confirmAccount({ did, status: known.status }, deps);
    if (answer.verdict === 'unreachable') return again(attempts);
    const at = known.statusAt;
    const look: Write = { write: 'job', kind: 'account', key: did };
    const account = (status: string, confirmation: 'confirmed' | 'denied'): Write => ({
      ...{ write: 'account', did, status, at, confirmation },
    });
    if (answer.verdict === 'denied') return { writes: [account(known.status, 'denied'), look], next: null };
    if (answer.verdict === 'confirmed') return { writes: [account(answer.status, 'confirmed'), look], next: null };
    return { writes: gone(did, at, known.status === 'deleted' ? at : clock.now()), next: null };
  };

/** The account is deleted, as its own PDS says: what it wrote before is erased. */
const gone = (did: string, at: number, deletedAt: number): Write[] => [
  { write: 'account', did, status: 'deleted', at, confirmation: 'confirmed' },
  { write: 'erased', did, rev: tidAt(deletedAt) },
  { write: 'job', kind: 'account', key: did },
  { write: 'job', kind: 'erase', key: did },
];
