// A reader asks for media: the cache of the data centre, else the store, else the author's server by way of the CID's object.
import { LIMITS, type MediaName } from '../domain/media.ts';
import type { BlobFailure, BlobStore, ByteRange, Kept, MediaCache, MediaPort } from '../ports/media.ts';
import { type MediaReference, readMedia } from '../reads/index.ts';
import { answer, failureAnswer, mediaHeaders, openWhole, type Whole, wantedPart } from './answer.ts';
import type { Gate, Gates } from './gate.ts';
import { variantKey } from './object.ts';
import { isFromStart } from './range.ts';
import { fromResponse } from './ready.ts';

export interface MediaContext {
  db: D1Database;
  cache: MediaCache;
  store: BlobStore;
  objects: MediaPort;
  gates: Gates;
  /** Whether smaller images can be made. */
  resizes: boolean;
  /** Whether somebody asks who is signed in at this host and may read its space. */
  isReader(request: Request, hostname: string): Promise<boolean>;
  later(work: Promise<unknown>): void;
}

/** So long a failure is the answer without asking again. */
const FAILED_SECONDS = 30;
/** Where a variant could not be made, it is tried again soon. */
const INSTEAD_SECONDS = 300;
const DAY_SECONDS = 86_400;
const NEGATIVE = 'x-negative';

interface Asked extends MediaContext {
  request: Request;
  name: MediaName;
  gate: Gate;
  key: string;
}

export async function serveMedia(
  ctx: MediaContext,
  request: Request,
  hostname: string,
  name: MediaName | null,
): Promise<Response> {
  const gate = name && (await ctx.gates.of(ctx.db, hostname));
  if (!name || !gate) return failureAnswer('unknown');
  const { did, cid, preset } = name;
  const asked = { ...ctx, request, name, gate };
  if (gate.isPrivate) return personally(asked, hostname);
  const key = `https://media.invalid/${gate.space}/${gate.generation}/${did}/${cid}/${preset ?? ''}`;
  const hit = await ctx.cache.match(key);
  if (hit) return fromCache(hit, request, name);
  const reference = await referenceOf(asked, false);
  // Not remembered: the record may come the next moment.
  return reference ? fromStore({ ...asked, key }, reference) : personally(asked, hostname);
}

const referenceOf = ({ db, gate, name }: Omit<Asked, 'key'>, isKnown: boolean): Promise<MediaReference | null> =>
  readMedia(db, { did: gate.space, relayTakedowns: gate.relayTakedowns }, name.did, name.cid, isKnown);

/** Of what several readers may share nothing is taken or left there. */
const UNSHARED: MediaCache = { match: async () => undefined, put: async () => undefined };

/** What only some may see: each time it is looked whether this reader may. */
async function personally(asked: Omit<Asked, 'key'>, hostname: string): Promise<Response> {
  const reference = (await asked.isReader(asked.request, hostname)) && (await referenceOf(asked, true));
  if (!reference) return failureAnswer('unknown');
  const response = await fromStore({ ...asked, cache: UNSHARED, key: '' }, reference);
  if (response.status < 400) for (const [name, value] of PERSONAL) response.headers.set(name, value);
  response.headers.delete('access-control-allow-origin');
  return response;
}

