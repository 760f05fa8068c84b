// Joining, asking to join, and leaving.
import { join, leave } from '../../actions/members.ts';
import { isDone } from '../../actions/own.ts';
import { declineInvitation } from '../../actions/roster/invites.ts';
import { apply, withdraw } from '../../actions/roster/requests.ts';
import { readAdmission } from '../../reads/index.ts';
import { writingPath } from '../form.ts';
import { say } from '../messages.ts';
import { ANSWER, JoinText, LeaveText } from '../pages/join.tsx';
import { placePage } from '../respond.tsx';
import { acting, type Told } from '../roster/acts.ts';
import { leadTo } from '../sign-in/door.ts';
import { joinPath } from '../site.ts';
import { type Env, failure, sent, toSignIn, writerOf } from './desk.ts';

export async function joinPage(env: Env, { alert, status = 200, fields }: Told = {}): Promise<Response> {
  const { place, web, url } = env;
  const { space, standing } = place.site;
  const next = writingPath((fields ?? url.searchParams).get('next'));
  if (next && !alert && standing?.joined && standing.actions.includes('post')) return leadTo(next);
  const admission = standing && (await readAdmission(web.read, space.did, standing.did));
  const typed = fields?.getAll(ANSWER) ?? null;
  const hasLeft = url.searchParams.has('left') && standing?.joined === false;
  const props = { site: place.site, admission, alert: alert ?? null, typed, next, hasLeft };
  return placePage(place, say.join, <JoinText {...props} />, { status });
}

export function leavePage(env: Env, { alert, status = 200 }: Told = {}): Response {
  const { place } = env;
  if (!writerOf(env)) return toSignIn(env);
  if (!place.site.standing?.joined && !alert) return leadTo('/join');
  return placePage(place, say.leave, <LeaveText site={place.site} alert={alert ?? null} />, { status });
}

/** Where a steward decides, the answers are kept here first; then one's own half is written. */
export async function joinSpace(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { writer, alert, status, fields } = given;
  const next = writingPath(fields.get('next'));
  if (!writer) return toSignIn(env, joinPath(next));
  if (alert) return joinPage(env, { alert, status, fields });
  const { own, read } = env.web;
  const { joinPolicy } = writer.space;
  const asks = joinPolicy === 'approval' && !writer.standing.admitted;
  const refused = asks ? await apply(writer, fields.getAll(ANSWER), own) : null;
  if (refused) return joinPage(env, { ...failure(refused), fields });
  const outcome = await join(writer, own);
  if (!isDone(outcome)) return joinPage(env, { ...failure(outcome), fields });
  read.spaces.forget();
  return leadTo(joinPath(next));
}

export async function leaveSpace(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { writer, alert, status } = given;
  if (!writer) return toSignIn(env);
  if (alert) return leavePage(env, { alert, status });
  const outcome = await leave(writer, env.web.own);
  if (!isDone(outcome)) return leavePage(env, failure(outcome));
  env.web.read.spaces.forget();
  return leadTo('/join?left=1');
}

/** The request, and the record that went with it. */
export const withdrawRequest = (env: Env, request: Request): Promise<Response> =>
  acting(
    env,
    request,
    joinPage,
    async (actor) => {
      const refused = await withdraw(actor, env.web.own);
      const writer = writerOf(env);
      if (refused || !writer?.standing.joined) return refused;
      const left = await leave(writer, env.web.own);
      return isDone(left) ? null : joinPage(env, failure(left));
    },
    () => '/join',
  );

export const declineInvite = (env: Env, request: Request): Promise<Response> =>
  acting(
    env,
    request,
    joinPage,
    (actor) => declineInvitation(actor, env.web.own),
    () => '/join',
  );
