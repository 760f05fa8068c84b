// Replies, and likes.
import { isDone } from '../../actions/own.ts';
import { like, remove, reply } from '../../actions/posts.ts';
import type { StrongRef } from '../../domain/compose.ts';
import type { PostItem } from '../../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/outcome.ts';
import { readLikes, readPost } from '../../reads/index.ts';
import { nextPath } from '../form.ts';
import { say } from '../messages.ts';
import { ReplyForm } from '../pages/compose.tsx';
import { failurePage, placePage, refusalPage } from '../respond.tsx';
import { leadTo } from '../sign-in/door.ts';
import { type Env, failure, sent, toSignIn, toWritten, writerOf } from './desk.ts';

/** A post or reply that shows in this space. */
export async function postHere({ web, place }: Env, uri: string | null): Promise<PostItem | Refusal> {
  const found = await readPost(web.read, uri ?? '');
  if (isRefusal(found)) return found;
  const isHere = found.space.did === place.site.space.did;
  return isHere ? found.post : refuse('PostNotFound', 'there is no such post here');
}

export async function replyPage(env: Env): Promise<Response> {
  if (!writerOf(env)) return toSignIn(env);
  if (!env.place.site.standing?.actions.includes('post')) return leadTo('/join');
  const to = await postHere(env, env.url.searchParams.get('to'));
  return isRefusal(to) ? refusalPage(env.place, to) : replyForm(env, to, {});
}

const replyForm = (env: Env, to: PostItem, { alert = null, text = '', status = 200 }: ReplyShown): Response => {
  const { place } = env;
  const form = <ReplyForm site={place.site} alert={alert} text={text} to={to} editing={null} />;
  return placePage(place, say.answer, form, { status });
};

interface ReplyShown {
  alert?: string | null;
  text?: string;
  status?: number;
}

const refOf = ({ uri, cid }: PostItem): StrongRef => ({ uri, cid });

export async function sendReply(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { fields, writer, alert } = given;
  const text = fields.get('text') ?? '';
  const to = await postHere(env, fields.get('to'));
  if (isRefusal(to)) return refusalPage(env.place, to);
  if (alert || !writer) return replyForm(env, to, { alert, text, status: given.status });
  const root = to.root === null ? to : await postHere(env, to.root);
  if (isRefusal(root)) return refusalPage(env.place, root);
  const outcome = await reply(writer, { text, root: refOf(root), parent: refOf(to) }, env.web.own);
  return isDone(outcome) ? toWritten(env, outcome) : replyForm(env, to, { ...failure(outcome), text });
}

/** Likes, or takes the like back. */
export async function toggleLike(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { fields, writer, alert } = given;
  const { place, web } = env;
  if (!writer) return toSignIn(env);
  if (alert) return failurePage(place, 400, alert);
  const subject = await postHere(env, fields.get('uri'));
  if (isRefusal(subject)) return refusalPage(place, subject);
  const { did } = writer.standing;
  const before = (await readLikes(web.read, writer.space.did, did, [subject.uri])).get(subject.uri);
  const outcome = before ? await remove(writer, before, web.own) : await like(writer, refOf(subject), web.own);
  if (!isDone(outcome)) return failurePage(place, 400, failure(outcome).alert);
  return leadTo(nextPath(fields.get('back')));
}
