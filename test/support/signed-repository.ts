/** A really signed repository, and its server's answers to `com.atproto.sync.getRecord`. */
import { type Keypair, Secp256k1Keypair } from '@atproto/crypto';
import { jsonToLex } from '@atproto/lex';
import { getRecords, MemoryBlockstore, Repo, WriteOpAction } from '@atproto/repo';
import type { RecordEvent } from '../../src/domain/event.ts';
import type { Did, JsonObject } from '../../src/domain/model.ts';

type Written = Exclude<Parameters<Repo['formatCommit']>[0], readonly unknown[]>;

export class SignedRepository {
  readonly did: Did;
  readonly key: Keypair;
  private repo: Repo;
  private readonly storage: MemoryBlockstore;

  private constructor(did: Did, key: Keypair, repo: Repo, storage: MemoryBlockstore) {
    this.did = did;
    this.key = key;
    this.repo = repo;
    this.storage = storage;
  }

  static async create(did: Did, key?: Keypair): Promise<SignedRepository> {
    const signing = key ?? (await Secp256k1Keypair.create());
    const storage = new MemoryBlockstore();
    return new SignedRepository(did, signing, await Repo.create(storage, did, signing), storage);
  }

  get rev(): string {
    return this.repo.commit.rev;
  }

  /** Writes a record, and gives the event that a stream tells of it. */
  async put(collection: string, rkey: string, record: JsonObject): Promise<RecordEvent> {
    const action = (await this.cidOf(collection, rkey)) === null ? WriteOpAction.Create : WriteOpAction.Update;
    const written = { $type: collection, ...record };
    const write = { action, collection, rkey, record: jsonToLex(written) } as Written;
    this.repo = await this.repo.applyWrites(write, this.key);
    const operation = action === WriteOpAction.Create ? 'create' : 'update';
    return this.event(collection, rkey, { operation, cid: await this.cidOf(collection, rkey), record: written });
  }

  async remove(collection: string, rkey: string): Promise<RecordEvent> {
    const write = { action: WriteOpAction.Delete, collection, rkey } as Written;
    this.repo = await this.repo.applyWrites(write, this.key);
    return this.event(collection, rkey, { operation: 'delete', cid: null, record: null });
  }

  /** Signs the same tree once more, as of a rev. */
  async resign(rev: string): Promise<void> {
    this.repo = await this.repo.resignCommit(rev, this.key);
  }

  async cidOf(collection: string, rkey: string): Promise<string | null> {
    return (await this.repo.data.get(`${collection}/${rkey}`))?.toString() ?? null;
  }

  async car(collection: string, rkey: string): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for await (const part of getRecords(this.storage, this.repo.cid, [{ collection, rkey }])) parts.push(part);
    return Uint8Array.from(parts.flatMap((part) => [...part]));
  }

  private event(
    collection: string,
    rkey: string,
    change: Pick<RecordEvent, 'operation' | 'cid' | 'record'>,
  ): RecordEvent {
    return { kind: 'record', did: this.did, collection, rkey, rev: this.rev, snapshot: false, ...change };
  }
}
