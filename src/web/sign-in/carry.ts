// A sign-in goes from one host of the instance to another, through the browser: `pull` at the one that wants it, `give` at the one
// that has it, `carry` back at the first.
import { giveCode, takeCode } from '../../auth/carry.ts';
import { visitCookie, visitOf } from '../../auth/cookies.ts';
import { hashOf, newSecret } from '../../auth/seal.ts';
import type { Problem } from '../../auth/sign-in.ts';
import { nextPath } from '../form.ts';
import { failurePage } from '../respond.tsx';
import { withQuery } from '../site.ts';
import { type Env, guestOf, here, isOurs, leadTo } from './door.ts';
import { arrive, shown } from './sign-in.tsx';

export async function pull(env: Env, request: Request): Promise<Response> {
  const { url, place } = env;
  const from = url.searchParams.get('from');
  if (from === null || !(await isOurs(env, from))) return failurePage(place, 400);
  const visit = visitOf(request.headers.get('cookie')) ?? newSecret();
  const wish = { to: here(env).origin, visit: await hashOf(visit), next: nextPath(url.searchParams.get('next')) };
  return leadTo(withQuery(`${new URL(from).origin}/login/give`, wish), [visitCookie(visit)]);
}

/** The code is of use only in the browser whose secret has this hash, at the host that it is for. */
export async function give(env: Env): Promise<Response> {
  const { url, place, web } = env;
  const { searchParams } = url;
  const [to, visit, next] = [searchParams.get('to'), searchParams.get('visit') ?? '', searchParams.get('next')];
  if (to === null || !(await isOurs(env, to))) return failurePage(place, 400);
  const { viewer, browser } = guestOf(env);
  if (!viewer) return leadTo(withQuery('/login', { next: url.pathname + url.search }));
  const leaving = { origin: new URL(to).origin, visit, next: nextPath(next) };
  const code = await giveCode({ did: viewer.did, leaving }, browser, web.auth);
  return leadTo(withQuery(`${leaving.origin}/login/carry`, { code }));
}

/** What a callback at another host may have to tell. */
const TOLD: readonly Problem[] = ['declined', 'expired', 'server-down'];

export async function carry(env: Env, request: Request): Promise<Response> {
  const { searchParams } = env.url;
  const problem = TOLD.find((known) => known === searchParams.get('problem'));
  if (problem) return shown(env, request, { problem, next: nextPath(searchParams.get('next')) });
  const taken = await takeCode(searchParams.get('code') ?? '', here(env).origin, env.web.auth);
  return taken ? arrive(env, request, taken.arrived, taken.by) : shown(env, request, { problem: 'expired' });
}

/** From the instance's host back to where somebody signed in; nowhere else. */
export async function goBack(env: Env): Promise<Response> {
  const to = env.url.searchParams.get('to');
  return to !== null && (await isOurs(env, to)) ? leadTo(new URL(to).href) : failurePage(env.place, 400);
}
