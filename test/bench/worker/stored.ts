/** Counts what is asked of the store, by the Worker and by the objects of CIDs; and the yardstick of a hit: a bare cache. */
import { countedBucket } from '../../../src/cloudflare/r2.ts';
import { Blobs as Deployed } from '../../../workers/app.ts';
import type { Env } from '../../../workers/wire.ts';

let counted: ReturnType<typeof countedBucket> | null = null;
let before = 0;
const envs = new WeakMap<object, Env>();

/** One for each environment: what is kept by it is kept for all requests. */
export function countingEnv<E extends Env>(env: E): E {
  counted ??= countedBucket(env.MEDIA);
  const known = (envs.get(env) as E | undefined) ?? { ...env, MEDIA: counted.bucket };
  envs.set(env, known);
  return known;
}

/** Since the last time this was asked. */
export function operations(): number {
  const all = counted?.operations() ?? 0;
  const since = all - before;
  before = all;
  return since;
}

export class Blobs extends Deployed {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, countingEnv(env));
  }
}

const KEY = 'https://yardstick.invalid/picture';

/** The same answer, headers and all. */
export async function keepYardstick(answer: Response): Promise<void> {
  const cache = await caches.open('yardstick');
  await cache.put(KEY, answer);
}

/** A hit of the cache, and nothing else. */
export async function cacheMatch(): Promise<Response> {
  const cache = await caches.open('yardstick');
  return (await cache.match(KEY)) ?? new Response('not kept', { status: 500 });
}
