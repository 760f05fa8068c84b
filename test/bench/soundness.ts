/** Compares what the index holds with what the lines' writer remembers: no code of the index decides it. */
import type { HeldRow } from './answers.ts';
import type { BenchWorker } from './workerd.ts';
import type { Expected, Held } from './writer.ts';

const PAGE = 20_000;
const SHOWN = 20;

/** A sentence for each difference. */
export async function differences(worker: BenchWorker, { held }: Expected): Promise<string[]> {
  const found: string[] = [];
  const counts = countsOf(held);
  let seen = 0;
  for (let after = ''; found.length < SHOWN; ) {
    const rows = await worker.ask<HeldRow[]>('held', { after, limit: PAGE });
    for (const row of rows) found.push(...compare(row, held.get(row.uri), counts));
    seen += rows.length;
    after = rows.at(-1)?.uri ?? '';
    if (rows.length < PAGE) break;
  }
  if (seen !== held.size && found.length < SHOWN) found.unshift(`${seen} records are held, ${held.size} belong`);
  return found;
}

interface Counts {
  likes: Map<string, Set<string>>;
  replies: Map<string, number>;
}

/** Likes count once per author and subject; replies count at the root of their thread. */
function countsOf(held: Map<string, Held>): Counts {
  const counts: Counts = { likes: new Map(), replies: new Map() };
  for (const { did, root, subject } of held.values()) {
    if (subject !== null) counts.likes.set(subject, (counts.likes.get(subject) ?? new Set()).add(did));
    if (root !== null) counts.replies.set(root, (counts.replies.get(root) ?? 0) + 1);
  }
  return counts;
}

function compare(row: HeldRow, expected: Held | undefined, { likes, replies }: Counts): string[] {
  const { uri, cid } = row;
  if (!expected) return [`${uri} is held and does not belong`];
  if (expected.cid !== cid) return [`${uri} is held as ${cid} and not as ${expected.cid}`];
  if (row.likes === null) return [];
  const found: string[] = [];
  const like = likes.get(uri)?.size ?? 0;
  const reply = replies.get(uri) ?? 0;
  if (row.likes !== like) found.push(`${uri} has ${row.likes} likes and not ${like}`);
  if (row.replies !== reply) found.push(`${uri} has ${row.replies} replies and not ${reply}`);
  return found;
}
