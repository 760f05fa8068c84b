// All readers of one CID meet here, so that its bytes are fetched once and each variant is made once.
import { addMade, putBlob, putColour } from '../db/media.ts';
import { allowance, blobFacts } from '../db/queries/media.ts';
import { type Cid, LIMITS, PRESETS, type PresetName } from '../domain/media.ts';
import type { Did } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import {
  type BlobSource,
  type BlobStore,
  type Failed,
  isFailed,
  type Kept,
  type MediaOrder,
  type Resizer,
} from '../ports/media.ts';
import { Pour, PourError, type Poured } from './pour.ts';

export interface ObjectDeps {
  db: D1Database;
  store: BlobStore;
  source: BlobSource;
  /** Null where images are shown as they are. */
  resizer: Resizer | null;
  clock: Clock;
  quota: { spaceBytes: number; memberBytes: number };
  failureOf(error: unknown): Failed;
  log(message: string, facts: Record<string, unknown>): void;
}

/** So long a server that failed is not asked again. */
const FAILED_MS = 30_000;
const MOST_REMEMBERED = 100;

export const variantKey = (cid: Cid, preset: PresetName): string =>
  `${cid}/${preset}.${PRESETS[preset].format.slice('image/'.length)}`;

/** What was ordered, as it is answered; `etag` only where the store has given it one. */
export interface Ready {
  type: string;
  size: number | null;
  body: ReadableStream<Uint8Array> | Uint8Array;
  etag: string | null;
  /** `instead`: the original, because the variant could not be made. */
  is: 'original' | 'variant' | 'instead';
}

export class MediaObject {
  private readonly deps: ObjectDeps;
  private pour: Promise<Pour | Failed> | null = null;
  /** From whose server. */
  private pourDid: Did | null = null;
  private readonly variants = new Map<PresetName, Promise<void>>();
  private readonly failures = new Map<Did, { failed: Failed; until: number }>();
  private purged = 0;

  constructor(deps: ObjectDeps) {
    this.deps = deps;
  }

  async open(order: MediaOrder): Promise<Ready | Failed> {
    const { preset, cid } = order;
    if (preset === null || !this.deps.resizer || order.still === false) return this.original(order, order.streams);
    const key = variantKey(cid, preset);
    const made = await this.deps.store.get(key);
    if (made) return ready(made, 'variant');
    const fetched = await this.fetched(order);
    if (isFailed(fetched)) return fetched;
    if (!fetched.still) return this.stored(cid);
    await this.variant(cid, preset);
    const now = await this.deps.store.get(key);
    return now ? ready(now, 'variant') : { ...(await this.stored(cid)), is: 'instead' };
  }

  /** Nothing that was begun before is kept after. */
  async purge(cid: Cid): Promise<void> {
    this.purged++;
    const { store } = this.deps;
    await this.pour?.then((pour) => ('done' in pour ? pour.done : null)).catch(() => null);
    await Promise.allSettled(this.variants.values());
    const found = await store.list(cid, null, 100);
    await store.delete([cid, ...found.map(({ key }) => key)]);
  }

  private async original(order: MediaOrder, streams: boolean): Promise<Ready | Failed> {
    if (this.pour === null) {
      const kept = await this.deps.store.get(order.cid);
      // Another reader may have begun while the store was asked.
      if (kept && this.pour === null) return ready(kept);
    }
    const own = this.pour === null || this.pourDid === order.did;
    const answer = await this.answer(await this.pouring(order), order, streams);
    // That somebody else's server has no good copy says nothing of this one's.
    return isFailed(answer) && !own ? this.answer(await this.pouring(order), order, streams) : answer;
  }

  private async answer(pour: Pour | Failed, order: MediaOrder, streams: boolean): Promise<Ready | Failed> {
    if (isFailed(pour)) return pour;
    try {
      const begun = await pour.begun;
      const body = streams ? begun.follow() : null;
      if (body) return { type: begun.type, size: begun.size, body, etag: null, is: 'original' };
      const { bytes, type, size } = await pour.done;
      return bytes ? { type, size, body: bytes, etag: null, is: 'original' } : await this.stored(order.cid);
    } catch (error) {
      return failedBy(error);
    }
  }

  /** Until all of it is in the store. */
  private async fetched(order: MediaOrder): Promise<Failed | { still: boolean }> {
    const pour = this.pour;
    const got = await this.original(order, false);
    if (isFailed(got)) return got;
    if (got.body instanceof ReadableStream) await got.body.cancel();
    if (order.still !== null) return { still: order.still };
    const under = await (pour ?? this.pour);
    if (under && !isFailed(under)) return { still: isResizable(await under.done) };
    const [facts] = await blobFacts(this.deps.db, [order.cid]);
    return { still: facts?.still === 1 };
  }

