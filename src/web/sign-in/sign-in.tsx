// Leaving for one's own server, and coming back.

import { comeBack } from '../../actions/holdings.ts';
import { giveCode, letIn } from '../../auth/carry.ts';
import { entriesOf, sessionCookie, visitCookie, visitOf } from '../../auth/cookies.ts';
import { tokenFor } from '../../auth/guest.ts';
import { hashOf, newSecret } from '../../auth/seal.ts';
import { type Arrived, beginSignIn, finishSignIn, type Problem } from '../../auth/sign-in.ts';
import { scriptPath } from '../assets.ts';
import { nextPath, readForm } from '../form.ts';
import { mayGoOn } from '../limits.ts';
import { say } from '../messages.ts';
import { SignInText } from '../pages/sign-in.tsx';
import { frontPageName, placePage } from '../respond.tsx';
import { withQuery } from '../site.ts';
import { type Env, guestOf, here, hubOf, leadTo } from './door.ts';

interface Shown {
  problem?: Problem;
  who?: string;
  next?: string;
}

export const signInPage = (env: Env, request: Request): Promise<Response> =>
  shown(env, request, { next: nextPath(env.url.searchParams.get('next')) });

const STATUS: Partial<Record<Problem, number>> = { 'too-many': 429, 'server-down': 502 };

/** Gives the browser what its form is known by, where it has nothing yet. */
export async function shown(env: Env, request: Request, { problem, who = '', next = '/' }: Shown): Promise<Response> {
  const guest = guestOf(env);
  const visit = visitOf(request.headers.get('cookie')) ?? newSecret();
  const token = guest.viewer && guest.token ? guest.token : await tokenFor(visit);
  const hub = hubOf(env);
  const name = frontPageName(env.place);
  const isHub = env.web.instanceHosts.includes(here(env).host);
  const props = { name, token, next, who, problem: problem ?? null, hub: isHub ? null : hub, servers: serversAt(env) };
  const response = placePage(env.place, say.signIn, <SignInText {...props} />, {
    status: problem ? (STATUS[problem] ?? 400) : 200,
    script: { src: scriptPath('names'), data: {} },
    leaves: env.web.development ? 'https: http:' : 'https:',
  });
  response.headers.append('set-cookie', visitCookie(visit));
  return response;
}

/** Origins of servers for who has no account: what the space recommends, else the operator. */
function serversAt({ place, web }: Env): string[] {
  const own = place.is === 'space' ? place.site.space.recommendedPds : [];
  const all = own.length > 0 ? own : web.recommendedPds;
  return all.filter((origin) => web.development || origin.startsWith('https:'));
}

export async function signIn(env: Env, request: Request): Promise<Response> {
  const form = await readForm(request, guestOf(env));
  if (form === null) return shown(env, request, { problem: 'stale-form' });
  const next = nextPath(form.get('next'));
  const server = form.get('server');
  // Accounts are made where the place recommends it, and nowhere else.
  if (server !== null && !serversAt(env).includes(server)) return shown(env, request, { problem: 'unreadable', next });
  const who = (server ?? form.get('who') ?? '').slice(0, 2048);
  if (!(await mayGoOn(env.web, request, 'sign-in', null)))
    return shown(env, request, { problem: 'too-many', who, next });
  const visit = visitOf(request.headers.get('cookie')) ?? newSecret();
  const leaving = { origin: here(env).origin, visit: await hashOf(visit), next };
  const begun = await beginSignIn(who, leaving, env.web.auth, { isNew: server !== null });
  if ('problem' in begun) return shown(env, request, { problem: begun.problem, who: server ? '' : who, next });
  return leadTo(begun.leave, [visitCookie(visit)]);
}

/** Where the account's server sends the browser. In development that is another host than the one it left from. */
export async function callback(env: Env, request: Request): Promise<Response> {
  const { origin } = here(env);
  const done = await finishSignIn(env.url.searchParams, origin, guestOf(env).viewer?.did ?? null, env.web.auth);
  const { leaving } = done;
  if (leaving?.connects)
    return leadTo(withQuery(leaving.origin + leaving.next, { problem: 'problem' in done ? done.problem : null }));
  if (leaving !== null && leaving.origin !== origin) {
    const target = `${leaving.origin}/login/carry`;
    if ('problem' in done) return leadTo(withQuery(target, { problem: done.problem, next: leaving.next }));
    return leadTo(withQuery(target, { code: await giveCode(done, null, env.web.auth) }));
  }
  if ('problem' in done) return shown(env, request, { problem: done.problem, next: nextPath(leaving?.next ?? null) });
  return arrive(env, request, done, null);
}

/** The last step of every way in. A new sign-in is told the instance's own host, from where it gets to others. */
export async function arrive(env: Env, request: Request, arrived: Arrived, by: string | null): Promise<Response> {
  const { host, origin } = here(env);
  const cookies = request.headers.get('cookie');
  const at = { host, visit: visitOf(cookies), entries: entriesOf(cookies) };
  const entries = await letIn(arrived, by, at, env.web.auth);
  const next = nextPath(arrived.leaving.next);
  if (entries === null) return shown(env, request, { problem: 'elsewhere', next });
  await comeBack(arrived.did, env.web.own, env.web.read.db);
  const hub = hubOf(env);
  const isNew = by === null && !env.web.instanceHosts.includes(host);
  const target = isNew
    ? withQuery(`${hub.origin}/login/pull`, { from: origin, next: withQuery('/login/back', { to: origin + next }) })
    : next;
  return leadTo(target, [sessionCookie(entries)]);
}
