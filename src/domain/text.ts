// Words of a post as plain text, for lists and search.
import { objectIn, objectsIn } from './json.ts';
import type { JsonObject } from './model.ts';

/** Control, bidirectional override and invisible characters; the joiners that scripts and emoji need stay. */
const TRICKS = /(?![\t\n])[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

export const withoutTricks = (text: string): string => text.replace(TRICKS, '');

/** A name or title on one line, at most `length` code points. */
export function oneLine(text: string, length = 300): string {
  return clip(
    withoutTricks(text.slice(0, length * 8))
      .replace(/\s+/g, ' ')
      .trim(),
    length,
  );
}

/** At most `length` code points, with an ellipsis where something was cut. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const points = Array.from(text.slice(0, length * 2 + 2));
  return points.length <= length
    ? text
    : `${points
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}

/** Markdown's marks taken off, roughly: this is for excerpts and search, never for display as HTML. */
export function plainText(markdown: string): string {
  return withoutTricks(markdown)
    .replace(/\\$/gm, '')
    .replace(/!?\[([^[\]]{0,500})\]\([^()\s]{0,2000}\)/g, '$1')
    .replace(/^ {0,3}(?:#{1,6} |> ?|[-*+] |\d{1,9}[.)] |`{3,}.*$|~{3,}.*$)/gm, '')
    .replace(/[*_~`]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const EXCERPT = 280;
const SEARCHED = 100_000;

export interface PostWords {
  title: string;
  excerpt: string;
  /** What search indexes, beside the title. */
  text: string;
}

const words = (record: JsonObject, ...names: string[]): string => {
  for (const name of names) if (typeof record[name] === 'string') return record[name];
  return '';
};

/** Fields as ours and `site.standard.document` call them. */
export function postWords(record: JsonObject): PostWords {
  const text = plainText(words(record, 'text', 'textContent', 'content', 'body', 'note').slice(0, SEARCHED));
  const summary = plainText(words(record, 'summary', 'description').slice(0, 4000));
  return { title: oneLine(words(record, 'title', 'name')), excerpt: clip(summary || text, EXCERPT), text };
}

/** Tags, lower-cased and without `#`, each once; at most 8. */
export function tagsOf(record: JsonObject): string[] {
  if (!Array.isArray(record.tags)) return [];
  const tags = record.tags
    .slice(0, 8)
    .flatMap((tag) => (typeof tag === 'string' ? [normalTag(tag)] : []))
    .filter((tag) => tag !== '');
  return [...new Set(tags)];
}

export const normalTag = (tag: string): string =>
  oneLine(
    oneLine(tag)
      .toLowerCase()
      .replace(/^[#\s]+/, ''),
    64,
  );

/** Values of the record's self-labels (`com.atproto.label.defs#selfLabels`). */
export function selfLabels(record: JsonObject): string[] {
  return objectsIn(objectIn(record.labels).values)
    .slice(0, 10)
    .flatMap(({ val }) => (typeof val === 'string' ? [val.slice(0, 128)] : []));
}
