// Puts the parts of media together.
import { blobSource, failureOf } from '../src/cloudflare/blob-source.ts';
import { accountsPort } from '../src/cloudflare/durable.ts';
import { resizer } from '../src/cloudflare/images.ts';
import { log } from '../src/cloudflare/log.ts';
import { mediaCache, mediaPort } from '../src/cloudflare/media.ts';
import { blobStore } from '../src/cloudflare/r2.ts';
import { Gates } from '../src/media/gate.ts';
import { MediaObject } from '../src/media/object.ts';
import { readers } from '../src/media/reader.ts';
import type { MediaContext } from '../src/media/serve.ts';
import type { BlobStore, MediaPort, Resizer } from '../src/ports/media.ts';
import { askers, clock } from './askers.ts';
import { configOf, type Env, type Execution, readContext } from './wire.ts';

const resizerOf = (env: Env): Resizer | null => (env.IMAGES && configOf(env).resizeImages ? resizer(env.IMAGES) : null);

export function wireMediaObject(env: Env): MediaObject {
  const config = configOf(env);
  return new MediaObject({
    ...{ db: env.DB, store: blobStore(env.MEDIA), source: blobSource(askers(config)), resizer: resizerOf(env) },
    ...{ clock, failureOf, log },
    quota: { spaceBytes: config.mediaSpaceBytes, memberBytes: config.mediaMemberBytes },
  });
}

/** One for each isolate, for it remembers. */
let gates: Gates | null = null;

interface Parts {
  env: Env;
  objects: MediaPort;
  store: BlobStore;
  resizes: boolean;
}

let parts: Parts | null = null;

/** The same for all requests of an isolate. */
function partsOf(env: Env): Parts {
  if (parts?.env !== env)
    parts = { env, objects: mediaPort(env.BLOBS), store: blobStore(env.MEDIA), resizes: resizerOf(env) !== null };
  return parts;
}

/** What one request for media is given. `db` and `bucket` are given apart, so that they can be metered. */
export function mediaContext(env: Env, db: D1Database, bucket: R2Bucket, execution: Execution): MediaContext {
  gates ??= new Gates(clock, configOf(env).mediaKnownMs);
  const { objects, resizes, ...own } = partsOf(env);
  const store = bucket === env.MEDIA ? own.store : blobStore(bucket);
  const failed = (error: unknown): void => log('media were not cached', { error: String(error) });
  return {
    ...{ db, cache: mediaCache, store, objects, resizes, gates },
    isReader: readers(accountsPort(env.ACCOUNTS), readContext(env, db, execution)),
    later: (work) => execution.waitUntil(work.catch(failed)),
  };
}
