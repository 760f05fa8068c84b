// What members say: posts, replies, likes; and taking them back.
import { isValidLanguage } from '@atproto/syntax';
import { NSID } from '../domain/collections.ts';
import {
  beginRecord,
  type PostDraft,
  postRecord,
  type ReplyDraft,
  replyRecord,
  type StrongRef,
  textOf,
} from '../domain/compose.ts';
import { stringsIn } from '../domain/json.ts';
import type { AtUri, JsonObject } from '../domain/model.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import type { Picture } from '../domain/pictures.ts';
import { parseUri } from '../domain/uri.ts';
import { facetsIn, markdownFacetsIn } from './facets.ts';
import { type Before, type Outcome, type OwnDeps, readOwn, type Writer, writeOnce, writeOwn } from './own.ts';

const begin = (collection: string, { space }: Writer, { clock }: OwnDeps): JsonObject =>
  beginRecord(collection, space.did, new Date(clock.now()).toISOString());

/** What the schema cannot say, or not so that its author would understand it. */
function problemIn(record: JsonObject): Refusal | null {
  const no = (why: string): Refusal => refuse('InvalidRequest', why);
  if (record.title === '') return no('a title is needed');
  if (record.$type === NSID.reply && record.text === '' && record.images === undefined)
    return no('a reply needs words or a picture');
  if (!stringsIn(record.langs).every(isValidLanguage)) return no('a language is written as in “en” or “pt-BR”');
  return null;
}

/** `rkey`: of the form that was sent. */
export interface NewPost {
  draft: PostDraft;
  pictures: Picture[];
  rkey: string;
}

/** `collection`: that of stories or of topics. */
export async function post(
  writer: Writer,
  collection: string,
  { draft, pictures, rkey }: NewPost,
  deps: OwnDeps,
): Promise<Outcome | Before> {
  const facets = await markdownFacetsIn(textOf(draft), deps.identity);
  const record = postRecord(collection, draft, { facets, pictures }, begin(collection, writer, deps));
  return problemIn(record) ?? writeOnce(writer, { do: 'post' }, { collection, rkey, record }, deps);
}

export interface Answer {
  draft: ReplyDraft;
  pictures: Picture[];
  root: StrongRef;
  parent: StrongRef;
  rkey: string;
}

export async function reply(writer: Writer, answer: Answer, deps: OwnDeps): Promise<Outcome | Before> {
  const { draft, pictures, root, parent, rkey } = answer;
  const before = { ...begin(NSID.reply, writer, deps), root: { ...root }, parent: { ...parent } };
  const record = replyRecord(draft, await facetsIn(textOf(draft), deps.identity), pictures, before);
  return problemIn(record) ?? writeOnce(writer, { do: 'reply' }, { collection: NSID.reply, rkey, record }, deps);
}

export function like(writer: Writer, subject: StrongRef, deps: OwnDeps): Promise<Outcome> {
  const record = { ...begin(NSID.like, writer, deps), subject: { ...subject } };
  return writeOwn(writer, { do: 'like' }, { act: 'create', collection: NSID.like, record }, deps);
}

export interface Edit {
  /** The version that was edited. Where it is another by now nothing is written. */
  seen: string;
  draft: PostDraft | ReplyDraft;
  pictures: Picture[];
}

export async function edit(
  writer: Writer,
  uri: AtUri,
  { seen, draft, pictures }: Edit,
  deps: OwnDeps,
): Promise<Outcome> {
  const own = await readOwn(writer, uri, deps);
  if (!('parts' in own)) return own;
  const { collection, rkey, did } = own.parts;
  const record =
    'title' in draft
      ? postRecord(
          collection,
          draft,
          { facets: await markdownFacetsIn(textOf(draft), deps.identity), pictures },
          own.value,
        )
      : replyRecord(draft, await facetsIn(textOf(draft), deps.identity), pictures, own.value);
  return (
    problemIn(record) ??
    writeOwn(writer, { do: 'edit', author: did }, { act: 'put', collection, rkey, record, swap: seen }, deps)
  );
}

export function remove(writer: Writer, uri: AtUri, deps: OwnDeps): Promise<Outcome> | Outcome {
  const parts = parseUri(uri);
  if (!parts) return refuse('RecordNotFound', 'there is no such record');
  const { did: author, collection, rkey } = parts;
  return writeOwn(writer, { do: 'delete', author }, { act: 'delete', collection, rkey }, deps);
}
