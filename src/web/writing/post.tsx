// New posts.
import { markdownFacetsIn } from '../../actions/facets.ts';
import { isDone } from '../../actions/own.ts';
import { post } from '../../actions/posts.ts';
import { draftOf, type PostDraft, postRecord, textOf } from '../../domain/compose.ts';
import { collectionOf } from '../../domain/drafts.ts';
import type { Json } from '../../domain/model.ts';
import type { Picture } from '../../domain/pictures.ts';
import { composeScript } from '../compose-script.ts';
import { say } from '../messages.ts';
import { PostForm, type PostFormProps } from '../pages/compose.tsx';
import { failurePage, placePage } from '../respond.tsx';
import { type Env, failure, sent, toJoin, toSignIn, toWritten, writerOf } from './desk.ts';
import { DRAFT, draftAt, forgetDraft, keepDraft, notKept, SAVE } from './drafts.tsx';
import { keyOf, newKey } from './key.ts';
import { KINDS, type Kind, kindOf } from './kinds.ts';
import { keptPictures, settlePictures, withFiles } from './pictures.ts';

export const isKind = (name: string): name is Kind => Object.hasOwn(KINDS, name);

export async function newPostPage(env: Env, kind: string): Promise<Response> {
  const { url, place } = env;
  const writer = writerOf(env);
  if (!isKind(kind)) return failurePage(place, 404);
  if (!writer) return toSignIn(env);
  if (!place.site.standing?.actions.includes('post')) return toJoin(env);
  const kept = await draftAt(env, writer, url.searchParams.get(DRAFT));
  if (kept && kindOf(collectionOf(kept)) === kind) {
    return postForm(env, { kind, draft: draftOf(kept.record), draftId: kept.id });
  }
  const lang = place.site.space.langs[0] ?? '';
  const empty = { title: '', text: '', tags: '', warning: '', feedback: '', lang };
  return postForm(env, { kind, draft: { ...empty, section: url.searchParams.get('section') ?? '' } });
}

export function postForm(
  env: Env,
  given: Partial<PostFormProps> & Pick<PostFormProps, 'kind' | 'draft'>,
  status = 200,
): Response {
  const { place } = env;
  const props = {
    site: place.site,
    alert: null,
    pictures: [],
    preview: null,
    editing: null,
    draftId: null,
    recordKey: newKey(place.site.now),
    ...given,
  };
  const title = props.editing ? say.editTitle : say.newPost[props.kind];
  return placePage(place, title, <PostForm {...props} />, { status, script: composeScript() });
}

export const draftFrom = (fields: URLSearchParams): PostDraft => {
  const field = (name: string): string => fields.get(name) ?? '';
  return {
    ...{ title: field('title'), text: field('text'), section: field('section'), tags: field('tags') },
    ...{ warning: field('warning'), lang: field('lang').trim(), feedback: field('feedback') },
  };
};

/** As they will be in the record. */
export const postFacets = ({ web }: Env, draft: PostDraft): Promise<Json[]> =>
  markdownFacetsIn(textOf(draft), web.own.identity);

export async function publish(env: Env, request: Request, kind: string): Promise<Response> {
  if (!isKind(kind)) return failurePage(env.place, 404);
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { fields, writer, alert } = given;
  const draft = draftFrom(fields);
  const draftId = fields.get(DRAFT);
  const recordKey = keyOf(env.url, env.place.site.now);
  const again = (pictures: Picture[], why: string | null, status: number, preview: Json[] | null = null): Response =>
    postForm(env, { kind, draft, pictures, draftId, recordKey, preview, alert: why }, status);
  if (alert || !writer) return again(keptPictures(fields), withFiles(alert, given), given.status);
  if (fields.has(SAVE)) {
    const record = postRecord(KINDS[kind], draft, { facets: [], pictures: [] }, { $type: KINDS[kind] });
    const saved = await keepDraft(env, writer, fields, record);
    if (saved instanceof Response) return saved;
    const { alert: why, status } = notKept(saved);
    return again(keptPictures(fields), withFiles(why, given), status);
  }
  const { pictures, ...settled } = await settlePictures(env, writer, given, KINDS[kind]);
  if (settled.alert) return again(pictures, settled.alert, settled.status);
  if (fields.has('preview')) return again(pictures, null, 200, await postFacets(env, draft));
  const outcome = await post(writer, KINDS[kind], { draft, pictures, rkey: recordKey }, env.web.own);
  if ('before' in outcome) {
    const editing = { uri: outcome.before, seen: outcome.seen };
    return postForm(env, { kind, draft, pictures, editing, alert: say.publishedBefore }, 409);
  }
  if (isDone(outcome)) {
    await forgetDraft(env, writer, fields);
    return toWritten(env, outcome);
  }
  const { alert: why, status } = failure(outcome);
  return again(pictures, why, status);
}