  private async stored(cid: Cid): Promise<Ready> {
    const kept = await this.deps.store.get(cid);
    if (!kept) throw new Error(`${cid} is not in the store any more`);
    return ready(kept);
  }

  private pouring(order: MediaOrder): Promise<Pour | Failed> {
    const known = this.failures.get(order.did);
    if (known && known.until > this.deps.clock.now()) return Promise.resolve(known.failed);
    if (this.pour) return this.pour;
    const pour = this.begin(order).catch((error: unknown): Failed => this.deps.failureOf(error));
    this.pour = pour;
    this.pourDid = order.did;
    const over = (): void => {
      if (this.pour === pour) this.pour = null;
    };
    pour
      .then(async (one) => {
        const failed = isFailed(one) ? one : await this.finish(one, order).then(() => null, failedBy);
        if (failed) this.remember(order, failed);
      })
      .then(over, over);
    return pour;
  }

  private async begin({ did, cid, space, declared }: MediaOrder): Promise<Pour | Failed> {
    const { db, source, store, quota, failureOf } = this.deps;
    const { blocked, spaceBytes, memberBytes } = await allowance(db, space, did, cid);
    if (blocked) return { failed: 'blocked', detail: `${cid} of ${did} is kept out` };
    const left = Math.min(quota.spaceBytes - spaceBytes, quota.memberBytes - memberBytes);
    const isShort = left < LIMITS.blob;
    const used: Failed = { failed: 'quota', detail: `of its media ${Math.max(0, left)} bytes more may be kept` };
    if (left <= 0) return used;
    const open = await source.open(did, cid, Math.min(left, LIMITS.blob));
    if (isFailed(open)) return isShort && open.failed === 'too-large' ? used : open;
    return new Pour(open, {
      ...{ cid, declared, store },
      failureOf: (error) => {
        const failed = failureOf(error);
        return isShort && failed.failed === 'too-large' ? used : failed;
      },
    });
  }

  /** What was kept is remembered with all that pages want to know of it. */
  private async finish(pour: Pour, { cid, did, space }: MediaOrder): Promise<void> {
    const { db, clock, resizer, store } = this.deps;
    const purged = this.purged;
    const { type, size, look } = await pour.done;
    if (purged !== this.purged) return store.delete([cid]);
    const { width = null, height = null } = look ?? {};
    const still = isResizable({ look, size });
    await putBlob(db, { cid, space, did, size, type, width, height, still }, clock.now());
    if (resizer && still) await this.tint(cid, resizer);
  }

  private async tint(cid: Cid, resizer: Resizer): Promise<void> {
    const { db, store, log } = this.deps;
    try {
      const kept = await store.get(cid);
      const colour = kept && (await resizer.colour(kept.body));
      if (colour) await putColour(db, cid, colour);
    } catch (error) {
      log('a picture has no colour', { cid, error: String(error) });
    }
  }

  private variant(cid: Cid, preset: PresetName): Promise<void> {
    const under = this.variants.get(preset);
    if (under) return under;
    const making = this.make(cid, preset)
      .catch((error: unknown) => this.deps.log('a variant was not made', { cid, preset, error: String(error) }))
      .finally(() => this.variants.delete(preset));
    this.variants.set(preset, making);
    return making;
  }

  private async make(cid: Cid, preset: PresetName): Promise<void> {
    const { db, store, resizer } = this.deps;
    const [purged, key] = [this.purged, variantKey(cid, preset)];
    const original = await store.get(cid);
    if (!original || !resizer || (await store.get(key).then(discarded))) return;
    const bytes = await resizer.resize(original.body, preset);
    if (purged !== this.purged) return;
    await store.put(key, bytes, PRESETS[preset].format, bytes.length);
    await addMade(db, cid, bytes.length);
  }

  private remember({ did, cid }: MediaOrder, failed: Failed): void {
    this.deps.log('a blob could not be had', { did, cid, failed: failed.failed, detail: failed.detail.slice(0, 300) });
    if (this.failures.size >= MOST_REMEMBERED) this.failures.clear();
    this.failures.set(did, { failed, until: this.deps.clock.now() + (failed.retryAfterMs ?? FAILED_MS) });
  }
}

const isResizable = ({ look, size }: Pick<Poured, 'look' | 'size'>): boolean =>
  look?.still === true && size <= LIMITS.resized;

const ready = ({ type, size, body, etag }: Kept, is: Ready['is'] = 'original'): Ready => ({
  type,
  size,
  body,
  etag,
  is,
});

/** Whether there was one. */
const discarded = async (kept: Kept | null): Promise<boolean> => {
  await kept?.body.cancel();
  return kept !== null;
};

const failedBy = (error: unknown): Failed => ({
  failed: error instanceof PourError ? error.failed : 'unreachable',
  detail: error instanceof Error ? error.message : String(error),
});
