// An account's own PDS, asked without signing in. What it answers is checked: it may be anybody's server.
import { isValidNsid } from '@atproto/syntax';
import type { Did, Json, JsonObject } from '../domain/model.ts';
import { isTid } from '../domain/tid.ts';
import { parseUri } from '../domain/uri.ts';
import { com } from '../lexicons/index.ts';
import type { PdsPort, RepoRecord } from '../ports/pds.ts';
import { FetchError, type Outbound } from './fetch.ts';
import { isObject, xrpcUrl } from './xrpc.ts';

const { getLatestCommit, getRecord, getRepoStatus } = com.atproto.sync;
const { describeRepo, listRecords } = com.atproto.repo;

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
    outbound.json(xrpcUrl(pds, method, parameters), PAGE_BOUNDS).then((answer) => ({ ...answer, pds, method }));

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

    listRecords: (pds, did, collection, cursor) => page({ pds, did, collection, cursor }, PAGE_SIZES),

    async proof(pds, { did, collection, rkey }) {
      const method = getRecord.$lxm;
      const { status, bytes } = await outbound.bytes(xrpcUrl(pds, method, { did, collection, rkey }), PROOF_BOUNDS);
      if (status === 200) return { car: bytes };
      const answer = { status, body: jsonIn(bytes), pds, method };
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
  pds: string;
  method: string;
}

/** An error's answer, if it is one in the protocol's form. */
function jsonIn(bytes: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch {
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
