// Cursors: where a list goes on, tied to the query that made them.
import { shortHash } from '../domain/hash.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';

export type CursorKey = string | number;

/** Parameters that make a query what it is; all but `limit` and `cursor`. */
export type QueryIdentity = Record<string, string | number | boolean | null | undefined>;

const MAX_CURSOR = 2048;

export function writeCursor(query: QueryIdentity, keys: CursorKey[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify([queryHash(query), ...keys]));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** The keys, whose types are those of `like`; null when there is no cursor. */
export function readCursor<const Like extends readonly CursorKey[]>(
  query: QueryIdentity,
  cursor: string | null | undefined,
  like: Like,
): Keys<Like> | null | Refusal {
  if (cursor === null || cursor === undefined) return null;
  const parts = cursor.length > MAX_CURSOR ? null : decoded(cursor);
  if (!parts) return refuse('BadCursor', 'the cursor is malformed: begin without one');
  const [hash, ...keys] = parts;
  if (hash !== queryHash(query)) return refuse('BadCursor', 'the cursor was made by another query: begin without one');
  const fits = keys.length === like.length && keys.every((key, i) => isKeyLike(key, like[i]));
  return fits ? (keys as unknown as Keys<Like>) : refuse('BadCursor', 'the cursor is malformed: begin without one');
}

export type Keys<Like extends readonly CursorKey[]> = {
  -readonly [I in keyof Like]: Like[I] extends string ? string : number;
};

const isKeyLike = (key: unknown, like: CursorKey | undefined): boolean =>
  typeof like === 'number' ? Number.isSafeInteger(key) : typeof like === 'string' && typeof key === 'string';

function decoded(cursor: string): unknown[] | null {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return null;
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes));
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Names in order, so that it does not matter how the object was put together. */
function queryHash(query: QueryIdentity): number {
  const named = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return shortHash(JSON.stringify(named));
}
