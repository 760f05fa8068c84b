// Names that the instance knows, by how they begin.
import { NSID } from '../../domain/collections.ts';
import { rows, sql } from './fragment.ts';
import { LISTED } from './spaces.ts';

/** At most so many names are looked at. */
const LOOKED_AT = 100;

/**
 * Of those alone who are known to everybody as members: by both halves, of which their own is a record of theirs that shows, in a
 * space that is listed and says who is in.
 */
export async function namesBeginning(db: D1Database, beginning: string, limit: number): Promise<string[]> {
  const found = await rows<{ handle: string }>(
    db,
    sql`with named(did, handle) as materialized (
        select i.did, i.handle from identity i indexed by identity_handle
        where i.handle >= ${beginning} and i.handle < ${`${beginning}\u{10ffff}`} and i.status = 'active'
        order by i.handle limit ${LOOKED_AT}
      )
      select n.handle from named n where exists (
        select 1 from author_space a cross join space s on s.did = a.space cross join member m on m.space = a.space and m.did = a.did
          cross join record r on r.space = a.space and r.uri = 'at://' || a.did || ${`/${NSID.join}/`} || a.space
        where a.did = n.did and ${LISTED} and s.held_roster is not 'private' and m.joined = 1 and m.admitted = 1 and r.hidden = 0 and r.cid is not null
      ) order by n.handle limit ${limit}`,
  );
  return found.map(({ handle }) => handle);
}
