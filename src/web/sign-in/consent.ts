// To the server of a group account, which asks whether this instance may write for it.
import { beginSignIn, type Leaving, type Problem } from '../../auth/sign-in.ts';
import { say } from '../messages.ts';
import { type Env, here, leadTo } from './door.ts';

/** `next`: the page to come back to; `again`: that page, where one does not get away from it. */
export async function toConsent(
  env: Env,
  connects: NonNullable<Leaving['connects']>,
  next: string,
  again: (alert: string, status: number) => Promise<Response>,
): Promise<Response> {
  const leaving = { origin: here(env).origin, visit: '', next, connects };
  const begun = await beginSignIn(connects.group, leaving, env.web.auth);
  return 'problem' in begun ? again(say.problem(begun.problem), 502) : leadTo(begun.leave);
}

/** What a callback may have to tell. */
const TOLD: readonly Problem[] = ['declined', 'expired', 'server-down', 'not-the-group', 'elsewhere'];

export function problemIn({ searchParams }: URL): string | null {
  const problem = TOLD.find((known) => known === searchParams.get('problem'));
  return problem ? say.problem(problem) : null;
}
