// The public spaces of the instance.
import { readCursor, writeCursor } from '../db/page.ts';
import {
  listedByLife,
  listedByName,
  listedNames,
  type NamedRow,
  type SpaceRow,
  spacesByDid,
} from '../db/queries/spaces.ts';
import type { Did, Page, Space } from '../domain/model.ts';
import { isSpaceName } from '../domain/names.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';
import type { ReadContext } from './context.ts';
import { mayBeListedBy, spaceOf } from './space-facts.ts';
import { readSpace, visibleSpace } from './spaces.ts';

export interface DirectoryQuery {
  /** `active`: those with the most recent life first; `name`: in the order of their names. */
  sort: 'active' | 'name';
  limit: number;
  cursor?: string | null | undefined;
}

export async function listSpaces(ctx: ReadContext, query: DirectoryQuery): Promise<Page<Space> | Refusal> {
  const { sort, limit } = query;
  const identity = { read: 'spaces', sort };
  const at =
    sort === 'name' ? readCursor(identity, query.cursor, ['', '']) : readCursor(identity, query.cursor, [0, '']);
  if (at !== null && isRefusal(at)) return at;
  const rows =
    sort === 'name'
      ? await listedByName(ctx.db, at as [string, Did] | null, limit + 1)
      : await listedByLife(ctx.db, at as [number, Did] | null, limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: listed(ctx, rows.slice(0, limit)),
    cursor: last ? writeCursor(identity, [last.key, last.did]) : null,
  };
}

const listed = (ctx: ReadContext, rows: SpaceRow[]): Space[] =>
  rows
    .filter((row) => mayBeListedBy(ctx.instance, row))
    .map((row) => spaceOf(row, ctx.allowed))
    .filter((space) => !isRefusal(visibleSpace(space, 'list')));

export interface SpaceSearch {
  q: string;
  limit: number;
  cursor?: string | null | undefined;
}

/** Searching looks at so many spaces: they are few, and read without an index of their words. */
const SEARCHED = 10_000;

/** The one that is named; then by words in name, handle and description; the last word may be the beginning of one. */
export async function searchSpaces(
  ctx: ReadContext,
  { q, limit, cursor }: SpaceSearch,
): Promise<Page<Space> | Refusal> {
  const identity = { read: 'search-spaces', q };
  const at = readCursor(identity, cursor, [0]);
  if (at !== null && isRefusal(at)) return at;
  const offset = Math.max(at?.[0] ?? 0, 0);
  const exact = isSpaceName(q) ? await readSpace(ctx, q) : null;
  const named = exact && !isRefusal(exact) ? [exact.did] : [];
  const ranked = rankSpaces(await listedNames(ctx.db, SEARCHED), q);
  const matches = [...new Set([...named, ...ranked])];
  const page = matches.slice(offset, offset + limit);
  const rows = page.length > 0 ? await spacesByDid(ctx.db, page) : [];
  const more = matches.length > offset + limit;
  return { items: listed(ctx, rows), cursor: more ? writeCursor(identity, [offset + limit]) : null };
}

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** DIDs of the spaces in which all words are found, the best first: by how many of them the name has. */
export function rankSpaces(spaces: NamedRow[], q: string): Did[] {
  const asked = wordsOf(q.slice(0, 400)).slice(0, 12);
  if (asked.length === 0) return [];
  const isIn = (words: string[], word: string, i: number): boolean =>
    words.some((candidate) => (i === asked.length - 1 ? candidate.startsWith(word) : candidate === word));
  return spaces
    .flatMap(({ did, name, handle, description }) => {
      const [named, all] = [wordsOf(name), wordsOf(`${name} ${handle ?? ''} ${description ?? ''}`)];
      if (!asked.every((word, i) => isIn(all, word, i))) return [];
      return [{ did, score: asked.filter((word, i) => isIn(named, word, i)).length / (named.length + 1) }];
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ did }) => did);
}
