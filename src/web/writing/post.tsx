// New posts.
import { isDone } from '../../actions/own.ts';
import { post } from '../../actions/posts.ts';
import type { PostDraft } from '../../domain/compose.ts';
import { composeScript } from '../compose-script.ts';
import { say } from '../messages.ts';
import { PostForm, type PostFormProps } from '../pages/compose.tsx';
import { failurePage, placePage } from '../respond.tsx';
import { leadTo } from '../sign-in/door.ts';
import { type Env, failure, sent, toSignIn, toWritten, writerOf } from './desk.ts';
import { KINDS, type Kind } from './kinds.ts';
import { keptPictures, settlePictures, withFiles } from './pictures.ts';

export const isKind = (name: string): name is Kind => Object.hasOwn(KINDS, name);

export function newPostPage(env: Env, kind: string): Response {
  const { url, place } = env;
  if (!isKind(kind)) return failurePage(place, 404);
  if (!writerOf(env)) return toSignIn(env);
  if (!place.site.standing?.actions.includes('post')) return leadTo('/join');
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
  const props = { site: place.site, alert: null, pictures: [], isPreview: false, editing: null, ...given };
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

export async function publish(env: Env, request: Request, kind: string): Promise<Response> {
  if (!isKind(kind)) return failurePage(env.place, 404);
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { fields, writer, alert } = given;
  const draft = draftFrom(fields);
  if (alert || !writer) {
    return postForm(env, { kind, draft, pictures: keptPictures(fields), alert: withFiles(alert, given) }, given.status);
  }
  const { pictures, ...settled } = await settlePictures(env, writer, given, KINDS[kind]);
  if (settled.alert) return postForm(env, { kind, draft, pictures, alert: settled.alert }, settled.status);
  if (fields.has('preview')) return postForm(env, { kind, draft, pictures, isPreview: true });
  const outcome = await post(writer, KINDS[kind], { draft, pictures }, env.web.own);
  if (isDone(outcome)) return toWritten(env, outcome);
  const { alert: why, status } = failure(outcome);
  return postForm(env, { kind, draft, pictures, alert: why }, status);
}
