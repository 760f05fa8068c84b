// What a page takes out of a record, whoever's lexicon it follows.
import { isTitled } from '../domain/collections.ts';
import type { JsonObject } from '../domain/model.ts';
import type { PostItem } from '../domain/post.ts';
import { parseUri } from '../domain/uri.ts';

const LANGUAGE = /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}$/i;
/** Where lexicons keep their text, ours first. */
const TEXTS = ['text', 'textContent', 'content', 'body', 'note'];

/** The main language its author names, for `lang`. */
export function contentLang(record: JsonObject | null): string | undefined {
  const [lang] = Array.isArray(record?.langs) ? record.langs : [];
  return typeof lang === 'string' && LANGUAGE.test(lang) ? lang : undefined;
}

/** The text as written; the excerpt where the record is not at hand. */
export function textOf({ record, excerpt }: PostItem): string {
  if (record === null) return excerpt;
  const found = TEXTS.map((name) => record[name]).find((value) => typeof value === 'string');
  return typeof found === 'string' ? found : '';
}

/** Only of our own records is it known that their text is Markdown. */
export const isMarkdown = (post: PostItem): boolean => isTitled(parseUri(post.uri)?.collection ?? '');
