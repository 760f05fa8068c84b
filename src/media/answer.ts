// Media as answers: what browsers may do with them, whether they have them already, and which part they want.
import { FILE_TYPE } from '../domain/media.ts';
import type { BlobFailure, ByteRange } from '../ports/media.ts';
import { partOf, rangeOf } from './range.ts';

/** Readers keep what they have seen for a day at most: it may be taken away. */
const KEPT_BY_READERS = 'public, max-age=86400';

const SAFE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'content-length, content-range, etag, accept-ranges',
  'cross-origin-resource-policy': 'cross-origin',
};

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  [FILE_TYPE]: 'bin',
};

export interface Whole {
  cid: string;
  type: string;
  etag: string;
  /** Null while it comes from a server that does not tell. */
  size: number | null;
  /** Whether its body knows its own length, as those of caches do: then it need not be measured again. */
  measured?: true;
}

export function mediaHeaders({ cid, type, etag, size }: Whole): Record<string, string> {
  const name = `${cid}.${EXTENSIONS[type] ?? type.slice(type.indexOf('/') + 1)}`;
  return {
    ...SAFE,
    ...{ 'content-type': type, etag, 'cache-control': KEPT_BY_READERS },
    'content-disposition': `${type === FILE_TYPE ? 'attachment' : 'inline'}; filename="${name}"`,
    ...(size === null ? {} : { 'content-length': String(size), 'accept-ranges': 'bytes' }),
  };
}

/** Weak comparison, as RFC 9110 asks for If-None-Match. */
export const hasIt = ({ headers }: Request, etag: string): boolean =>
  (headers.get('if-none-match') ?? '')
    .split(',')
    .some((one) => one.trim().replace(/^W\//, '') === etag || one.trim() === '*');

/** Which part is wanted; an If-Range that names another version wants all of this one. */
export function wantedPart({ headers }: Request, { etag, size }: Whole): ByteRange | 'outside' | null {
  const condition = headers.get('if-range');
  return size === null || (condition !== null && condition !== etag) ? null : rangeOf(headers.get('range'), size);
}

/** Opens all of it, or that part alone. */
export type Open = (range: ByteRange | null) => Promise<ReadableStream<Uint8Array> | null>;

/** The answer to a reader. `open` is called at most once, and only where bytes are wanted. */
export async function answer(request: Request, whole: Whole, open: Open): Promise<Response | null> {
  const headers = mediaHeaders(whole);
  if (hasIt(request, whole.etag)) {
    const { 'content-length': _, ...rest } = headers;
    return new Response(null, { status: 304, headers: rest });
  }
  const part = wantedPart(request, whole);
  if (part === 'outside') return outside(whole);
  const status = part ? 206 : 200;
  if (part) {
    headers['content-range'] = `bytes ${part.start}-${part.end}/${whole.size}`;
    headers['content-length'] = String(part.end - part.start + 1);
  }
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const body = await open(part);
  const needsMeasure = part !== null || !whole.measured;
  return body && new Response(needsMeasure ? measured(body, headers['content-length']) : body, { status, headers });
}

/** A body of known length, so that its end is not taken for granted when it breaks off. */
function measured(body: ReadableStream<Uint8Array>, length: string | undefined): ReadableStream<Uint8Array> {
  if (length === undefined) return body;
  const { readable, writable } = new FixedLengthStream(Number(length));
  // Either side ends the other; who reads sees it.
  body.pipeTo(writable).catch(() => undefined);
  return readable;
}

/** For what can be opened only as a whole. */
export const openWhole =
  (body: ReadableStream<Uint8Array>): Open =>
  async (range) =>
    range ? partOf(body, range) : body;

const outside = (whole: Whole): Response =>
  new Response(null, { status: 416, headers: { ...SAFE, 'content-range': `bytes */${whole.size}` } });

const STATUS: Record<BlobFailure, number> = {
  ...{ absent: 404, blocked: 404, unreachable: 502, wrong: 502, slow: 504, busy: 503 },
  ...{ 'too-large': 413, type: 415, quota: 507 },
};

const WORDS: Record<BlobFailure | 'unknown', string> = {
  unknown: 'There is no such file here.',
  absent: "The author's server does not have this file.",
  blocked: 'There is no such file here.',
  unreachable: "The author's server cannot be reached. Try again in a moment.",
  wrong: "What the author's server sends is not this file.",
  slow: "The author's server takes too long. Try again in a moment.",
  busy: "The author's server asks to wait. Try again in a moment.",
  'too-large': 'This file is larger than what is shown here.',
  type: 'This file is not what it is said to be.',
  quota: 'The space, or this member of it, has used up the room for media.',
};

/** Why there is nothing to see, in words. `retryAfterMs` where it makes sense to ask again. */
export function failureAnswer(failed: BlobFailure | 'unknown', retryAfterMs?: number): Response {
  return new Response(`${WORDS[failed]}\n`, {
    status: failed === 'unknown' ? 404 : STATUS[failed],
    headers: {
      ...SAFE,
      ...{ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
      ...(retryAfterMs ? { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) } : {}),
    },
  });
}
