// What a CID's object answers, as a response between Workers and back.
import type { BlobFailure, Failed } from '../ports/media.ts';
import type { Ready } from './object.ts';

const [FAILED, SIZE, IS, RETRY] = ['x-failed', 'x-size', 'x-is', 'x-retry-ms'];

export function asResponse(answer: Ready | Failed): Response {
  if ('failed' in answer) {
    const { failed, detail, retryAfterMs } = answer;
    const headers = { [FAILED]: failed, ...(retryAfterMs ? { [RETRY]: String(retryAfterMs) } : {}) };
    return new Response(detail.slice(0, 500), { headers });
  }
  const { type, size, body, etag, is } = answer;
  return new Response(body, {
    headers: {
      'content-type': type,
      ...(size === null ? {} : { [SIZE]: String(size) }),
      ...(etag === null ? {} : { etag }),
      [IS]: is,
    },
  });
}

export async function fromResponse(
  response: Response,
): Promise<Failed | (Omit<Ready, 'body'> & { body: ReadableStream<Uint8Array> })> {
  const { headers } = response;
  const failed = headers.get(FAILED);
  if (failed !== null) {
    const retryAfterMs = Number(headers.get(RETRY));
    const detail = await response.text();
    return { failed: failed as BlobFailure, detail, ...(retryAfterMs > 0 ? { retryAfterMs } : {}) };
  }
  const size = headers.get(SIZE);
  return {
    type: headers.get('content-type') ?? '',
    size: size === null ? null : Number(size),
    body: response.body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() }),
    etag: headers.get('etag'),
    is: (headers.get(IS) ?? 'original') as Ready['is'],
  };
}
