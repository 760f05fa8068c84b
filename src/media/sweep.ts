// Once a day: blobs that no record shows are marked, those marked for long enough are freed, and so is what was stored and forgotten.
import { dropBlobs, markOrphans } from '../db/media.ts';
import { blobsAfter, keptAmong } from '../db/queries/media.ts';
import { isBlobCid } from '../domain/media.ts';
import type { AskHandler, AskTools, Slice } from '../ingest/jobs.ts';
import type { BlobStore, MediaPort } from '../ports/media.ts';
import { CARDS } from './cards.ts';

export interface SweepDeps {
  store: BlobStore;
  objects: Pick<MediaPort, 'purge'>;
  /** So long what nobody is shown is kept: its author may come back, or write it again. */
  graceMs: number;
}

const DAY_MS = 24 * 3_600_000;
const BLOBS = 100;
const KEYS = 500;
/** What was stored a moment ago may not be in the database yet. */
const FRESH_MS = 3_600_000;

/** Position: `b <cid>` within what is known to be kept, `s <key>` within the store, `c <key>` among its cards. */
export const sweepJob =
  (deps: SweepDeps): AskHandler =>
  ({ position }, tools) =>
    SWEEPS[position.slice(0, 2)]?.(position.slice(2), deps, tools) ?? sweepBlobs('', deps, tools);

const SWEEPS: Record<string, typeof sweepBlobs> = { 'b ': sweepBlobs, 's ': sweepStore, 'c ': sweepCards };

async function sweepBlobs(after: string, { objects, graceMs }: SweepDeps, { db, clock }: AskTools): Promise<Slice> {
  const now = clock.now();
  const rows = await blobsAfter(db, after, BLOBS);
  const isDue = (orphanAt: number | null): boolean => orphanAt !== null && orphanAt <= now - graceMs;
  const gone = rows.filter(({ shown, orphanAt }) => shown === 0 && isDue(orphanAt)).map(({ cid }) => cid);
  for (const cid of gone) await objects.purge(cid);
  const marks = rows.map(({ cid, shown, orphanAt }) => ({ cid, orphanAt: shown === 1 ? null : (orphanAt ?? now) }));
  const next = rows.length < BLOBS ? 's ' : `b ${rows.at(-1)?.cid}`;
  return { writes: [], also: [markOrphans(db, marks), dropBlobs(db, gone)], next };
}

async function sweepStore(after: string, { store }: SweepDeps, { db, clock }: AskTools): Promise<Slice> {
  const found = await store.list('bafkrei', after === '' ? null : after, KEYS);
  const cidOf = (key: string): string => key.split('/', 1)[0] ?? '';
  const kept = await keptAmong(db, [...new Set(found.map(({ key }) => cidOf(key)))]);
  const old = clock.now() - FRESH_MS;
  const lost = found.filter(({ key, at }) => isBlobCid(cidOf(key)) && !kept.has(cidOf(key)) && at < old);
  await store.delete(lost.map(({ key }) => key));
  const isLast = found.length < KEYS;
  return { writes: [], next: isLast ? 'c ' : `s ${found.at(-1)?.key}` };
}

/** Drawn again when they are asked for: the post may be gone, or called otherwise. */
async function sweepCards(after: string, { store, graceMs }: SweepDeps, { clock }: AskTools): Promise<Slice> {
  const found = await store.list(CARDS, after === '' ? null : after, KEYS);
  const old = clock.now() - graceMs;
  await store.delete(found.flatMap(({ key, at }) => (at < old ? [key] : [])));
  const isLast = found.length < KEYS;
  return { writes: [], next: isLast ? '' : `c ${found.at(-1)?.key}`, pauseMs: isLast ? DAY_MS : 0 };
}
