// Connecting the group account: whoever may sign in as the group at its own server, and may configure it here.
import { visitOf } from '../../auth/cookies.ts';
import { hashOf } from '../../auth/seal.ts';
import { beginSignIn, type Problem } from '../../auth/sign-in.ts';
import { refusalOf } from '../../domain/permission.ts';
import { say } from '../messages.ts';
import { GroupText } from '../pages/group.tsx';
import { failurePage, placePage } from '../respond.tsx';
import { here, leadTo } from '../sign-in/door.ts';
import { type Env, sent, toSignIn } from './desk.ts';

const mayConfigure = ({ place: { site } }: Env): boolean =>
  site.standing !== null && refusalOf(site.standing, { do: 'configure-group' }) === null;

/** What a callback may have to tell. */
const TOLD: readonly Problem[] = ['declined', 'expired', 'server-down', 'not-the-group'];

export function problemIn({ searchParams }: URL): string | null {
  const problem = TOLD.find((known) => known === searchParams.get('problem'));
  return problem ? say.problem(problem) : null;
}

export async function groupPage(env: Env, alert: string | null = null, status = 200): Promise<Response> {
  const { place, web } = env;
  const { site } = place;
  if (!site.standing) return toSignIn(env);
  // Who may not do this is not told that it is there.
  if (!mayConfigure(env)) return failurePage(place, 404);
  const { did } = site.space;
  const { groups } = web.auth;
  const [connection, { deeds }] = await Promise.all([groups.connection(did), groups.log(did)]);
  const props = { site, connection, deeds, alert };
  return placePage(place, say.groupAccount, <GroupText {...props} />, {
    status,
    leaves: web.development ? 'https: http:' : 'https:',
  });
}

export async function connectGroup(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  if (!given.writer || given.alert) return groupPage(env, given.alert, given.status);
  if (!mayConfigure(env)) return failurePage(env.place, 404);
  const { did } = env.place.site.space;
  const visit = visitOf(request.headers.get('cookie'));
  const leaving = {
    ...{ origin: here(env).origin, visit: visit === null ? '' : await hashOf(visit), next: '/group' },
    connects: { group: did, by: given.writer.standing.did, more: given.fields.has('more') },
  };
  const begun = await beginSignIn(did, leaving, env.web.auth);
  return 'problem' in begun ? groupPage(env, say.problem(begun.problem), 502) : leadTo(begun.leave);
}

export async function disconnectGroup(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  if (!given.writer || given.alert) return groupPage(env, given.alert, given.status);
  if (!mayConfigure(env)) return failurePage(env.place, 404);
  await env.web.auth.groups.release(env.place.site.space.did, given.writer.standing.did);
  return leadTo('/group');
}
