// Following a space, and following it no more.
import { follow, unfollow } from '../../actions/follow.ts';
import { isDone } from '../../actions/own.ts';
import { failurePage } from '../respond.tsx';
import { leadTo } from '../sign-in/door.ts';
import { type Env, failure, sent, toSignIn } from '../writing/desk.ts';

export async function toggleFollow(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { writer, alert, fields } = given;
  if (!writer) return toSignIn(env, '/about');
  if (alert) return failurePage(env.place, given.status, alert);
  const outcome = await (fields.get('follow') === '1' ? follow : unfollow)(writer, env.web.own);
  if (isDone(outcome)) return leadTo('/about');
  const failed = failure(outcome);
  return failurePage(env.place, failed.status, failed.alert);
}
