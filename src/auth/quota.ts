// What may be tried and written in a while, by one account and from one address.
import type { Did } from '../domain/model.ts';
import { type Quota, tightest } from '../domain/quota.ts';
import type { AccountsPort } from '../ports/accounts.ts';
import type { Attempt, SignInsPort } from '../ports/sign-ins.ts';

export interface Counters {
  accounts: Pick<AccountsPort, 'spend'>;
  signIns: Pick<SignInsPort, 'tries'>;
}

/** Counts once more. The edge names every client; on a developer's machine there is only one, which nothing is counted of. */
export async function spend(
  request: Request,
  what: Attempt,
  did: Did | null,
  { accounts, signIns }: Counters,
): Promise<Quota | null> {
  const address = request.headers.get('cf-connecting-ip');
  return tightest(
    await Promise.all([
      address === null ? null : signIns.tries(address, what),
      did === null ? null : accounts.spend(did),
    ]),
  );
}
