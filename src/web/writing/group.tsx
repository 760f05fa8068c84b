// Connecting the group account: whoever may sign in as the group at its own server, and may configure it here.
import { connectByPassword, serverWithoutOAuth } from '../../auth/app-password.ts';
import { isRefusal } from '../../domain/outcome.ts';
import { refusalOf } from '../../domain/permission.ts';
import { readGroupLog } from '../../reads/index.ts';
import { say } from '../messages.ts';
import { GroupText } from '../pages/group.tsx';
import { GroupLogText } from '../pages/group-log.tsx';
import { failurePage, placePage, refusalPage } from '../respond.tsx';
import { toConsent } from '../sign-in/consent.ts';
import { leadTo } from '../sign-in/door.ts';
import { type Env, sent, toSignIn } from './desk.ts';

const mayConfigure = ({ place: { site } }: Env): boolean =>
  site.standing !== null && refusalOf(site.standing, { do: 'configure-group' }) === null;

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

/** What was sent by somebody who may, and for which group. */
async function given(env: Env, request: Request) {
  const form = await sent(env, request);
  if (form instanceof Response) return form;
  const { writer, alert, status, fields } = form;
  if (!writer || alert) return groupPage(env, alert, status);
  if (!mayConfigure(env)) return failurePage(env.place, 404);
  return { fields, group: env.place.site.space.did, by: writer.standing.did, more: fields.has('more') };
}

export async function connectGroup(env: Env, request: Request): Promise<Response> {
  const form = await given(env, request);
  if (form instanceof Response) return form;
  const { group, by, more } = form;
  return toConsent(env, { group, by, more }, '/group', (alert, status) => groupPage(env, alert, status));
}

/** Where the server of the group account knows no better way. */
export async function connectWithPassword(env: Env, request: Request): Promise<Response> {
  const form = await given(env, request);
  if (form instanceof Response) return form;
  const { fields, ...connecting } = form;
  const password = fields.get('password') ?? '';
  const problem = await connectByPassword({ ...connecting, password }, env.web.auth);
  return problem === null ? leadTo('/group') : groupPage(env, say.passwordProblems[problem], 400);
}

export async function disconnectGroup(env: Env, request: Request): Promise<Response> {
  const form = await given(env, request);
  if (form instanceof Response) return form;
  await env.web.auth.groups.release(form.group, form.by);
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
