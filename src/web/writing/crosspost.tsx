// Crossposts: a post of this space in another of the instance, where one may post.
import { crosspost } from '../../actions/crosspost.ts';
import { isDone } from '../../actions/own.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/outcome.ts';
import { isCrosspost, type PostItem } from '../../domain/post.ts';
import { readPost, readTarget, readTargets } from '../../reads/index.ts';
import { say } from '../messages.ts';
import { CrosspostDone, CrosspostText } from '../pages/crosspost.tsx';
import { placePage, refusalPage } from '../respond.tsx';
import { leadTo } from '../sign-in/door.ts';
import { withQuery } from '../site.ts';
import { type Env, failure, sent, toSignIn, writerOf } from './desk.ts';
import { keyOf, newKey } from './key.ts';
import { postHere } from './reply.tsx';

const NOT_THIS = refuse('PostNotFound', 'only a post can be crossposted, from where it was written');

/** What can be shown elsewhere: posts that everybody may see. */
async function sharable(env: Env, uri: string | null): Promise<PostItem | Refusal> {
  if (env.place.site.space.visibility === 'private') return NOT_THIS;
  const post = await postHere(env, uri);
  return isRefusal(post) || (post.root === null && !isCrosspost(post)) ? post : NOT_THIS;
}

interface Shown {
  alert?: string | null;
  chosen?: string;
  note?: string;
  recordKey?: string;
  status?: number;
}

async function form(env: Env, post: PostItem, { status = 200, ...given }: Shown = {}) {
  const { place, web } = env;
  const { site } = place;
  const shown = { alert: null, chosen: '', note: '', recordKey: newKey(site.now), ...given };
  const targets = await readTargets(web.read, site.standing?.did ?? '', site.space);
  const text = <CrosspostText {...{ site, post, targets, ...shown }} />;
  return placePage(place, say.crosspostTitle, text, { status });
}

export async function crosspostPage(env: Env): Promise<Response> {
  const { url, place, web } = env;
  if (!writerOf(env)) return toSignIn(env);
  const post = await sharable(env, url.searchParams.get('uri'));
  if (isRefusal(post)) return refusalPage(place, post);
  const made = url.searchParams.get('made');
  const shown = made === null ? null : await readPost(web.read, made);
  if (shown === null || isRefusal(shown)) return form(env, post);
  return placePage(place, say.crosspostTitle, <CrosspostDone site={place.site} post={post} shown={shown} />);
}

export async function sendCrosspost(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { fields, writer, alert, status } = given;
  const post = await sharable(env, fields.get('uri'));
  if (isRefusal(post)) return refusalPage(env.place, post);
  const { site } = env.place;
  const typed = {
    chosen: fields.get('space') ?? '',
    note: fields.get('note') ?? '',
    recordKey: keyOf(env.url, site.now),
  };
  if (!writer) return toSignIn(env, withQuery('/write/crosspost', { uri: post.uri }));
  if (alert) return form(env, post, { alert, status, ...typed });
  const target = await readTarget(env.web.read, writer.standing.did, typed.chosen, site.space);
  if (!target) return form(env, post, { alert: say.notPermitted, status: 403, ...typed });
  const what = {
    ...{ subject: { uri: post.uri, cid: post.cid }, from: site.space, note: typed.note, rkey: typed.recordKey },
    lang: target.space.langs[0] ?? '',
  };
  const outcome = await crosspost({ ...writer, ...target }, what, env.web.own);
  const made = 'before' in outcome ? { uri: outcome.before } : outcome;
  if (!isDone(made)) return form(env, post, { ...failure(made), ...typed });
  env.web.read.spaces.forget();
  return leadTo(withQuery('/write/crosspost', { uri: post.uri, made: made.uri }));
}
