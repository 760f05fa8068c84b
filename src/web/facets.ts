// Text with `app.bsky.richtext.facet`: byte ranges of the UTF-8 form, which strangers wrote and which may be nonsense.

import { isObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/model.ts';
import { normalTag, withoutTricks } from '../domain/text.ts';
import { validDid } from '../domain/uri.ts';
import { $nsid as facetNsid } from '../lexicons/app/bsky/richtext/facet.ts';
import { safeHref } from './links.ts';

export type Feature = { mention: string } | { link: string } | { tag: string };

/** A run of text, ready to be shown, with what it is where a facet says so. */
export interface Run {
  text: string;
  feature: Feature | null;
}

interface Range {
  start: number;
  end: number;
  feature: Feature;
}

const MAX_FACETS = 1000;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Ranges that are broken, split a character, or overlap an earlier one count as absent. */
export function textRuns(text: string, facets: Json | undefined): Run[] {
  if (!Array.isArray(facets) || facets.length === 0) return [plain(text)];
  const bytes = encoder.encode(text);
  const ranges = facets
    .slice(0, MAX_FACETS)
    .flatMap((facet) => rangeOf(facet, bytes) ?? [])
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const runs: Run[] = [];
  let at = 0;
  for (const { start, end, feature } of ranges) {
    if (start < at) continue;
    if (start > at) runs.push(plain(decode(bytes, at, start)));
    runs.push({ text: withoutTricks(decode(bytes, start, end)), feature });
    at = end;
  }
  if (at < bytes.length) runs.push(plain(decode(bytes, at, bytes.length)));
  return runs.filter((run) => run.text !== '');
}

const plain = (text: string): Run => ({ text: withoutTricks(text), feature: null });
const decode = (bytes: Uint8Array, start: number, end: number): string => decoder.decode(bytes.subarray(start, end));

function rangeOf(facet: Json, bytes: Uint8Array): Range | null {
  if (!isObject(facet) || !isObject(facet.index) || !Array.isArray(facet.features)) return null;
  const { byteStart: start, byteEnd: end } = facet.index;
  if (!isBoundary(start, bytes) || !isBoundary(end, bytes) || start >= end) return null;
  for (const raw of facet.features.slice(0, 10)) {
    const feature = isObject(raw) ? featureOf(raw) : null;
    if (feature) return { start, end, feature };
  }
  return null;
}

/** Between two characters: the byte there does not continue one. */
const isBoundary = (offset: Json | undefined, bytes: Uint8Array): offset is number =>
  typeof offset === 'number' &&
  Number.isInteger(offset) &&
  offset >= 0 &&
  offset <= bytes.length &&
  ((bytes[offset] ?? 0) & 0xc0) !== 0x80;

function featureOf(raw: JsonObject): Feature | null {
  const { $type, did, uri, tag } = raw;
  if ($type === `${facetNsid}#mention`) return validDid(did) ? { mention: did } : null;
  if ($type === `${facetNsid}#link`) {
    const href = typeof uri === 'string' ? safeHref(uri) : null;
    return href === null ? null : { link: href };
  }
  if ($type !== `${facetNsid}#tag` || typeof tag !== 'string') return null;
  const name = normalTag(tag);
  return name === '' ? null : { tag: name };
}
