// What media are asked of the world: where their bytes come from, are kept, made smaller and remembered.
import type { Cid, PresetName } from '../domain/media.ts';
import type { Did } from '../domain/model.ts';

/** Inclusive bounds. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface Kept {
  size: number;
  /** Strong, in quotes. */
  etag: string;
  type: string;
  body: ReadableStream<Uint8Array>;
}

export interface BlobStore {
  get(key: string, range?: ByteRange): Promise<Kept | null>;
  /** Kept whole or not at all: a stream that fails leaves nothing. Gives the ETag. */
  put(key: string, body: ReadableStream<Uint8Array> | Uint8Array, type: string, length: number): Promise<string>;
  /** For a length that is not known: parts of 5 MiB, the last one shorter. */
  multipart(key: string, type: string): Promise<Multipart>;
  delete(keys: string[]): Promise<void>;
  /** Keys that begin with `prefix`, in order. */
  list(prefix: string, after: string | null, limit: number): Promise<{ key: string; size: number; at: number }[]>;
}

export interface Multipart {
  part(bytes: Uint8Array): Promise<void>;
  complete(): Promise<string>;
  abort(): Promise<void>;
}

/** Why a blob could not be had. `retryAfterMs`: when it makes sense to ask again. */
export type BlobFailure =
  | 'absent'
  | 'unreachable'
  | 'slow'
  | 'busy'
  | 'too-large'
  | 'wrong'
  | 'type'
  | 'quota'
  | 'blocked';

export interface Failed {
  failed: BlobFailure;
  detail: string;
  retryAfterMs?: number;
}

export const isFailed = (value: object): value is Failed => 'failed' in value;

export interface OpenBlob {
  /** As the server says; null when it does not. */
  length: number | null;
  /** Ends with an error when it is longer than was allowed, or the time is over. */
  body: ReadableStream<Uint8Array>;
}

export interface BlobSource {
  /** From where the account lives now. */
  open(did: Did, cid: Cid, maxBytes: number): Promise<OpenBlob | Failed>;
}

/** Makes images smaller. Throws where the service says no. */
export interface Resizer {
  resize(image: ReadableStream<Uint8Array>, preset: PresetName): Promise<Uint8Array>;
  /** The image on average, as `#rrggbb`. */
  colour(image: ReadableStream<Uint8Array>): Promise<string | null>;
}

/** Makes a picture of an SVG that the house itself wrote: a PNG of so many pixels in width. */
export type Draw = (svg: string, width: number) => Promise<Uint8Array<ArrayBuffer>>;

/** What one CID's object is asked for. */
export interface MediaOrder {
  did: Did;
  cid: Cid;
  space: Did;
  /** As the record says. */
  declared: string;
  preset: PresetName | null;
  /** Whether smaller images can be made of it; null where that is not known yet. */
  still: boolean | null;
  /** Whether a body is of use before all of the blob is here: only for one that is read from its beginning. */
  streams: boolean;
}

/** All readers of a CID meet in one object. */
export interface MediaPort {
  /**
   * A response with `content-type`, `etag` and, where it is known, `content-length`; or with the header `x-failed`. Then what was
   * ordered is kept, or being kept while its body is read.
   */
  open(order: MediaOrder): Promise<Response>;
  /** Gone from its store, and from memory. */
  purge(cid: Cid): Promise<void>;
}

/** Between readers and everything else, in each data centre. */
export interface MediaCache {
  match(key: string): Promise<Response | undefined>;
  put(key: string, response: Response): Promise<void>;
}
