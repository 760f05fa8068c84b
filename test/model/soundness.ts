/** Which versions admission must refuse, as DESIGN.md and the lexicons say it: a refused version is as if it had never been seen. */
import type { RecordEvent } from '../../src/domain/event.ts';
import type { Did, Json, JsonObject } from '../../src/domain/model.ts';
import { tidMicros } from './tid.ts';

export const OURS = 'club.commonplace.';
const FUTURE = 10 * 60_000;
const GROUP_ONLY = `${OURS}space.`;
const DATETIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

type Check = (value: Json | undefined) => boolean;

const text: Check = (value) => typeof value === 'string';
const filled: Check = (value) => typeof value === 'string' && value !== '';
const did: Check = (value) => typeof value === 'string' && /^did:[a-z]+:[\w.:%-]+$/.test(value);
const datetime: Check = (value) =>
  typeof value === 'string' && DATETIME.test(value) && !Number.isNaN(Date.parse(value));
const list: Check = (value) => Array.isArray(value);
const strongRef: Check = (value) => {
  const ref = asObject(value);
  return ref !== null && typeof ref.uri === 'string' && ref.uri.startsWith('at://did:') && filled(ref.cid);
};

/** What each record must have beside its `space`. */
const REQUIRED: Record<string, Record<string, Check>> = {
  story: { title: filled, text, createdAt: datetime },
  topic: { title: filled, text, createdAt: datetime },
  reply: { root: strongRef, parent: strongRef, text, createdAt: datetime },
  like: { subject: strongRef, createdAt: datetime },
  crosspost: { subject: strongRef, createdAt: datetime },
  'actor.join': { createdAt: datetime },
  'actor.subscription': { createdAt: datetime },
  'space.profile': { displayName: filled, joinPolicy: text, createdAt: datetime },
  'space.permissions': { roles: list, defaultRoles: list },
  'space.role': { displayName: filled },
  'space.rule': { title: filled, text },
  'space.membership': { member: did, roles: list, createdAt: datetime },
};

const OPTIONAL: Record<string, Check> = { section: filled, tags: list, postPolicy: text };

export function asObject(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

export const objectsIn = (list: Json | undefined): JsonObject[] =>
  Array.isArray(list) ? list.map(asObject).filter((entry) => entry !== null) : [];

/** Whether the record key is of the kind that the lexicon of its collection names. */
function hasRightKey(event: RecordEvent, name: string): boolean {
  const { record, rkey } = event;
  if (name === 'space.profile' || name === 'space.permissions' || name === 'space.theme') return rkey === 'self';
  if (name === 'actor.join' || name === 'actor.subscription') return rkey === record?.space;
  if (name === 'space.membership') return rkey === record?.member;
  if (name === 'space.role') return /^[\w.:~-]{1,512}$/.test(rkey);
  return tidMicros(rkey) !== null;
}

export function isRefused(event: RecordEvent, now: number): boolean {
  const micros = tidMicros(event.rev);
  if (micros === null || micros / 1000 > now + FUTURE) return true;
  if (event.operation === 'delete') return false;
  if (event.record === null || event.record.$type !== event.collection) return true;
  if (!event.collection.startsWith(OURS)) return false;
  return !isOurs(event, event.record);
}

function isOurs(event: RecordEvent, record: JsonObject): boolean {
  const name = event.collection.slice(OURS.length);
  const required = REQUIRED[name];
  if (required === undefined || !did(record.space) || !hasRightKey(event, name)) return false;
  if (event.collection.startsWith(GROUP_ONLY) && (record.space as Did) !== event.did) return false;
  return (
    Object.entries(required).every(([field, check]) => check(record[field])) &&
    Object.entries(OPTIONAL).every(([field, check]) => record[field] === undefined || check(record[field]))
  );
}
