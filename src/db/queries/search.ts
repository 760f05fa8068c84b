// Posts and replies by their words: the newest matches, in tiers.
import type { Did } from '../../domain/model.ts';
import type { Matches } from '../search-text.ts';
import { type Fragment, raw, sql } from './fragment.ts';

/** Only the newest so many matches are ranked. */
export const RANKED = 1000;

export function found({ all, tiers }: Matches, author: Did | null, offset: number, limit: number): Fragment {
  const many = offset + limit;
  const newest = tiers.map((match, tier) => tierOf(match, tier, author, many));
  const union = newest.reduce((before, tier) => sql`${before} union all ${tier}`);
  // Beyond the last of the ranked ones nothing is looked at; fewer matches have no such bound.
  return sql`with bound(id) as materialized (
      select coalesce((select rowid from search where search match ${all} order by rowid desc limit 1 offset ${RANKED - 1}), 0))
    ${union} limit ${limit} offset ${offset}`;
}

function tierOf(match: string, tier: number, author: Did | null, limit: number): Fragment {
  const authors = author === null ? raw('') : sql`cross join post p on p.id = search.rowid and p.did = ${author}`;
  return sql`select id, key from (select search.rowid as id, ${raw(String(tier))} as key from search ${authors}
    where search match ${match} and search.rowid >= (select id from bound) order by search.rowid desc limit ${limit})`;
}
