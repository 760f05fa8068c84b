// Earlier versions of what was edited: how long they are kept, and what speaks of them.
import type { AtUri, Json, JsonObject } from './model.ts';

/** Kept for those who answered them; of one record no more than so many (the trigger `version_added` knows the number, too). */
export const VERSIONS = { days: 30, most: 20 } as const;

export const VERSIONS_KEPT_MS = VERSIONS.days * 86_400_000;

/** As it stood until somebody changed it. */
export interface PastVersion {
  cid: string;
  until: number;
  record: JsonObject;
}

const CID = /^[a-zA-Z0-9]{20,120}$/;

/** What a strong reference in a record names; null where it names nothing. */
export function referenceIn(record: JsonObject | null, name: 'root' | 'parent' | 'subject'): Reference | null {
  const ref: Json | undefined = record?.[name];
  if (ref === null || typeof ref !== 'object' || Array.isArray(ref)) return null;
  const { uri, cid } = ref;
  return typeof uri === 'string' && typeof cid === 'string' && CID.test(cid) ? { uri, cid } : null;
}

export interface Reference {
  uri: AtUri;
  cid: string;
}
