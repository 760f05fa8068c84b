// What was done for a group, for those who may know: with names, a page at a time.
import { readCursor, writeCursor } from '../db/page.ts';
import { handlesOf } from '../db/queries/handles.ts';
import type { GroupDeed } from '../domain/group-deed.ts';
import type { Page, SpaceDetails } from '../domain/model.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';
import { refusalOf, type Standing } from '../domain/permission.ts';
import type { PostItem } from '../domain/post.ts';
import type { GroupsPort } from '../ports/groups.ts';
import type { ReadContext } from './context.ts';

type Person = PostItem['author'];

export interface DeedItem extends Omit<GroupDeed, 'by' | 'about'> {
  by: Person;
  about: Person | null;
}

export interface LogQuery {
  deed?: string | undefined;
  limit: number;
  cursor?: string | null | undefined;
}

export async function readGroupLog(
  { db }: Pick<ReadContext, 'db'>,
  { did }: Pick<SpaceDetails, 'did'>,
  standing: Standing,
  { deed, limit, cursor }: LogQuery,
  groups: Pick<GroupsPort, 'log'>,
): Promise<Page<DeedItem> | Refusal> {
  const refused = refusalOf(standing, { do: 'read-group-log' });
  if (refused) return refused;
  const identity = { read: 'group-log', space: did, deed };
  const at = readCursor(identity, cursor, [0]);
  if (at !== null && isRefusal(at)) return at;
  const query = { limit, ...(deed === undefined ? {} : { deed }), ...(at ? { before: at[0] } : {}) };
  const { deeds, next } = await groups.log(did, query);
  const handles = await handlesOf(
    db,
    deeds.flatMap(({ by, about }) => (about === null ? [by] : [by, about])),
  );
  const person = (of: string): Person => ({ did: of, handle: handles.get(of) ?? null });
  return {
    items: deeds.map(({ by, about, ...line }) => ({
      ...line,
      by: person(by),
      about: about === null ? null : person(about),
    })),
    cursor: next === null ? null : writeCursor(identity, [next]),
  };
}
