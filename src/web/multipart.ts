// Forms with files (RFC 7578), read as they come: of a file that is too large nothing is held, and the words beside it are not lost.

import { joined } from '../formats/redact/steps.ts';

export interface SentFile {
  /** Of the field. */
  name: string;
  /** Null where it is larger than was allowed. */
  bytes: Uint8Array | null;
}

export interface Multipart {
  fields: URLSearchParams;
  /** Every field for a file in the order of the form; empty where none was chosen. */
  files: SentFile[];
}

export interface MultipartBounds {
  /** Of one field's words, and of one file. */
  field: number;
  file: number;
  /** Of all fields and files that are held. */
  held: number;
  parts: number;
  /** Of all that is read. */
  all: number;
}

const BOUNDARY = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i;
const MAX_HEAD = 4_096;

/** Null for what is no such form, or ends before its end. */
export async function readMultipart(request: Request, bounds: MultipartBounds): Promise<Multipart | null> {
  const [, quoted, plain] = BOUNDARY.exec(request.headers.get('content-type') ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || !request.body) return null;
  const reader = new Parts(request.body.getReader(), `\r\n--${boundary}`, bounds.all);
  const form: Multipart = { fields: new URLSearchParams(), files: [] };
  let left = bounds.held;
  try {
    // Before the first part nothing is meant.
    await reader.body(0);
    for (let count = 0; count < bounds.parts; count++) {
      const head = await reader.head();
      if (head === 'end') return form;
      const most = Math.min(left, head.isFile ? bounds.file : bounds.field);
      const bytes = await reader.body(most);
      left -= bytes?.length ?? 0;
      if (head.isFile) form.files.push({ name: head.name, bytes });
      else if (bytes === null) return null;
      else form.fields.append(head.name, textOf(bytes));
    }
    return null;
  } catch {
    // Broken off, or no form at all.
    return null;
  } finally {
    await reader.cancel();
  }
}

class Parts {
  private readonly source: ReadableStreamDefaultReader<Uint8Array>;
  private readonly delimiter: Uint8Array;
  /** With a line break before it the first delimiter is like the others. */
  private held: Uint8Array = new Uint8Array([13, 10]);
  private left: number;

  constructor(source: ReadableStreamDefaultReader<Uint8Array>, delimiter: string, all: number) {
    this.source = source;
    this.delimiter = new TextEncoder().encode(delimiter);
    this.left = all;
  }

  /** Of the next part; `end` behind the last. */
  async head(): Promise<{ name: string; isFile: boolean } | 'end'> {
    while (this.held.length < 2) await this.more();
    if (textOf(this.held.subarray(0, 2)) === '--') return 'end';
    let at = indexOf(this.held, END_OF_HEAD);
    while (at < 0) {
      if (this.held.length > MAX_HEAD) throw new Error('a head without an end');
      await this.more();
      at = indexOf(this.held, END_OF_HEAD);
    }
    const disposition = /^content-disposition:(.*)$/im.exec(textOf(this.held.subarray(0, at)))?.[1] ?? '';
    this.held = this.held.subarray(at + END_OF_HEAD.length);
    const name = /[;\s]name="([^"]*)"/i.exec(disposition)?.[1];
    if (name === undefined) throw new Error('a part without a name');
    return { name, isFile: /[;\s]filename\*?=/i.test(disposition) };
  }

  /** All before the next delimiter, which is taken too; null when it was longer than `most`. */
  async body(most: number): Promise<Uint8Array | null> {
    const kept: Uint8Array[] = [];
    let length = 0;
    const take = (end: number): void => {
      length += end;
      if (length <= most) kept.push(this.held.slice(0, end));
      else kept.length = 0;
      this.held = this.held.subarray(end);
    };
    for (let at = -1; at < 0; ) {
      at = indexOf(this.held, this.delimiter);
      // The end of what is held may be the beginning of a delimiter.
      take(at >= 0 ? at : Math.max(0, this.held.length - this.delimiter.length));
      if (at < 0) await this.more();
    }
    this.held = this.held.subarray(this.delimiter.length);
    return length > most ? null : joined(kept);
  }

  async cancel(): Promise<void> {
    await this.source.cancel().catch(() => undefined);
  }

  private async more(): Promise<void> {
    const { value, done } = await this.source.read();
    if (done) throw new Error('the form ended before its end');
    this.left -= value.length;
    if (this.left < 0) throw new Error('the form is too long');
    this.held = joined([this.held, value]);
  }
}

const END_OF_HEAD = new TextEncoder().encode('\r\n\r\n');

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + wanted.length > bytes.length) return -1;
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}
