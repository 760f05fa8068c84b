/** A CID's object over the real store and database of workerd; the author's server is a script, and time stands still. */
import { env } from 'cloudflare:workers';
import { bytesToMultibase } from '@atproto/crypto';
import { blobStore } from '../../../src/cloudflare/r2.ts';
import { joined } from '../../../src/formats/redact/steps.ts';
import { MediaObject, type ObjectDeps, type Ready } from '../../../src/media/object.ts';
import type { Failed, MediaOrder, OpenBlob } from '../../../src/ports/media.ts';
import { didOf } from '../community.ts';

export const [SPACE, ADA, BEA] = [didOf('gallery'), didOf('ada'), didOf('bea')];
export const store = blobStore(env.MEDIA);

export async function cidOf(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice()));
  return bytesToMultibase(new Uint8Array([0x01, 0x55, 0x12, 0x20, ...digest]), 'base32');
}

/** Bytes in no order, the same for the same seed. */
export function bytesOf(length: number, seed = 1): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = seed;
  for (let i = 0; i < words.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words[i] = state;
  }
  return new Uint8Array(words.buffer, 0, length);
}

export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

function box(type: string, body: Uint8Array): Uint8Array {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, body.length + 8);
  head.set(ascii(type), 4);
  return joined([head, body]);
}

/** The outside of a film. */
export const filmOf = (length: number, seed = 1): Uint8Array =>
  joined([box('ftyp', ascii('isom\0\0\0\0isom')), box('mdat', bytesOf(length, seed))]);

/** A PNG's head that says how large it is; the rest is not looked at. */
export function pngOf(width: number, height: number, more = 100): Uint8Array {
  const head = new Uint8Array(8);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  const start = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  const data = new Uint8Array([0, 0, 0, 0]);
  new DataView(data.buffer).setUint32(0, more);
  return joined([
    start,
    ascii('IHDR'),
    head,
    new Uint8Array([8, 2, 0, 0, 0, 0, 0, 0, 0]),
    data,
    ascii('IDAT'),
    bytesOf(more + 4),
  ]);
}

const CHUNK = 256 * 1024;

/** In pieces, each when it is asked for; `gate` is waited for before each. */
export function piecesOf(
  bytes: Uint8Array,
  gate: (at: number) => unknown = () => undefined,
): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await gate(at);
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + CHUNK));
        at += CHUNK;
      },
    },
    { highWaterMark: 0 },
  );
}

export interface Server {
  /** How often it was asked. */
  asked: number;
  answer: (maxBytes: number) => OpenBlob | Failed;
}

export const serverOf = (bytes: Uint8Array, length: number | null = bytes.length): Server => ({
  asked: 0,
  answer: () => ({ length, body: piecesOf(bytes) }),
});

export const clock = { at: Date.UTC(2026, 10, 20), now: () => clock.at };

export function objectOf(server: Server, more: Partial<ObjectDeps> = {}): MediaObject {
  return new MediaObject({
    ...{ db: env.DB, store, resizer: null, clock, log: () => undefined },
    quota: { spaceBytes: 1e9, memberBytes: 1e9 },
    source: {
      open: async (_did, _cid, maxBytes) => {
        server.asked++;
        return server.answer(maxBytes);
      },
    },
    failureOf: (error) => ({ failed: 'unreachable', detail: String(error) }),
    ...more,
  });
}

export const orderOf = (cid: string, more: Partial<MediaOrder> = {}): MediaOrder => ({
  ...{ did: ADA, cid, space: SPACE, declared: 'video/mp4', preset: null, still: null, streams: true },
  ...more,
});

/** All of a body; rejects where it breaks off. */
export async function read(answer: Ready | Failed): Promise<Uint8Array> {
  if ('failed' in answer) throw new Error(`${answer.failed}: ${answer.detail}`);
  return new Uint8Array(await new Response(answer.body).arrayBuffer());
}

/** What came before it broke off, if it did. */
export async function readSome(answer: Ready | Failed): Promise<{ bytes: number; broke: boolean }> {
  if ('failed' in answer || answer.body instanceof Uint8Array) throw new Error('no stream');
  const reader = answer.body.getReader();
  let bytes = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
    return { bytes, broke: false };
  } catch {
    return { bytes, broke: true };
  }
}

export const isStored = async (cid: string): Promise<boolean> => (await env.MEDIA.head(cid)) !== null;

/** Byte for byte; tells only where they differ, for a failed expectation over megabytes would be printed. */
export function difference(one: Uint8Array, other: Uint8Array): string {
  if (one.length !== other.length) return `${one.length} bytes, not ${other.length}`;
  const at = one.findIndex((byte, i) => byte !== other[i]);
  return at < 0 ? 'none' : `at ${at}`;
}
