// Answers requests for a post at its address, and for one of its replies.
import { NSID } from '../../domain/collections.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/outcome.ts';
import { isCrosspost, type PostItem, type ReplyNode, type ReplySort, type Thread } from '../../domain/post.ts';
import { parseUri } from '../../domain/uri.ts';
import {
  foldMuted,
  type ReadContext,
  readEvidence,
  readLikes,
  readLooks,
  readOwnMutes,
  readThread,
  readThreadAt,
  verifyRecord,
  withOriginals,
} from '../../reads/index.ts';
import { addressOf } from '../address-of.ts';
import type { Shelf } from '../attachments.ts';
import { cardImage } from '../card.ts';
import { composeScript } from '../compose-script.ts';
import type { Visit, WebContext } from '../context.ts';
import { threadData } from '../linked-data.ts';
import { say } from '../messages.ts';
import { ReplyPage, ThreadPage } from '../pages/thread.tsx';
import { type Likes, shownIn } from '../parts/acts.tsx';
import { VERIFY } from '../parts/verified.tsx';
import { isWithheld, warningWords } from '../parts/warning.tsx';
import { choice, isRefused, text } from '../query.ts';
import { redirectTo, refusalPage, sitePage } from '../respond.tsx';
import { authorName, pathOf, replyId, type Site, withQuery } from '../site.ts';

type Env = Visit<'space'>['Bindings'];

/** Direct replies on a page, and levels below the post. */
const LIMIT = 50;
const DEPTH = 6;
const SORTS = Object.keys(say.replySorts) as ReplySort[];

interface Asked {
  /** The author's server is to be asked for a proof now. */
  verify: boolean;
  sort: ReplySort;
  cursor: string | null;
  reply: string | null;
}

function askedOf({ url }: Env): Asked | Refusal {
  const sort = choice(url, 'sort', SORTS, 'old');
  const cursor = text(url, 'cursor');
  const reply = text(url, 'reply');
  const verify = url.searchParams.has(VERIFY);
  if (isRefused(sort)) return sort;
  if (isRefused(cursor)) return cursor;
  return isRefused(reply) ? reply : { sort, cursor, reply, verify };
}

/** At `/<section>/<rkey>` or `/<section>/<rkey>~<did>`. A post asked for under another section is sent to its own. */
export async function threadPage(env: Env): Promise<Response> {
  // As it was sent: a DID may hold a percent sign of its own.
  const { pathname, search } = env.url;
  const asked = askedOf(env);
  if (isRefusal(asked)) return refusalPage(env.place, asked);
  const name = pathname.slice(pathname.lastIndexOf('/') + 1).replace(/%7e/gi, '~');
  const thread = await readNamed(env, name, asked);
  if (isRefusal(thread)) return refusalPage(env.place, thread);
  const path = pathOf(thread.post);
  // Sections change: browsers may not keep where a post has moved to.
  if (path !== pathname) return redirectTo(path + search, 301);
  const [post = thread.post] = await withOriginals(env.web.read, thread.post.space, [thread.post]);
  const whole = { ...thread, post };
  return asked.reply === null ? wholeThread(env, whole, asked) : oneReply(env, whole, asked);
}

async function wholeThread({ place, web }: Env, thread: Thread, { sort, cursor, verify }: Asked): Promise<Response> {
  const { site } = place;
  const { post } = thread;
  const evidence = verify ? await verifyRecord(web.read, post.uri) : await readEvidence(web.read, post);
  const busy = evidence !== null && isRefusal(evidence) && evidence.refusal === 'RateLimitExceeded';
  // What was proven to be gone is gone from here too; a newer version shows when it is asked for again.
  if (evidence !== null && isRefusal(evidence) && !busy) return refusalPage(place, evidence);
  const proof = evidence !== null && isRefusal(evidence) ? null : evidence;
  if (verify && proof && proof.cid !== post.cid) return redirectTo(pathOf(post), 302);
  const description = describe(post.labels, post.excerpt);
  const head = {
    title: post.title || say.untitled,
    description,
    path: withQuery(pathOf(post), { cursor }),
    type: 'article' as const,
    image: cardImage(post, site),
    script: site.standing?.actions.includes('post') ? composeScript() : null,
    record: post.uri,
    ...(verify ? { index: false } : {}),
    linkedData: isWithheld(post.labels) || isCrosspost(post) ? null : threadData(thread, site, description),
  };
  const mutes = await readOwnMutes(web.read);
  const props = {
    ...{ site, mutes, thread: foldMuted(thread, mutes) },
    likes: await likesIn(web.read, site, thread),
    sort,
    isFirst: cursor === null,
    evidence: proof,
    asked: verify,
    shelf: await shelfFor(thread, web),
  };
  return sitePage(site, head, <ThreadPage {...props} />);
}

/** Visitors like nothing, and cost no question. */
const likesIn = async (read: ReadContext, { space, standing }: Site, thread: Thread): Promise<Likes> =>
  standing ? readLikes(read, space.did, standing.did, shownIn(thread)) : new Map();

async function shelfFor({ post, replies }: Thread, { read, resizes }: WebContext): Promise<Shelf> {
  return { looks: await readLooks(read.db, [post, ...replies.flatMap(postsIn)]), resizes };
}

const postsIn = ({ post, replies }: ReplyNode): PostItem[] => [...(post ? [post] : []), ...replies.flatMap(postsIn)];

/** Content that is folded away is not told outside of the fold either. */
const describe = (labels: string[], excerpt: string): string =>
  isWithheld(labels) ? '' : (warningWords(labels) ?? excerpt);

async function oneReply(env: Env, { post: root }: Thread, { sort, cursor, reply }: Asked): Promise<Response> {
  const { web, place } = env;
  const gone = refuse('PostNotFound', 'there is no such reply');
  const { rkey, did } = addressOf(reply ?? '');
  const uri = parseUri(`at://${did}/${NSID.reply}/${rkey}`) && `at://${did}/${NSID.reply}/${rkey}`;
  const found = uri
    ? await readThread(web.read, uri, { sort, depth: DEPTH, limit: LIMIT, cursor, withRecord: true })
    : gone;
  if (isRefusal(found)) return refusalPage(place, found);
  const { thread } = found;
  if (thread.post.root !== root.uri) return refusalPage(place, gone);
  const likes = await likesIn(web.read, place.site, thread);
  const mutes = await readOwnMutes(web.read);
  const head = {
    title: `${say.replyBy(authorName(thread.post.author))}: ${root.title || say.untitled}`,
    description: describe(thread.post.labels, thread.post.excerpt),
    path: withQuery(pathOf(root), { reply: replyId(thread.post) }),
    record: thread.post.uri,
    index: false,
  };
  return sitePage(
    place.site,
    head,
    <ReplyPage
      {...{ site: place.site, root, likes, mutes, thread: foldMuted(thread, mutes) }}
      isFirst={cursor === null}
      shelf={await shelfFor(thread, web)}
    />,
  );
}

/** An rkey may itself hold what looks like a DID: the whole is tried where the parts name nothing. */
async function readNamed({ web, place }: Env, name: string, { sort, cursor, reply }: Asked): Promise<Thread | Refusal> {
  const query =
    reply === null
      ? { sort, depth: DEPTH, limit: LIMIT, cursor, withRecord: true }
      : { sort: 'old' as const, depth: 0, limit: 1 };
  const address = addressOf(name);
  const thread = await readThreadAt(web.read, place.site.space, address, query);
  const isGone = isRefusal(thread) && thread.refusal === 'PostNotFound' && address.did !== undefined;
  return isGone ? readThreadAt(web.read, place.site.space, { rkey: name }, query) : thread;
}
