// Changing and deleting what one wrote.
import { isDone, readOwn } from '../../actions/own.ts';
import { edit, remove } from '../../actions/posts.ts';
import { NSID } from '../../domain/collections.ts';
import { draftOf, replyDraftOf } from '../../domain/compose.ts';
import { isRefusal } from '../../domain/outcome.ts';
import { type Picture, picturesOf } from '../../domain/pictures.ts';
import { parseUri } from '../../domain/uri.ts';
import { say } from '../messages.ts';
import { DeleteText } from '../pages/compose.tsx';
import { failurePage, placePage, refusalPage } from '../respond.tsx';
import { withQuery } from '../site.ts';
import { type Env, failure, sent, toSignIn, toWritten, writerOf } from './desk.ts';
import { kindOf } from './kinds.ts';
import { keptPictures, settlePictures, withFiles } from './pictures.ts';
import { draftFrom, postFacets, postForm } from './post.tsx';
import { facetsOf, postHere, replyDraftFrom, replyForm } from './reply.tsx';

/** Begins from what stands at the author's own server now. */
export async function editPage(env: Env): Promise<Response> {
  const { url, place, web } = env;
  const writer = writerOf(env);
  if (!writer) return toSignIn(env);
  const uri = url.searchParams.get('uri') ?? '';
  const own = await readOwn(writer, uri, web.own);
  if (isRefusal(own)) return failurePage(place, 404);
  if (!('parts' in own)) return failurePage(place, failure(own).status, failure(own).alert);
  const editing = { uri, seen: own.cid };
  const kind = kindOf(own.parts.collection);
  const pictures = picturesOf(own.value);
  if (kind) return postForm(env, { kind, draft: draftOf(own.value), pictures, editing });
  if (own.parts.collection !== NSID.reply) return failurePage(place, 404);
  return replyForm(env, null, { draft: replyDraftOf(own.value), pictures, editing });
}

export async function saveEdit(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { fields, writer, alert } = given;
  const editing = { uri: fields.get('uri') ?? '', seen: fields.get('seen') ?? '' };
  const collection = parseUri(editing.uri)?.collection ?? '';
  const kind = kindOf(collection);
  if (!kind && collection !== NSID.reply) return failurePage(env.place, 404);
  const again = async (pictures: Picture[], why: string | null, status: number, isPreview = false) => {
    if (kind) {
      const draft = draftFrom(fields);
      const preview = isPreview ? await postFacets(env, draft) : null;
      return postForm(env, { kind, draft, pictures, editing, alert: why, preview }, status);
    }
    const draft = replyDraftFrom(fields);
    const preview = isPreview ? await facetsOf(env, draft) : null;
    return replyForm(env, null, { draft, pictures, editing, alert: why, preview }, status);
  };
  if (alert || !writer) return again(keptPictures(fields), withFiles(alert, given), given.status);
  const { pictures, ...settled } = await settlePictures(env, writer, given, collection);
  if (settled.alert) return again(pictures, settled.alert, settled.status);
  if (fields.has('preview')) return again(pictures, null, 200, true);
  const draft = kind ? draftFrom(fields) : replyDraftFrom(fields);
  const outcome = await edit(writer, editing.uri, { seen: editing.seen, draft, pictures }, env.web.own);
  if (isDone(outcome)) return toWritten(env, outcome);
  const { alert: why, status } = failure(outcome);
  return again(pictures, why, status);
}

export async function deletePage(
  env: Env,
  uri = env.url.searchParams.get('uri'),
  alert: string | null = null,
  status = 200,
): Promise<Response> {
  const { place } = env;
  if (!writerOf(env)) return toSignIn(env, withQuery('/write/delete', { uri }));
  const post = await postHere(env, uri);
  if (isRefusal(post)) return refusalPage(place, post);
  if (post.author.did !== place.site.standing?.did) return failurePage(place, 404);
  return placePage(place, say.deleteTitle, <DeleteText site={place.site} alert={alert} post={post} />, { status });
}

export async function deletePost(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { fields, writer, alert } = given;
  const uri = fields.get('uri');
  if (alert || !writer) return deletePage(env, uri, alert, given.status);
  const post = await postHere(env, uri);
  if (isRefusal(post)) return refusalPage(env.place, post);
  const outcome = await remove(writer, post.uri, env.web.own);
  if (!isDone(outcome)) return deletePage(env, uri, failure(outcome).alert, failure(outcome).status);
  // Of a reply its thread is still there.
  const root = post.root === null ? null : await postHere(env, post.root);
  return toWritten(env, root && !isRefusal(root) ? { uri: root.uri } : outcome);
}
