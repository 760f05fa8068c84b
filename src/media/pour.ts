// A blob on its way from its author's server into the store: hashed as it comes, without its metadata as it goes on. Nothing is kept,
// and nobody has all of it, before its CID is proven.
import { type Cid, LIMITS, typeAgreed } from '../domain/media.ts';
import { isBomb, LOOKED_AT, type Look, lookAt } from '../formats/look.ts';
import { redaction } from '../formats/redact/index.ts';
import { joined, type Redaction } from '../formats/redact/steps.ts';
import { SNIFFED, sniff } from '../formats/sniff.ts';
import type { BlobFailure, BlobStore, Failed, OpenBlob } from '../ports/media.ts';
import { CidOfBytes } from './cid.ts';
import { Follower } from './follower.ts';
import { type Sink, sinkInto } from './sink.ts';

export interface Poured {
  type: string;
  size: number;
  look: Look | null;
  /** All of it, where it was held whole. */
  bytes: Uint8Array | null;
}

export class PourError extends Error {
  readonly failed: BlobFailure;

  constructor(failed: BlobFailure, detail: string) {
    super(detail);
    this.failed = failed;
  }
}

/** What is known before the rest has come, and how to read along. */
export interface Begun {
  type: string;
  /** Null where the server does not tell. */
  size: number | null;
  follow(): ReadableStream<Uint8Array> | null;
}

interface Options {
  cid: Cid;
  /** What the author says it is. */
  declared: string;
  store: BlobStore;
  /** What a broken way means. */
  failureOf(error: unknown): Failed;
}

export class Pour {
  /** When it can be told what it is, or that all of it is here. Rejects with a PourError. */
  readonly begun: Promise<Begun>;
  readonly done: Promise<Poured>;
  private readonly options: Options;
  private readonly hash = new CidOfBytes();
  private readonly followers: Follower[] = [];
  private size = 0;
  /** The last piece, withheld until it is known to be true. */
  private last: Uint8Array | null = null;
  private moved = false;
  private head: Uint8Array[] = [];
  private begin: (begun: Begun) => void = () => undefined;

  constructor(open: OpenBlob, options: Options) {
    this.options = options;
    const { promise, resolve, reject } = Promise.withResolvers<Begun>();
    this.begun = promise;
    this.begin = resolve;
    this.done = this.run(open).catch((error: unknown) => {
      const known = error instanceof PourError ? error : this.broken(error);
      for (const follower of this.followers) follower.break(known);
      reject(known);
      throw known;
    });
    // Whoever waits is told; that nobody does is no fault.
    this.begun.catch(() => undefined);
    this.done.catch(() => undefined);
  }

  private broken(error: unknown): PourError {
    const { failed, detail } = this.options.failureOf(error);
    return new PourError(failed, detail);
  }

  private async run({ length, body }: OpenBlob): Promise<Poured> {
    const reader = body.getReader();
    try {
      const ended = await this.fillHead(reader, length);
      const head = joined(this.head);
      this.head = [];
      const { type, look } = this.judge(head);
      const redacted = redaction(type);
      return ended
        ? await this.whole(head, type, look, redacted)
        : await this.through(reader, { head, type, look, redacted, length });
    } catch (error) {
      await reader.cancel().catch(() => undefined);
      throw error;
    }
  }

  /** Until it ends, or is too much to be held; where the length is known to be, until it can be told what it is. */
  private async fillHead(reader: ReadableStreamDefaultReader<Uint8Array>, length: number | null): Promise<boolean> {
    const isLong = length !== null && length > LIMITS.heldWhole;
    const telling = this.options.declared.startsWith('image/') ? LOOKED_AT : SNIFFED;
    const enough = isLong ? telling : LIMITS.heldWhole + 1;
    for (let held = 0; held < enough; ) {
      const { done, value } = await reader.read();
      if (done) return true;
      held += value.length;
      this.head.push(value);
    }
    return false;
  }

  private judge(head: Uint8Array): { type: string; look: Look | null } {
    const seen = sniff(head);
    const { declared } = this.options;
    const type = typeAgreed(seen, declared);
    if (type === null)
      throw new PourError('type', `it is said to be ${declared}, and is ${seen ?? 'nothing that is shown'}`);
    const look = lookAt(type, head.subarray(0, LOOKED_AT));
    if (look && isBomb(look)) throw new PourError('too-large', `a picture of ${look.width} by ${look.height}`);
    return { type, look };
  }

  private async prove(): Promise<void> {
    const { cid } = this.options;
    const came = await this.hash.cid();
    if (came !== cid) throw new PourError('wrong', `what came is not ${cid}, but ${came}`);
  }

  private async whole(head: Uint8Array, type: string, look: Look | null, redacted: Redaction): Promise<Poured> {
    await this.hash.take(head);
    await this.prove();
    const bytes = joined([redacted.push(head), redacted.end()]);
    const { cid, store } = this.options;
    await store.put(cid, bytes, type, bytes.length);
    this.begin({ type, size: bytes.length, follow: () => null });
    return { type, look, size: bytes.length, bytes };
  }

  private async through(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    given: { head: Uint8Array; type: string; look: Look | null; redacted: Redaction; length: number | null },
  ): Promise<Poured> {
    const { type, look, redacted, length } = given;
    const { store, cid } = this.options;
    const sink = await sinkInto(store, cid, type, length);
    try {
      this.begin({ type, size: length, follow: () => this.follow() });
      for (let chunk: Uint8Array | undefined = given.head; chunk; chunk = (await reader.read()).value) {
        await this.hash.take(chunk);
        await this.move(redacted.push(chunk), sink);
      }
      await this.move(redacted.end(), sink);
      await this.prove();
      const total = this.size + (this.last?.length ?? 0);
      if (length !== null && total !== length) throw new PourError('wrong', `${total} bytes came of ${length}`);
      if (this.last) await this.hand(this.last, sink);
      await sink.close();
    } catch (error) {
      await sink.abort();
      throw error;
    }
    for (const follower of this.followers) follower.finish(this.size);
    return { type, look, size: this.size, bytes: null };
  }

  private async move(piece: Uint8Array, sink: Sink): Promise<void> {
    if (piece.length === 0) return;
    const { last } = this;
    this.last = piece;
    if (last) await this.hand(last, sink);
  }

  private async hand(piece: Uint8Array, sink: Sink): Promise<void> {
    this.moved = true;
    this.size += piece.length;
    for (const follower of this.followers) follower.offer(piece);
    await sink.write(piece);
  }

  /** Null once the beginning has gone by. */
  private follow(): ReadableStream<Uint8Array> | null {
    if (this.moved) return null;
    const { store, cid } = this.options;
    const follower = new Follower(async (range) => (await store.get(cid, range))?.body ?? null);
    this.followers.push(follower);
    return follower.body;
  }
}
