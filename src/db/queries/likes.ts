// What one account likes, among what a page shows.

import { NSID } from '../../domain/collections.ts';
import type { AtUri, Did } from '../../domain/model.ts';
import { rows, sql } from './fragment.ts';

/** By what is liked: the like's own address. */
export async function likesOf(db: D1Database, space: Did, did: Did, subjects: AtUri[]): Promise<Map<AtUri, AtUri>> {
  const found = await rows<{ subject: AtUri; uri: AtUri }>(
    db,
    sql`select r.subject, r.uri from json_each(${JSON.stringify(subjects)}) j
      cross join record r indexed by record_subject on r.space = ${space} and r.subject = j.value and r.did = ${did} and r.collection = ${NSID.like}
      where r.cid is not null`,
  );
  return new Map(found.map(({ subject, uri }) => [subject, uri]));
}
