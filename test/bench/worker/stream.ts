/** The real indexer on a stream: how long until all of it is in the index, and what is then held. */

import { putSpace } from '../../../src/db/spaces.ts';
import { indexerOf } from '../../../workers/wire.ts';
import type { HeldRow } from '../answers.ts';
import { decoded } from './admit.ts';
import type { Env } from './app.ts';
import type { Indexer } from './written.ts';

interface Home {
  space: string;
  /** Lines that have been before the run, the space's profile first. */
  past: string[];
  /** Who has been met before: their names are not looked up during the run. */
  authors: string[];
}

interface FollowOptions {
  /** The cursor that the last line brings. */
  endUs: number;
  timeoutMs: number;
}

const LOOK_MS = 10;
const PAST_BATCH = 500;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The space is followed and has a past, and its authors are no strangers: the stream is all that is on the clock. */
export async function prepare(env: Env, { space, past, authors }: Home): Promise<{ records: number }> {
  const { DB } = env;
  const hosts = ['bench.localhost'];
  await putSpace(DB, { did: space, handle: null, hosts, displayName: 'Bench', visibility: null }, Date.now());
  const known = JSON.stringify([space, ...authors]);
  await DB.prepare('insert into identity (did, resolved_at) select value, ?2 from json_each(?1)')
    .bind(known, Date.now())
    .run();
  const records = decoded(past).filter((event) => event.kind === 'record');
  for (let at = 0; at < records.length; at += PAST_BATCH) {
    await indexerOf(env).admit(records.slice(at, at + PAST_BATCH));
  }
  // As if the members' repositories had been read: only the stream is on the clock.
  await DB.batch([DB.prepare('delete from backfill'), DB.prepare(`delete from job where kind = 'backfill'`)]);
  while ((await openJobs(DB)) > 0) await pause(LOOK_MS);
  return { records: records.length };
}

/** As if the stream had brought them. */
export const tell = (env: Env, lines: string[]): Promise<{ records: number; refused: number }> =>
  indexerOf(env).admit(decoded(lines).filter((event) => event.kind === 'record'));

/** Milliseconds from waking the indexer, which connects at once, until the last line's cursor is committed. */
export async function follow(env: Env, { endUs, timeoutMs }: FollowOptions): Promise<{ ms: number; cursor: number }> {
  const indexer = indexerOf(env);
  const watched = env.INDEXER.get(env.INDEXER.idFromName('indexer')) as unknown as Pick<Indexer, 'until'>;
  const start = Date.now();
  const until = watched.until(endUs);
  await indexer.wake();
  const at = await Promise.race([until, pause(timeoutMs).then(() => start + timeoutMs)]);
  return { ms: at - start, cursor: (await indexer.status()).cursorUs ?? 0 };
}

/** A page of what is held, by URI, once no work on the index is left to do. */
export async function held(db: D1Database, { after, limit }: { after: string; limit: number }): Promise<HeldRow[]> {
  while (after === '' && (await openJobs(db)) > 0) await pause(LOOK_MS);
  const rows = db.prepare(
    `select r.uri, r.cid, p.like_count as likes, p.reply_count as replies from record r left join post p on p.id = r.post_id
     where r.uri > ? and r.cid is not null order by r.uri limit ?`,
  );
  return (await rows.bind(after, limit).all<HeldRow>()).results;
}

/** Of those that need nobody else. */
const openJobs = async (db: D1Database): Promise<number> =>
  (await db
    .prepare(`select count(*) as n from job where kind not in ('resolve', 'confirm', 'backfill', 'prove', 'sweep')`)
    .first<number>('n')) ?? 0;
