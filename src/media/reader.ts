// Who may see what is not for everybody: whoever is signed in at the space's site, and may read the space.
import { guestOf } from '../auth/guest.ts';
import { isRefusal } from '../domain/outcome.ts';
import type { AccountsPort } from '../ports/accounts.ts';
import { type ReadContext, readSpaceByHost } from '../reads/index.ts';

export const readers =
  (accounts: AccountsPort, read: ReadContext) =>
  async (request: Request, hostname: string): Promise<boolean> => {
    const { viewer } = await guestOf(request, hostname, accounts);
    return viewer !== null && !isRefusal(await readSpaceByHost({ ...read, viewer }, hostname));
  };