const PERSONAL = [
  ['cache-control', 'private, no-cache'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['vary', 'cookie'],
] as const;

async function fromCache(hit: Response, request: Request, name: MediaName): Promise<Response> {
  const negative = hit.headers.get(NEGATIVE);
  if (negative !== null) return failureAnswer(negative as BlobFailure);
  const { headers, body } = hit;
  if (isPlain(request)) return hit;
  const length = headers.get('content-length');
  const whole: Whole = {
    cid: name.cid,
    type: headers.get('content-type') ?? '',
    etag: headers.get('etag') ?? '',
    size: length === null ? null : Number(length),
    measured: true,
  };
  const answered = await answer(request, whole, body ? openWhole(body) : async () => null);
  return answered ?? failureAnswer('unreachable');
}

/** Who wants all of it, whatever they have, is given what is cached as it is. */
const isPlain = ({ method, headers }: Request): boolean =>
  method === 'GET' && !headers.has('range') && !headers.has('if-none-match');

async function fromStore(asked: Asked, reference: MediaReference): Promise<Response> {
  const { name, request, store } = asked;
  const isVariant = name.preset !== null && asked.resizes && reference.still !== 0;
  if (reference.type === null) return fromObject(asked, reference, isVariant);
  if (!isVariant && (reference.size ?? 0) > LIMITS.heldWhole) return large(asked, reference);
  const kept = await store.get(isVariant ? variantKey(name.cid, name.preset ?? 'full') : name.cid);
  if (!kept) return fromObject(asked, reference, isVariant);
  const whole = { ...kept, cid: name.cid, etag: isVariant ? kept.etag : originalTag(name) };
  return cached(asked, whole, kept.body, DAY_SECONDS, request);
}

const originalTag = ({ cid }: MediaName): string => `"${cid}"`;

/** Not held: the reader gets what they want of it, and the cache a copy of its own. */
async function large(asked: Asked, reference: MediaReference): Promise<Response> {
  const { name, request, store } = asked;
  const whole = { cid: name.cid, type: reference.type ?? '', etag: originalTag(name), size: reference.size };
  const part = wantedPart(request, whole);
  const open = async (): Promise<Kept | null> =>
    part && part !== 'outside' ? store.get(name.cid, part) : store.get(name.cid);
  const response = await answer(request, whole, async () => (await open())?.body ?? null);
  if (!response) return fromObject(asked, reference, false);
  if (request.method === 'GET' && response.status !== 304) asked.later(fill(asked, whole));
  return response;
}

/** Once for each isolate: where there is no cache to speak of, the store would be read for nothing each time. */
const filled = new Set<string>();
const MOST_FILLED = 1_000;

async function fill({ cache, store, key }: Asked, whole: Whole): Promise<void> {
  if (cache === UNSHARED || filled.has(key)) return;
  if (filled.size >= MOST_FILLED) filled.clear();
  filled.add(key);
  const kept = await store.get(whole.cid);
  if (!kept) return;
  const { readable, writable } = new FixedLengthStream(kept.size);
  const piped = kept.body.pipeTo(writable).catch(() => undefined);
  await cache.put(key, new Response(readable, { headers: storedHeaders(whole, DAY_SECONDS) }));
  await piped;
}

const storedHeaders = (whole: Whole, seconds: number): Record<string, string> => ({
  ...mediaHeaders(whole),
  'cache-control': `public, max-age=${seconds}`,
});

/** Small enough to be held: the reader's answer and the cache's are made of the same bytes. */
async function cached(
  { cache, key, later }: Asked,
  whole: Whole,
  body: ReadableStream<Uint8Array>,
  seconds: number,
  request: Request,
): Promise<Response> {
  const bytes = new Uint8Array(await new Response(body).arrayBuffer());
  const full = { ...whole, size: bytes.length, measured: true as const };
  later(cache.put(key, new Response(bytes, { headers: storedHeaders(full, seconds) })));
  const part = async (range: ByteRange | null) =>
    new Response(range ? bytes.subarray(range.start, range.end + 1) : bytes).body;
  return (await answer(request, full, part)) ?? failureAnswer('unreachable');
}

async function fromObject(asked: Asked, reference: MediaReference, isVariant: boolean): Promise<Response> {
  const { objects, name, gate, request } = asked;
  const order = {
    ...{ did: name.did, cid: name.cid, space: gate.space, declared: reference.declared },
    preset: isVariant ? name.preset : null,
    still: reference.still === null ? null : reference.still === 1,
    streams: isFromStart(request.headers.get('range')) && request.method === 'GET',
  };
  const got = await fromResponse(await objects.open(order));
  if ('failed' in got) return remembered(asked, got.failed, FAILED_SECONDS, got.retryAfterMs);
  const { type, size, body, is, etag } = got;
  const whole: Whole = { cid: name.cid, type, size, etag: is === 'variant' && etag ? etag : originalTag(name) };
  if (size !== null && size <= LIMITS.heldWhole) {
    return cached(asked, whole, body, is === 'instead' ? INSTEAD_SECONDS : DAY_SECONDS, request);
  }
  return (await answer(request, whole, openWhole(body))) ?? failureAnswer('unreachable');
}

function remembered(
  { cache, key, later }: Asked,
  failed: BlobFailure,
  seconds: number,
  retryAfterMs?: number,
): Response {
  const headers = { [NEGATIVE]: failed, 'cache-control': `public, max-age=${seconds}` };
  later(cache.put(key, new Response(null, { headers })));
  return failureAnswer(failed, retryAfterMs);
}
