// Whatever a form does is counted; how much is left is told with the answer.
import { spend } from '../auth/quota.ts';
import type { Did } from '../domain/model.ts';
import type { Attempt } from '../ports/sign-ins.ts';
import type { WebContext } from './context.ts';

/** False where it was too much. */
export async function mayGoOn(web: WebContext, request: Request, what: Attempt, did: Did | null): Promise<boolean> {
  web.spent = await spend(request, what, did, web.auth);
  return !web.spent?.isOver;
}
