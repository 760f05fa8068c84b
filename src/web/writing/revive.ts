// A space without life is kept open, or opened again, by somebody who may.
import { refusalOf } from '../../domain/permission.ts';
import { failurePage } from '../respond.tsx';
import { leadTo } from '../sign-in/door.ts';
import { type Env, sent, toSignIn } from './desk.ts';

export async function revive(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { writer, alert, status } = given;
  if (!writer) return toSignIn(env, '/');
  if (alert) return failurePage(env.place, status, alert);
  if (refusalOf(writer.standing, { do: 'revive' })) return failurePage(env.place, 404);
  await env.web.founding.operator.indexer.operate({ order: 'revive', space: writer.space.did });
  env.web.read.spaces.forget();
  return leadTo('/');
}
