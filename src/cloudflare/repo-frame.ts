// A frame of `com.atproto.sync.subscribeRepos`: two DAG-CBOR objects, the second of which may carry a CAR of the blocks that changed.
import { isLexMap, type LexValue, lexToJson } from '@atproto/lex';
import { decode, decodeAll } from '@atproto/lex-cbor';
import { readCar } from '@atproto/repo';

/** As the specification of event streams has it. */
const MAX_FRAME_BYTES = 5_000_000;
const MAX_OPS = 200;

type Body = Record<string, LexValue | undefined>;

/** Undefined for a frame that carries no message of a kind known here. */
export interface RepoFrame {
  /** Without its `#`; `error` for an error frame. */
  kind: string;
  seq: number | null;
  time: string;
  did: string;
  body: Body;
}

export function readFrame(bytes: Uint8Array): RepoFrame {
  if (bytes.byteLength > MAX_FRAME_BYTES) throw new Error(`a frame of ${bytes.byteLength} bytes`);
  const [header, body] = [...decodeAll(bytes)];
  if (!isLexMap(header) || !isLexMap(body)) throw new Error('a frame that is no two objects');
  const { op, t } = header;
  const { seq, time, repo, did } = body;
  return {
    kind: op === 1 && typeof t === 'string' ? t.slice(1) : op === -1 ? 'error' : '',
    seq: typeof seq === 'number' && Number.isSafeInteger(seq) && seq > 0 ? seq : null,
    time: typeof time === 'string' ? time : '',
    did: typeof repo === 'string' ? repo : typeof did === 'string' ? did : '',
    body,
  };
}

/** One operation of a commit, as Jetstream v1 tells it. */
export interface RepoOp {
  rev: LexValue | undefined;
  operation: LexValue | undefined;
  collection: string;
  rkey: string;
  record?: unknown;
  cid?: string;
}

/** Operations on collections that are wanted; null when the commit does not carry what it says it does. */
export async function operations(
  { body }: RepoFrame,
  wants: (collection: string) => boolean,
): Promise<RepoOp[] | null> {
  const { ops, rev, blocks } = body;
  if (!Array.isArray(ops) || ops.length > MAX_OPS || body.tooBig === true) return null;
  const wanted = ops.flatMap((op) => {
    if (!isLexMap(op) || typeof op.path !== 'string') return [];
    const [collection = '', rkey = ''] = op.path.split('/');
    return wants(collection) ? [{ operation: op.action, collection, rkey, rev, cid: op.cid }] : [];
  });
  if (wanted.length === 0) return [];
  const car = blocks instanceof Uint8Array ? (await readCar(blocks)).blocks : null;
  const told: RepoOp[] = [];
  for (const { cid, ...op } of wanted) {
    if (op.operation === 'delete') {
      told.push(op);
      continue;
    }
    const bytes = isCidLike(cid) ? car?.get(cid) : undefined;
    if (!bytes) return null;
    told.push({ ...op, record: lexToJson(decode(bytes)), cid: String(cid) });
  }
  return told;
}

type CarKey = Parameters<Awaited<ReturnType<typeof readCar>>['blocks']['get']>[0];
const isCidLike = (value: unknown): value is CarKey =>
  value !== null && typeof value === 'object' && 'multihash' in value;
