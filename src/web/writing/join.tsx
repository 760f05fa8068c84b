// Joining and leaving.
import { join, leave } from '../../actions/members.ts';
import { isDone } from '../../actions/own.ts';
import { say } from '../messages.ts';
import { JoinText, LeaveText } from '../pages/join.tsx';
import { placePage } from '../respond.tsx';
import { leadTo } from '../sign-in/door.ts';
import { type Env, failure, sent, toSignIn, writerOf } from './desk.ts';

interface Shown {
  alert?: string;
  status?: number;
}

export const joinPage = ({ place }: Env, { alert, status = 200 }: Shown = {}): Response =>
  placePage(place, say.join, <JoinText site={place.site} alert={alert ?? null} />, { status });

export function leavePage(env: Env, { alert, status = 200 }: Shown = {}): Response {
  const { place } = env;
  if (!writerOf(env)) return toSignIn(env);
  if (!place.site.standing?.joined && !alert) return leadTo('/join');
  return placePage(place, say.leave, <LeaveText site={place.site} alert={alert ?? null} />, { status });
}

/** `act` with the page that says why not. */
async function change(env: Env, request: Request, act: typeof join, page: typeof joinPage): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { writer, alert, status } = given;
  if (!writer) return toSignIn(env);
  if (alert) return page(env, { alert, status });
  const outcome = await act(writer, env.web.own);
  if (!isDone(outcome)) return page(env, failure(outcome));
  env.web.read.spaces.forget();
  return leadTo(act === join ? '/join' : '/');
}

export const joinSpace = (env: Env, request: Request): Promise<Response> => change(env, request, join, joinPage);
export const leaveSpace = (env: Env, request: Request): Promise<Response> => change(env, request, leave, leavePage);
