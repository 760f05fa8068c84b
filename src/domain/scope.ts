// Belonging: which space a record is part of. Rules are data, so that lexicons written by others can be indexed.
import { isKnown } from './collections.ts';
import type { RecordEvent } from './event.ts';
import type { AtUri, Did, JsonObject, SpacePolicy } from './model.ts';
import { parseUri, validDid } from './uri.ts';

export type Belonging = { space: Did } | { waitFor: AtUri } | null;

export interface ScopeFacts {
  spaces: ReadonlyMap<Did, SpacePolicy>;
  /** The space in which a record is admitted, if it is. */
  spaceOf(uri: AtUri): Did | undefined;
}

/** What stands at a dotted path, if it is a string. */
export function textAt(record: JsonObject, path: string): string | null {
  let value: unknown = record;
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
    value = Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined;
  }
  return typeof value === 'string' ? value : null;
}

const takes = (space: SpacePolicy, collection: string): boolean =>
  isKnown(collection) || space.rules.some((rule) => rule.collection === collection);

/** By its own `space` field, else its repository, else its collection's rule in some space. */
export function belonging(event: RecordEvent, facts: ScopeFacts): Belonging {
  const { record, collection, did } = event;
  if (!record) return null;
  if (typeof record.space === 'string') {
    const named = validDid(record.space) ? facts.spaces.get(record.space) : undefined;
    return named && takes(named, collection) ? { space: named.did } : null;
  }
  const own = facts.spaces.get(did);
  if (own && takes(own, collection)) return { space: own.did };
  return byRule(event, record, facts);
}

function byRule(event: RecordEvent, record: JsonObject, facts: ScopeFacts): Belonging {
  let waitFor: AtUri | null = null;
  for (const space of facts.spaces.values()) {
    for (const rule of space.rules) {
      if (rule.collection !== event.collection) continue;
      if (rule.by === 'rkey' && event.rkey === space.did) return { space: space.did };
      if (rule.by === 'field' && textAt(record, rule.path) === space.did) return { space: space.did };
      if (rule.by !== 'reference') continue;
      const target = textAt(record, rule.path);
      if (!target || !parseUri(target)) continue;
      const targetSpace = facts.spaceOf(target);
      if (targetSpace === space.did) return { space: space.did };
      if (targetSpace === undefined) waitFor = target;
    }
  }
  return waitFor ? { waitFor } : null;
}

/** The record that one belonging by reference hangs on, or null when it belongs by itself. */
export function referenceOf(event: RecordEvent, space: SpacePolicy): AtUri | null {
  if (!event.record || typeof event.record.space === 'string' || event.did === space.did) return null;
  for (const rule of space.rules) {
    if (rule.collection !== event.collection || rule.by !== 'reference') continue;
    const target = textAt(event.record, rule.path);
    if (target && parseUri(target)) return target;
  }
  return null;
}
