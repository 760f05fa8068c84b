// Replies, and likes.
import { facetsIn } from '../../actions/facets.ts';
import { isDone } from '../../actions/own.ts';
import { like, remove, reply } from '../../actions/posts.ts';
import { NSID } from '../../domain/collections.ts';
import { type ReplyDraft, replyDraftOf, replyRecord, type StrongRef, textOf } from '../../domain/compose.ts';
import type { Json } from '../../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/outcome.ts';
import type { Picture } from '../../domain/pictures.ts';
import type { PostItem } from '../../domain/post.ts';
import { referenceIn } from '../../domain/versions.ts';
import { readLikes, readPost } from '../../reads/index.ts';
import { composeScript } from '../compose-script.ts';
import { nextPath } from '../form.ts';
import { say } from '../messages.ts';
import { ReplyForm } from '../pages/compose.tsx';
import { failurePage, placePage, refusalPage } from '../respond.tsx';
import { leadTo } from '../sign-in/door.ts';
import { type Env, failure, sent, toJoin, toSignIn, toWritten, writerOf } from './desk.ts';
import { DRAFT, draftAt, forgetDraft, keepDraft, notKept, SAVE } from './drafts.tsx';
import { keyOf, newKey } from './key.ts';
import { keptPictures, settlePictures, withFiles } from './pictures.ts';

/** A post or reply that shows in this space. */
export async function postHere({ web, place }: Env, uri: string | null): Promise<PostItem | Refusal> {
  const found = await readPost(web.read, uri ?? '');
  if (isRefusal(found)) return found;
  const isHere = found.space.did === place.site.space.did;
  return isHere ? found.post : refuse('PostNotFound', 'there is no such post here');
}

export async function replyPage(env: Env): Promise<Response> {
  const writer = writerOf(env);
  if (!writer) return toSignIn(env);
  if (!env.place.site.standing?.actions.includes('post')) return toJoin(env);
  const { searchParams } = env.url;
  const kept = await draftAt(env, writer, searchParams.get(DRAFT));
  const to = await postHere(env, kept ? (referenceIn(kept.record, 'parent')?.uri ?? null) : searchParams.get('to'));
  // What it was to answer may be gone: its words are not.
  if (isRefusal(to) && !kept) return refusalPage(env.place, to);
  const shown = kept ? { draft: replyDraftOf(kept.record), draftId: kept.id } : {};
  return isRefusal(to) ? replyForm(env, null, { ...shown, alert: say.answeredIsGone }, 404) : replyForm(env, to, shown);
}

interface ReplyShown {
  draft?: ReplyDraft;
  pictures?: Picture[];
  editing?: { uri: string; seen: string } | null;
  preview?: Json[] | null;
  alert?: string | null;
  draftId?: string | null;
  recordKey?: string;
}

/** `to` null where a reply is edited. */
export function replyForm({ place }: Env, to: PostItem | null, shown: ReplyShown, status = 200): Response {
  const { site } = place;
  const draft = { text: '', lang: site.space.langs[0] ?? '', warning: '' };
  const fresh = { draft, pictures: [], editing: null, preview: null, alert: null, draftId: null };
  const props = { ...fresh, recordKey: newKey(site.now), ...shown };
  const title = props.editing ? say.editTitle : say.answer;
  return placePage(place, title, <ReplyForm site={site} to={to} {...props} />, { status, script: composeScript() });
}

export const replyDraftFrom = (fields: URLSearchParams): ReplyDraft => ({
  ...{ text: fields.get('text') ?? '', lang: (fields.get('lang') ?? '').trim(), warning: fields.get('warning') ?? '' },
});

const refOf = ({ uri, cid }: PostItem): StrongRef => ({ uri, cid });

export async function sendReply(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { fields, writer, alert } = given;
  const draft = replyDraftFrom(fields);
  const to = await postHere(env, fields.get('to'));
  const draftId = fields.get(DRAFT);
  const recordKey = keyOf(env.url, env.place.site.now);
  const again = (pictures: Picture[], why: string | null, status: number, preview: Json[] | null = null): Response =>
    replyForm(env, isRefusal(to) ? null : to, { draft, pictures, draftId, recordKey, alert: why, preview }, status);
  if (isRefusal(to)) return again(keptPictures(fields), withFiles(alert ?? say.answeredIsGone, given), 404);
  if (alert || !writer) return again(keptPictures(fields), withFiles(alert, given), given.status);
  if (fields.has(SAVE)) {
    const before = { $type: NSID.reply, parent: { ...refOf(to) } };
    const saved = await keepDraft(env, writer, fields, replyRecord(draft, [], [], before));
    if (saved instanceof Response) return saved;
    const { alert: why, status } = notKept(saved);
    return again(keptPictures(fields), withFiles(why, given), status);
  }
  const { pictures, ...settled } = await settlePictures(env, writer, given, NSID.reply);
  if (settled.alert) return again(pictures, settled.alert, settled.status);
  const root = to.root === null ? to : await postHere(env, to.root);
  if (isRefusal(root)) return again(pictures, say.answeredIsGone, 404);
  if (fields.has('preview')) return again(pictures, null, 200, await facetsOf(env, draft));
  const answer = { draft, pictures, root: refOf(root), parent: refOf(to), rkey: recordKey };
  const outcome = await reply(writer, answer, env.web.own);
  if ('before' in outcome) {
    const editing = { uri: outcome.before, seen: outcome.seen };
    return replyForm(env, null, { draft, pictures, editing, alert: say.publishedBefore }, 409);
  }
  if (isDone(outcome)) {
    await forgetDraft(env, writer, fields);
    return toWritten(env, outcome);
  }
  const { alert: why, status } = failure(outcome);
  return again(pictures, why, status);
}

/** As they will be in the record. */
export const facetsOf = ({ web }: Env, draft: ReplyDraft): Promise<Json[]> => facetsIn(textOf(draft), web.own.identity);

/** Likes, or takes the like back. */
export async function toggleLike(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { fields, writer, alert } = given;
  const { place, web } = env;
  const back = nextPath(fields.get('back'));
  if (!writer) return toSignIn(env, back);
  if (alert) return failurePage(place, given.status, alert);
  const subject = await postHere(env, fields.get('uri'));
  if (isRefusal(subject)) return refusalPage(place, subject);
  const { did } = writer.standing;
  const before = (await readLikes(web.read, writer.space.did, did, [subject.uri])).get(subject.uri);
  const outcome = before ? await remove(writer, before, web.own) : await like(writer, refOf(subject), web.own);
  if (isDone(outcome)) return leadTo(back);
  const failed = failure(outcome);
  return failurePage(place, failed.status, failed.alert);
}
