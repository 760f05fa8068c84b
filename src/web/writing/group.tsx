// Connecting the group account: whoever may sign in as the group at its own server, and may configure it here.
import { connectByPassword, serverWithoutOAuth } from '../../auth/app-password.ts';
import { beginSignIn, type Problem } from '../../auth/sign-in.ts';
import { isRefusal } from '../../domain/outcome.ts';
import { refusalOf } from '../../domain/permission.ts';
import { readGroupLog } from '../../reads/index.ts';
import { say } from '../messages.ts';
import { GroupText } from '../pages/group.tsx';
import { GroupLogText } from '../pages/group-log.tsx';
import { failurePage, placePage, refusalPage } from '../respond.tsx';
import { here, leadTo } from '../sign-in/door.ts';
import { type Env, sent, toSignIn } from './desk.ts';

const mayConfigure = ({ place: { site } }: Env): boolean =>
  site.standing !== null && refusalOf(site.standing, { do: 'configure-group' }) === null;

/** What a callback may have to tell. */
const TOLD: readonly Problem[] = ['declined', 'expired', 'server-down', 'not-the-group', 'elsewhere'];

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
  const [connection, log] = await Promise.all([
    groups.connection(did),
    readGroupLog(web.read, site.space, site.standing, { limit: 10 }, groups),
  ]);
  const takesPassword = !connection.isConnected && (await serverWithoutOAuth(did, web.auth)) !== null;
  const props = { site, connection, deeds: isRefusal(log) ? [] : log.items, takesPassword, alert };
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
  const leaving = {
    ...{ origin: here(env).origin, visit: '', next: '/group' },
    connects: { group: did, by: given.writer.standing.did, more: given.fields.has('more') },
  };
  const begun = await beginSignIn(did, leaving, env.web.auth);
  return 'problem' in begun ? groupPage(env, say.problem(begun.problem), 502) : leadTo(begun.leave);
}

/** Where the server of the group account knows no better way. */
export async function connectWithPassword(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  if (!given.writer || given.alert) return groupPage(env, given.alert, given.status);
  if (!mayConfigure(env)) return failurePage(env.place, 404);
  const group = env.place.site.space.did;
  const { fields } = given;
  const password = fields.get('password') ?? '';
  const connecting = { group, by: given.writer.standing.did, password, more: fields.has('more') };
  const problem = await connectByPassword(connecting, env.web.auth);
  return problem === null ? leadTo('/group') : groupPage(env, say.passwordProblems[problem], 400);
}

export async function disconnectGroup(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  if (!given.writer || given.alert) return groupPage(env, given.alert, given.status);
  if (!mayConfigure(env)) return failurePage(env.place, 404);
  await env.web.auth.groups.release(env.place.site.space.did, given.writer.standing.did);
  return leadTo('/group');
}

export async function groupLogPage(env: Env): Promise<Response> {
  const { place, web, url } = env;
  const { space, standing, now } = place.site;
  if (!standing) return toSignIn(env);
  const [deed, cursor] = [url.searchParams.get('deed'), url.searchParams.get('cursor')];
  const query = { deed: deed ?? undefined, cursor, limit: 50 };
  const page = await readGroupLog(web.read, space, standing, query, web.auth.groups);
  if (isRefusal(page)) return refusalPage(place, page);
  const props = { page, deed, isFirst: cursor === null, now };
  return placePage(place, say.groupLog, <GroupLogText {...props} />);
}
