// A body from a server that nobody vouches for: so many bytes, so long, and no pause without end.
import { FetchError } from './fetch-error.ts';

interface Bounds {
  maxBytes: number;
  idleMs: number;
  totalMs: number;
}

/** Null where a coding makes the length another one than that of what is read. */
export function declaredLength(headers: Headers): number | null {
  const length = headers.get('content-length');
  const isPlain = headers.get('content-encoding') === null;
  return isPlain && length !== null && /^\d{1,12}$/.test(length) ? Number(length) : null;
}

/** Read as it is asked for, so that nothing heaps up. `drop` ends the connection. */
export function boundedBody(
  response: Response,
  { maxBytes, idleMs, totalMs }: Bounds,
  url: string,
  drop: () => void,
): ReadableStream<Uint8Array> {
  const reader = response.body?.getReader();
  const end = Date.now() + totalMs;
  let size = 0;
  const next = async (): Promise<Uint8Array | null> => {
    const left = Math.min(idleMs, end - Date.now());
    const part = left <= 0 || !reader ? null : await within(reader.read(), left);
    if (!reader) return null;
    if (part === null) throw new FetchError('timeout', url, 'did not go on in time');
    if (part.done) return null;
    size += part.value.byteLength;
    if (size > maxBytes) throw new FetchError('too-large', url, `answered with more than ${maxBytes} bytes`);
    return part.value;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const bytes = await next();
          if (bytes === null) controller.close();
          else controller.enqueue(bytes);
        } catch (error) {
          drop();
          controller.error(error instanceof FetchError ? error : new FetchError('unreachable', url, 'broke off'));
        }
      },
      cancel: drop,
    },
    { highWaterMark: 0 },
  );
}

/** Null when it takes longer. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}
