// Jobs that ask others: an account's name, an account's status.
import type { Did } from '../domain/model.ts';
import { tidAt } from '../domain/tid.ts';
import type { Write } from '../domain/write.ts';
import { type AskHandler, GIVE_UP_AFTER, type JobHandler, type Slice } from '../ingest/jobs.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { PdsPort } from '../ports/pds.ts';
import { confirmAccount, wordOf } from './account.ts';
import { resolveIdentity } from './identity.ts';

interface AskingDeps {
  identity: IdentityPort;
  pds: PdsPort;
}

/** Try again, later each time. */
export const again = (attempts: number): Slice => ({
  writes: [],
  next: null,
  retryIn: Math.min(6 * 3_600_000, 5_000 * 2 ** attempts),
});

/** Hours of asking were in vain. */
const unconfirmed = (did: string, at: number): Slice => ({ writes: [{ write: 'unconfirmed', did, at }], next: null });

/** What the DID document and the handle say now. Key: the DID. */
export const resolveJob =
  (deps: AskingDeps): AskHandler =>
  async ({ key: did, attempts }, { admission, clock }) => {
    const askedAt = clock.now();
    const found = await resolveIdentity(did, deps);
    if (!found) return attempts < GIVE_UP_AFTER ? again(attempts) : unconfirmed(did, clock.now());
    const isKnown = async (): Promise<boolean> =>
      (await admission.factsFor([{ kind: 'identity', did }])).identities.has(did);
    const met = found.pds === null || (await isKnown()) ? [] : await meet({ did, pds: found.pds }, askedAt, deps);
    // What the stream has said meanwhile is confirmed by a question of its own.
    return async () => {
      const news = met.length > 0 && (await isKnown()) ? [] : met;
      return { writes: [{ write: 'identity', ...found, at: clock.now() }, ...news], next: null };
    };
  };

/** Account events of those not met before were passed over: an account that is inactive by then is hidden by what its PDS says. */
async function meet(account: { did: Did; pds: string }, now: number, deps: AskingDeps): Promise<Write[]> {
  const { did } = account;
  try {
    const status = await wordOf(account, deps);
    if (status === 'active') return [];
    if (status === 'deleted') return gone(did, now, now);
    return [
      { write: 'account', did, status, at: now, confirmation: 'confirmed' },
      { write: 'job', kind: 'account', key: did },
    ];
  } catch {
    return [{ write: 'job', kind: 'confirm', key: did }];
  }
}

/** Whether the account's own PDS agrees with what the stream said of it. Key: the DID. */
export const confirmJob =
  (deps: AskingDeps): JobHandler =>
  async ({ key: did, attempts }, { admission, clock }) => {
    const facts = await admission.factsFor([{ kind: 'identity', did }]);
    const known = facts.identities.get(did);
    if (!known) return { writes: [], next: null };
    // What is written while the answer is on its way was not meant by it.
    const askedAt = clock.now();
    const answer = await confirmAccount({ did, status: known.status }, deps);
    if (answer.verdict === 'unreachable') return again(attempts);
    const at = known.statusAt;
    const look: Write = { write: 'job', kind: 'account', key: did };
    const account = (status: string, confirmation: 'confirmed' | 'denied'): Write => ({
      ...{ write: 'account', did, status, at, confirmation },
    });
    // A hint goes on being one; what this server has said itself it takes back.
    const denied =
      known.confirmation === 'confirmed' ? account('active', 'confirmed') : account(known.status, 'denied');
    if (answer.verdict === 'denied') return { writes: [denied, look], next: null };
    if (answer.verdict === 'confirmed') return { writes: [account(answer.status, 'confirmed'), look], next: null };
    return { writes: gone(did, at, known.status === 'deleted' ? at : askedAt), next: null };
  };

/** The account is deleted, as its own PDS says: what it wrote before is erased. */
const gone = (did: string, at: number, deletedAt: number): Write[] => [
  { write: 'account', did, status: 'deleted', at, confirmation: 'confirmed' },
  { write: 'erased', did, rev: tidAt(deletedAt) },
  { write: 'job', kind: 'account', key: did },
  { write: 'job', kind: 'erase', key: did },
];
