// Where a blob of many bytes goes while it comes: one put where its length is known, else parts.

import { joined } from '../formats/redact/steps.ts';
import type { BlobStore } from '../ports/media.ts';

export interface Sink {
  /** Waits until there is room. */
  write(piece: Uint8Array): Promise<void>;
  close(): Promise<void>;
  /** Nothing of it is kept. */
  abort(): Promise<void>;
}

export const sinkInto = (store: BlobStore, key: string, type: string, length: number | null): Sink | Promise<Sink> =>
  length === null ? inParts(store, key, type) : inOne(store, key, type, length);

function inOne(store: BlobStore, key: string, type: string, length: number): Sink {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  let failure: unknown;
  const put = store.put(key, readable, type, length).catch(async (error: unknown) => {
    failure = error;
    // Whoever writes would wait for ever.
    await writer.abort(error).catch(() => undefined);
    throw error;
  });
  put.catch(() => undefined);
  return {
    async write(piece) {
      await writer.write(piece).catch((error: unknown) => {
        throw failure ?? error;
      });
    },
    async close() {
      await writer.close();
      await put;
    },
    async abort() {
      await writer.abort(new Error('given up')).catch(() => undefined);
      await put.catch(() => undefined);
    },
  };
}

/** What R2 asks of all parts but the last. */
const PART = 5 * 1024 * 1024;

async function inParts(store: BlobStore, key: string, type: string): Promise<Sink> {
  const upload = await store.multipart(key, type);
  let held: Uint8Array[] = [];
  let size = 0;
  const send = async (length: number): Promise<void> => {
    const all = joined(held);
    held = [all.subarray(length)];
    size -= length;
    await upload.part(all.slice(0, length));
  };
  return {
    async write(piece) {
      held.push(piece);
      size += piece.length;
      while (size >= PART) await send(PART);
    },
    async close() {
      if (size > 0) await send(size);
      await upload.complete();
    },
    abort: () => upload.abort(),
  };
}
