// Whether a record may be admitted at all, whatever is known of its author: bounds, type, lexicon, key.
import { jsonToLex } from '@atproto/lex';
import { exceedsBounds } from '../domain/bounds.ts';
import { isOfTheGroup, isOurs, NSID } from '../domain/collections.ts';
import type { RecordEvent } from '../domain/event.ts';
import type { JsonObject } from '../domain/model.ts';
import { type Drop, drop } from '../domain/outcome.ts';
import { isTid, tidTime } from '../domain/tid.ts';
import { club } from '../lexicons/index.ts';

const { space, actor, story, topic, reply, like, crosspost } = club.commonplace;

interface Lexicon {
  $safeValidate(value: unknown): { success: true } | { success: false; reason: { message: string } };
  main: { keySchema: { matches(rkey: unknown): boolean } };
}

const LEXICONS: ReadonlyMap<string, Lexicon> = new Map<string, Lexicon>([
  [NSID.story, story],
  [NSID.topic, topic],
  [NSID.reply, reply],
  [NSID.like, like],
  [NSID.crosspost, crosspost],
  [NSID.join, actor.join],
  [NSID.subscription, actor.subscription],
  [NSID.profile, space.profile],
  [NSID.theme, space.theme],
  [NSID.rule, space.rule],
  [NSID.role, space.role],
  [NSID.permissions, space.permissions],
  [NSID.membership, space.membership],
  [NSID.pin, space.pin],
  [NSID.lock, space.lock],
  [NSID.feature, space.feature],
]);

/** A rev, or an account's news, this far ahead of our clock would stay the last word for ever. */
export const AHEAD_MS = 10 * 60 * 1000;

/** Whether a rev can be put in order, a deletion's too. */
export function checkRev(rev: string, now: number): Drop | null {
  if (!isTid(rev)) return drop('bad-rev', 'rev is no TID');
  return tidTime(rev) > now + AHEAD_MS ? drop('rev-in-future', rev) : null;
}

/** The record as JSON text, or why it is refused. */
export function checkRecord(event: RecordEvent, record: JsonObject): string | Drop {
  const json = JSON.stringify(record);
  const exceeded = exceedsBounds(record, json.length);
  if (exceeded) return exceeded;
  if (record.$type !== undefined && record.$type !== event.collection) {
    return drop('invalid-record', '$type is not the collection');
  }
  return checkLexicon(event, record, json) ?? json;
}

function checkLexicon(event: RecordEvent, record: JsonObject, json: string): Drop | null {
  if (!isOurs(event.collection)) return null;
  const lexicon = LEXICONS.get(event.collection);
  if (!lexicon) return drop('unknown-collection', event.collection);
  if (!lexicon.main.keySchema.matches(event.rkey))
    return drop('wrong-rkey', 'not of the kind that the lexicon asks for');
  if (isOfTheGroup(event.collection) && record.space !== event.did) {
    return drop('not-the-group', 'only the repository of the space itself may say this');
  }
  const keyed = rkeyOf(event.collection, record);
  if (keyed !== undefined && keyed !== event.rkey) return drop('wrong-rkey', 'the record key is not the DID it names');
  const links = json.includes('"$link"') || json.includes('"$bytes"');
  return validate(lexicon, record, links);
}

function validate(lexicon: Lexicon, record: JsonObject, links: boolean): Drop | null {
  let value: unknown = record;
  try {
    if (links) value = jsonToLex(record);
  } catch {
    return drop('invalid-record', 'a $link or $bytes that is none');
  }
  const result = lexicon.$safeValidate(value);
  return result.success ? null : drop('invalid-record', result.reason.message);
}

/** The DID that a collection's rkey must repeat. */
function rkeyOf(collection: string, record: JsonObject): unknown {
  if (collection === NSID.join || collection === NSID.subscription) return record.space;
  return collection === NSID.membership ? record.member : undefined;
}
