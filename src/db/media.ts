// What is kept of blobs, written by the object of each CID, by the sweep and by the operator; never by who admits records.
import type { Cid } from '../domain/media.ts';
import type { AtUri, Did } from '../domain/model.ts';
import { parseUri } from '../domain/uri.ts';

export interface NewBlob {
  cid: Cid;
  space: Did;
  did: Did;
  size: number;
  type: string;
  width: number | null;
  height: number | null;
  still: boolean;
}

export async function putBlob(db: D1Database, blob: NewBlob, now: number): Promise<void> {
  const { cid, space, did, size, type, width, height, still } = blob;
  await db
    .prepare(
      `insert into blob (cid, space, did, size, type, width, height, still, stored_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict do nothing`,
    )
    .bind(cid, space, did, size, type, width, height, Number(still), now)
    .run();
}

export async function putColour(db: D1Database, cid: Cid, colour: string): Promise<void> {
  await db.prepare('update blob set colour = ? where cid = ?').bind(colour, cid).run();
}

/** A variant was made of it. */
export async function addMade(db: D1Database, cid: Cid, bytes: number): Promise<void> {
  await db.prepare('update blob set made = made + ? where cid = ?').bind(bytes, cid).run();
}

export const dropBlobs = (db: D1Database, cids: Cid[]): D1PreparedStatement =>
  db.prepare('delete from blob where cid in (select value from json_each(?))').bind(JSON.stringify(cids));

/** Since when nothing that shows refers to each; null where something does. */
export const markOrphans = (db: D1Database, marks: { cid: Cid; orphanAt: number | null }[]): D1PreparedStatement =>
  db
    .prepare(
      'update blob set orphan_at = j.value->>1 from json_each(?) j where cid = j.value->>0 and orphan_at is not j.value->>1',
    )
    .bind(JSON.stringify(marks.map(({ cid, orphanAt }) => [cid, orphanAt])));

/** No grace: what is not shown by anything else goes with the next sweep. */
export const freeNow = (db: D1Database, cids: Cid[]): D1PreparedStatement =>
  markOrphans(
    db,
    cids.map((cid) => ({ cid, orphanAt: 0 })),
  );

export const addPrefetched = (db: D1Database, month: string, bytes: number): D1PreparedStatement =>
  db
    .prepare(
      'insert into prefetched (month, bytes) values (?, ?) on conflict do update set bytes = bytes + excluded.bytes',
    )
    .bind(month, bytes);

export interface Block {
  subject: Did | AtUri | Cid;
  why: string;
  at: number;
}

/** From this moment no cache is asked for what the subject has to do with. */
export async function putBlock(db: D1Database, { subject, why, at }: Block): Promise<void> {
  await db.batch([
    db
      .prepare('insert into block (subject, why, at) values (?, ?, ?) on conflict do update set why = excluded.why')
      .bind(subject, why, at),
    db
      .prepare(
        `update space set media_generation = media_generation + 1
         where did in (select space from blob_ref where cid = ?1) or did in (select space from author_space where did = ?2)`,
      )
      .bind(subject, parseUri(subject)?.did ?? subject),
  ]);
}

export async function dropBlock(db: D1Database, subject: string): Promise<boolean> {
  const { meta } = await db.prepare('delete from block where subject = ?').bind(subject).run();
  return meta.changes > 0;
}
