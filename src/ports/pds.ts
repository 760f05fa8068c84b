// What is asked of an account's own PDS, without signing in.
import type { AtUri, Did, JsonObject } from '../domain/model.ts';
import type { UriParts } from '../domain/uri.ts';

export interface RepoRecord {
  uri: AtUri;
  cid: string;
  value: JsonObject;
}

/** The server asks to be left alone for a while (`429`, `503`). */
export class PdsBusy extends Error {
  override readonly name = 'PdsBusy';
  readonly retryAfterMs: number;

  constructor(pds: string, retryAfterMs: number) {
    super(`${pds} asks to wait`);
    this.retryAfterMs = retryAfterMs;
  }
}
/** Some servers say that a record is missing without a proof of it. */
export type ProofAnswer = { car: Uint8Array } | { missing: 'record' | 'repository' };

/** Every call throws when the PDS cannot be reached or answers nonsense. `pds` is an origin. */
export interface PdsPort {
  /** Null when the repository is not there (`RepoNotFound`, or taken down, deactivated). */
  latestRev(pds: string, did: Did): Promise<string | null>;
  listRecords(
    pds: string,
    did: Did,
    collection: string,
    cursor?: string,
  ): Promise<{ records: RepoRecord[]; cursor: string | null }>;
  /** Whether the repository holds the record now (`com.atproto.repo.getRecord`). */
  hasRecord(pds: string, did: Did, collection: string, rkey: string): Promise<boolean>;
  /** The whole repository as a CAR file; null when it is not there. Throws when it is longer than `maxBytes`. */
  repo(pds: string, did: Did, maxBytes: number): Promise<Uint8Array | null>;
  /** A CAR with the signed commit and the path to the record, or to where it would be. */
  proof(pds: string, record: UriParts): Promise<ProofAnswer>;
  /** Collections the repository holds (`com.atproto.repo.describeRepo`). */
  collections(pds: string, did: Did): Promise<string[]>;
  /** `active`, or the PDS's word for why not; `deleted` also when it knows the account no more. */
  repoStatus(pds: string, did: Did): Promise<string>;
}
