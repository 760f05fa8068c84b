// Blobs from where their author's account lives (com.atproto.sync.getBlob), through the guarded way out.

import { isObject } from '../domain/json.ts';
import type { Did, Json } from '../domain/model.ts';
import { com } from '../lexicons/index.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { BlobFailure, BlobSource, Failed, OpenBlob } from '../ports/media.ts';
import { FetchError, type FetchFailure, type Opened, type Outbound } from './fetch.ts';
import { xrpcUrl } from './xrpc.ts';

const { getBlob } = com.atproto.sync;

const IDLE_MS = 15_000;
const TOTAL_MS = 300_000;
const BUSY_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;
const MAX_ERROR = 10_000;

const FAILURES: Partial<Record<FetchFailure, BlobFailure>> = { timeout: 'slow', 'too-large': 'too-large' };

/** What went wrong on the way, also in the midst of a body. */
export const failureOf = (error: unknown): Failed => {
  const failed = (error instanceof FetchError && FAILURES[error.failure]) || 'unreachable';
  return { failed, detail: error instanceof Error ? error.message : String(error) };
};

export function blobSource({ identity, out }: { identity: IdentityPort; out: Outbound }): BlobSource {
  const ask = async (pds: string, did: Did, cid: string, maxBytes: number): Promise<OpenBlob | Failed> => {
    const url = xrpcUrl(pds, getBlob.$lxm, { did, cid });
    const answer = await out.open(url, { maxBytes, idleMs: IDLE_MS, totalMs: TOTAL_MS });
    if (answer.status !== 200) return refused(pds, answer);
    if (answer.length === null || answer.length <= maxBytes) return answer;
    await answer.body.cancel();
    return { failed: 'too-large', detail: `${pds} offers ${answer.length} bytes, and ${maxBytes} are taken` };
  };

  const where = async (did: Did, fresh: boolean): Promise<string | null> =>
    (await identity.resolveDid(did, { fresh }))?.pds ?? null;

  return {
    async open(did, cid, maxBytes) {
      try {
        const pds = await where(did, false);
        if (pds === null) return { failed: 'absent', detail: `${did} has no server` };
        const first = await ask(pds, did, cid, maxBytes);
        if (!('failed' in first) || first.failed !== 'absent') return first;
        // The account may have moved a moment ago.
        const now = await where(did, true);
        return now === null || now === pds ? first : await ask(now, did, cid, maxBytes);
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

async function refused(pds: string, { status, retryAfterMs, body }: Opened): Promise<Failed> {
  const error = await errorIn(body);
  const detail = `${pds} answered ${status} ${error}`.trim();
  if (status === 429 || status === 503) {
    return { failed: 'busy', detail, retryAfterMs: Math.min(retryAfterMs ?? BUSY_MS, LONGEST_WAIT_MS) };
  }
  return { failed: status >= 400 && status < 500 ? 'absent' : 'unreachable', detail };
}

/** Error answers are small; of a longer one nobody reads the rest. */
async function errorIn(body: ReadableStream<Uint8Array>): Promise<string> {
  const reader = body.getReader();
  let text = '';
  try {
    for (let part = await reader.read(); !part.done && text.length < MAX_ERROR; part = await reader.read()) {
      text += new TextDecoder().decode(part.value);
    }
    await reader.cancel();
    const answer = JSON.parse(text) as Json;
    return isObject(answer) && typeof answer.error === 'string' ? answer.error.slice(0, 100) : '';
  } catch {
    return '';
  }
}
