// The part of a file that was asked for (RFC 9110, 14).
import type { ByteRange } from '../ports/media.ts';

const SINGLE = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/;

/** Null: all of it, also where several parts are asked for at once. `outside`: there is no such part. */
export function rangeOf(header: string | null, size: number): ByteRange | 'outside' | null {
  const found = SINGLE.exec(header?.trim() ?? '');
  if (!found) return null;
  const [, first, last, suffix] = found;
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), size);
    return length === 0 ? 'outside' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' || last === undefined ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size) return 'outside';
  // An end before the start makes the header invalid, and an invalid one is ignored.
  return last !== '' && Number(last) < start ? null : { start, end };
}

/** Whether a reader wants it from the beginning to the end, so that it may be read while it comes. */
export const isFromStart = (header: string | null): boolean => header === null || /^bytes=0-$/.test(header.trim());

/** That part of a body which is all of it. */
export function partOf(body: ReadableStream<Uint8Array>, { start, end }: ByteRange): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let at = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return controller.error(new Error('shorter than it was said to be'));
        const part = value.subarray(Math.max(0, start - at), Math.max(0, end + 1 - at));
        at += value.length;
        if (part.length > 0) controller.enqueue(part);
        if (at > end) {
          await reader.cancel();
          return controller.close();
        }
        if (part.length > 0) return;
      }
    },
    cancel: () => reader.cancel(),
  });
}
