// A whole repository from one CAR file: every record under its root, each block as its CID says.
import { lexToJson } from '@atproto/lex';
import { decode } from '@atproto/lex-cbor';
import { readCarWithRoot, verifyRepo } from '@atproto/repo';
import type { RecordEvent } from '../domain/event.ts';
import type { Did, JsonObject } from '../domain/model.ts';
import { shown } from './snapshot.ts';

export interface CarRecords {
  /** Of its commit. */
  rev: string;
  events: RecordEvent[];
}

/** Throws when it is no repository of `did`. Of other collections than these no event is made. */
export async function readCar(
  bytes: Uint8Array,
  did: Did,
  wanted: (collection: string) => boolean,
): Promise<CarRecords> {
  const { root, blocks } = await readCarWithRoot(bytes);
  const { creates, commit } = await verifyRepo(blocks, root, did);
  const { rev } = commit;
  const events = creates
    .filter(({ collection }) => wanted(collection))
    .map(({ collection, rkey, cid }): RecordEvent => {
      const block = blocks.get(cid);
      if (!block) throw new Error(`the repository of ${did} lacks ${collection}/${rkey}`);
      const value = lexToJson(decode(block)) as JsonObject;
      return shown({ did, collection, rkey, rev }, cid.toString(), value);
    });
  return { rev, events };
}
