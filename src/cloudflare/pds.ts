// An account's own PDS, asked without signing in. What it answers is checked: it may be anybody's server.
import { isValidNsid } from '@atproto/syntax';
import { isObject } from '../domain/json.ts';
import type { Did, Json, JsonObject } from '../domain/model.ts';
import { isTid } from '../domain/tid.ts';
import { parseUri } from '../domain/uri.ts';
import { com } from '../lexicons/index.ts';
import { PdsBusy, type PdsPort, type RepoRecord } from '../ports/pds.ts';
import { FetchError, type Outbound } from './fetch.ts';
import { xrpcUrl } from './xrpc.ts';

const { getLatestCommit, getRecord: getProof, getRepo, getRepoStatus } = com.atproto.sync;
const { describeRepo, getRecord, listRecords } = com.atproto.repo;

/** A page of 100 records near the protocol's size limit would not fit in a Worker's memory: then fewer are asked for. */
const PAGE_SIZES = [100, 10, 1];
const PAGE_BOUNDS = { maxBytes: 8_000_000, timeoutMs: 20_000 };
/** A record of at most 1 MB with the path to it. */
const PROOF_BOUNDS = { maxBytes: 2_000_000, timeoutMs: 8_000 };
const MAX_COLLECTIONS = 1_000;
/** The account's data is somewhere else or gone; it is no fault of the server. */
const NOT_HERE: ReadonlySet<string> = new Set(getLatestCommit.main.errors);
const [REPO_NOT_FOUND] = getRepoStatus.main.errors;
const [RECORD_NOT_FOUND] = getRecord.main.errors;

interface WantedPage {
  pds: string;
  did: Did;
  collection: string;
  cursor: string | undefined;
}
type RecordPage = Awaited<ReturnType<PdsPort['listRecords']>>;

export function pdsPort(outbound: Outbound): PdsPort {
  const ask = (pds: string, method: string, parameters: Record<string, string | undefined>) =>
    outbound.json(xrpcUrl(pds, method, parameters), PAGE_BOUNDS).then((answer) => patient({ ...answer, pds, method }));

  const page = async (wanted: WantedPage, [size, ...smaller]: number[]): Promise<RecordPage> => {
    const { pds, did, collection, cursor } = wanted;
    try {
      const answer = await ask(pds, listRecords.$lxm, { repo: did, collection, limit: String(size), cursor });
      const { records, cursor: next } = bodyOf(answer);
      if (!Array.isArray(records)) return nonsense(answer);
      return {
        records: records.flatMap((entry) => recordOf(entry, did, collection)),
        cursor: typeof next === 'string' && next !== '' && records.length > 0 ? next : null,
      };
    } catch (error) {
      const isTooLarge = error instanceof FetchError && error.failure === 'too-large';
      if (isTooLarge && smaller.length > 0) return page(wanted, smaller);
      throw error;
    }
  };

  return {
    async latestRev(pds, did) {
      const answer = await ask(pds, getLatestCommit.$lxm, { did });
      if (NOT_HERE.has(errorName(answer))) return null;
      const rev = bodyOf(answer).rev;
      return isTid(rev) ? rev : nonsense(answer);
    },

    async hasRecord(pds, did, collection, rkey) {
      const answer = await ask(pds, getRecord.$lxm, { repo: did, collection, rkey });
      if (errorName(answer) === RECORD_NOT_FOUND) return false;
      bodyOf(answer);
      return true;
    },

    async repo(pds, did, maxBytes) {
      const url = xrpcUrl(pds, getRepo.$lxm, { did });
      const { bytes, status, retryAfterMs } = await outbound.bytes(url, { maxBytes, timeoutMs: PAGE_BOUNDS.timeoutMs });
      if (status === 200) return bytes;
      const body = status < 500 ? parsed(bytes) : null;
      const answer = patient({ status, body, retryAfterMs, pds, method: getRepo.$lxm });
      return NOT_HERE.has(errorName(answer)) ? null : nonsense(answer);
    },

    listRecords: (pds, did, collection, cursor) => page({ pds, did, collection, cursor }, PAGE_SIZES),

    async proof(pds, { did, collection, rkey }) {
      const method = getProof.$lxm;
      const { status, bytes, retryAfterMs } = await outbound.bytes(
        xrpcUrl(pds, method, { did, collection, rkey }),
        PROOF_BOUNDS,
      );
      if (status === 200) return { car: bytes };
      const answer = patient({ status, body: parsed(bytes), retryAfterMs, pds, method });
      const error = errorName(answer);
      if (error === REPO_NOT_FOUND) return { missing: 'repository' };
      return error === RECORD_NOT_FOUND ? { missing: 'record' } : nonsense(answer);
    },

    async collections(pds, did) {
      const answer = await ask(pds, describeRepo.$lxm, { repo: did });
      const { collections } = bodyOf(answer);
      if (!Array.isArray(collections)) return nonsense(answer);
      return collections
        .filter((name): name is string => typeof name === 'string' && isValidNsid(name))
        .slice(0, MAX_COLLECTIONS);
    },

    async repoStatus(pds, did) {
      const answer = await ask(pds, getRepoStatus.$lxm, { did });
      if (errorName(answer) === REPO_NOT_FOUND) return 'deleted';
      const { active, status } = bodyOf(answer);
      if (typeof active !== 'boolean') return nonsense(answer);
      if (active) return 'active';
      return typeof status === 'string' && status !== '' ? status.slice(0, 64) : 'deactivated';
    },
  };
}

interface Answer {
  status: number;
  body: Json;
  retryAfterMs: number | null;
  pds: string;
  method: string;
}

const BUSY_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;

/** A server that says how long to wait is believed, up to an hour. */
function patient(answer: Answer): Answer {
  const { status, retryAfterMs, pds } = answer;
  if (status === 429 || (status === 503 && retryAfterMs !== null)) {
    throw new PdsBusy(pds, Math.min(retryAfterMs ?? BUSY_MS, LONGEST_WAIT_MS));
  }
  return answer;
}

function parsed(bytes: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch {
    // An error's answer need not be JSON.
    return null;
  }
}

function bodyOf(answer: Answer): JsonObject {
  const { status, body } = answer;
  return status === 200 && isObject(body) ? body : nonsense(answer);
}

function nonsense(answer: Answer): never {
  const { pds, method, status } = answer;
  throw new Error(`${pds} answered ${method} with ${status} ${errorName(answer)}`.trim());
}

const errorName = ({ status, body }: Answer): string =>
  status >= 400 && status < 500 && isObject(body) && typeof body.error === 'string' ? body.error.slice(0, 100) : '';

/** Empty for an entry that is no record of this repository and collection. */
function recordOf(entry: Json, did: Did, collection: string): RepoRecord[] {
  if (!isObject(entry) || typeof entry.uri !== 'string' || typeof entry.cid !== 'string') return [];
  const { uri, cid, value } = entry;
  const parts = parseUri(uri);
  if (parts?.did !== did || parts.collection !== collection || cid.length > 200 || !isObject(value)) return [];
  return [{ uri, cid, value }];
}
