// Who may see a blob and what is known of it; how much is kept, and for whom.
import type { Cid } from '../../domain/media.ts';
import type { Confirmation, Did } from '../../domain/model.ts';
import type { Block } from '../media.ts';
import { rows, sql } from './fragment.ts';

export interface GateRow {
  space: Did;
  generation: number;
  /** What decides whether the space's site is open. */
  held: string | null;
  relayTakedowns: string | null;
}

export async function gateOf(db: D1Database, hostname: string): Promise<GateRow | null> {
  const [found] = await rows<GateRow>(
    db,
    sql`select s.did as space, s.media_generation as generation, s.held_visibility as held, s.profile->>'relayTakedowns' as relayTakedowns
      from host h cross join space s on s.did = h.space where h.hostname = ${hostname}`,
  );
  return found ?? null;
}

/** A record that refers to a blob, with what the read rule asks of it, and the blob where it is kept. */
export interface ReferenceRow {
  declared: string;
  labels: string | null;
  status: string | null;
  confirmation: Confirmation | null;
  root: string | null;
  rootHidden: number | null;
  rootDid: Did | null;
  rootStatus: string | null;
  rootConfirmation: Confirmation | null;
  type: string | null;
  size: number | null;
  still: number | null;
  width: number | null;
  height: number | null;
}

const MOST_REFERENCES = 20;

/** Of records in the space that are not hidden, and that the operator does not keep out. */
export const shownReferences = (db: D1Database, space: Did, did: Did, cid: Cid): Promise<ReferenceRow[]> =>
  rows(
    db,
    sql`select b.type as declared, p.labels, i.status, i.confirmation, r.root, rr.hidden as rootHidden, rr.did as rootDid,
        ri.status as rootStatus, ri.confirmation as rootConfirmation, k.type, k.size, k.still, k.width, k.height
      from blob_ref b cross join record r on r.space = b.space and r.uri = b.uri
        left join identity i on i.did = b.did
        left join post p on p.id = r.post_id
        left join record rr on rr.space = r.space and rr.uri = r.root and rr.cid is not null
        left join identity ri on ri.did = rr.did
        left join blob k on k.cid = b.cid
      where b.cid = ${cid} and b.did = ${did} and b.space = ${space} and r.hidden = 0 and r.cid is not null
        and not exists (select 1 from block where subject in (b.cid, b.did, b.uri))
      limit ${MOST_REFERENCES}`,
  );

export interface Allowance {
  blocked: number;
  spaceBytes: number;
  memberBytes: number;
}

/** Whether the operator keeps it out, and what is kept for the space and the member. */
export async function allowance(db: D1Database, space: Did, did: Did, cid: Cid): Promise<Allowance> {
  const [found] = await rows<Allowance>(
    db,
    sql`select exists (select 1 from block where subject in (${cid}, ${did})) as blocked,
      coalesce((select bytes from media_use where space = ${space} and did = ''), 0) as spaceBytes,
      coalesce((select bytes from media_use where space = ${space} and did = ${did}), 0) as memberBytes`,
  );
  return found ?? { blocked: 0, spaceBytes: 0, memberBytes: 0 };
}

export interface BlobFacts {
  cid: Cid;
  width: number | null;
  height: number | null;
  colour: string | null;
  still: number;
}

/** What pages need to know of pictures before they are there. */
export const blobFacts = (db: D1Database, cids: Cid[]): Promise<BlobFacts[]> =>
  rows(
    db,
    sql`select b.cid, b.width, b.height, b.colour, b.still from json_each(${JSON.stringify(cids)}) j cross join blob b on b.cid = j.value`,
  );

export interface SweptBlob {
  cid: Cid;
  orphanAt: number | null;
  /** Records that show and refer to it, at most one counted. */
  shown: number;
}

/** Kept blobs after one, in order, and whether anything that shows refers to each. */
export const blobsAfter = (db: D1Database, after: Cid, limit: number): Promise<SweptBlob[]> =>
  rows(
    db,
    sql`select k.cid, k.orphan_at as orphanAt, exists (
          select 1 from blob_ref b cross join record r on r.space = b.space and r.uri = b.uri
          where b.cid = k.cid and r.hidden = 0 and r.cid is not null and not exists (select 1 from block x where x.subject in (b.cid, b.did, b.uri))
        ) as shown
      from blob k where k.cid > ${after} order by k.cid limit ${limit}`,
  );

/** Of these CIDs those that are kept. */
export async function keptAmong(db: D1Database, cids: Cid[]): Promise<Set<Cid>> {
  const found = await rows<{ cid: Cid }>(
    db,
    sql`select b.cid from json_each(${JSON.stringify(cids)}) j cross join blob b on b.cid = j.value`,
  );
  return new Set(found.map(({ cid }) => cid));
}

/** Bytes fetched ahead in a month. */
export async function prefetchedIn(db: D1Database, month: string): Promise<number> {
  const [found] = await rows<{ bytes: number }>(db, sql`select bytes from prefetched where month = ${month}`);
  return found?.bytes ?? 0;
}

export interface MediaUse {
  total: { bytes: number; blobs: number; references: number };
  orphans: { bytes: number; blobs: number };
  spaces: { space: Did; bytes: number; blobs: number }[];
  members: { space: Did; did: Did; bytes: number; blobs: number }[];
  largest: { cid: Cid; space: Did; did: Did; type: string; bytes: number; references: number }[];
  prefetchedBytes: number;
}

const MOST_LISTED = 20;

/** `space` null: all of the instance. */
export async function mediaUse(db: D1Database, space: Did | null, month: string): Promise<MediaUse> {
  const within = space === null ? sql`` : sql`and space = ${space}`;
  const [total, orphans, spaces, members, largest, ahead] = await Promise.all([
    rows<MediaUse['total']>(
      db,
      sql`select coalesce(sum(bytes), 0) as bytes, coalesce(sum(blobs), 0) as blobs,
        (select count(*) from blob_ref where true ${within}) as "references" from media_use where did = '' ${within}`,
    ),
    rows<MediaUse['orphans']>(
      db,
      sql`select coalesce(sum(size + made), 0) as bytes, count(*) as blobs from blob where orphan_at is not null ${within}`,
    ),
    rows<MediaUse['spaces'][number]>(
      db,
      sql`select space, bytes, blobs from media_use where did = '' ${within} order by bytes desc limit ${MOST_LISTED}`,
    ),
    rows<MediaUse['members'][number]>(
      db,
      sql`select space, did, bytes, blobs from media_use where did <> '' ${within} order by bytes desc limit ${MOST_LISTED}`,
    ),
    rows<MediaUse['largest'][number]>(
      db,
      sql`select cid, space, did, type, size + made as bytes, (select count(*) from blob_ref b where b.cid = blob.cid) as "references"
        from blob where true ${within} order by size + made desc limit ${MOST_LISTED}`,
    ),
    prefetchedIn(db, month),
  ]);
  return {
    total: total[0] ?? { bytes: 0, blobs: 0, references: 0 },
    orphans: orphans[0] ?? { bytes: 0, blobs: 0 },
    ...{ spaces, members, largest },
    prefetchedBytes: ahead,
  };
}

export const blocks = (db: D1Database): Promise<Block[]> =>
  rows(db, sql`select subject, why, at from block order by at desc, subject`);
