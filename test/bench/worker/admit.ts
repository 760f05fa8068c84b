/** The real admission without a stream: to fill a database, and to count the rows that each kind of record writes. */

import { putSpace } from '../../../src/db/spaces.ts';
import type { StreamEvent } from '../../../src/domain/event.ts';
import { isDrop } from '../../../src/domain/outcome.ts';
import { Admission } from '../../../src/ingest/admit.ts';
import { decodeMessage } from '../../../src/ingest/decode.ts';
import type { KindRows } from '../answers.ts';

const clock = { now: (): number => Date.now() };
let admission: Admission | null = null;

/** What gives power is taken for proven: nobody here could be asked. */
export function decoded(lines: string[]): StreamEvent[] {
  return lines.map((line) => {
    const event = decodeMessage(JSON.parse(line));
    if (!event || isDrop(event)) throw new Error(`a line of the bench is refused: ${line.slice(0, 300)}`);
    return event.kind === 'record' ? { ...event, proven: true } : event;
  });
}

/** One batch of lines; the first call makes the space that the first line speaks for. */
export async function admitLines(db: D1Database, text: string): Promise<{ rowsWritten: number }> {
  const events = decoded(text.trimEnd().split('\n'));
  if (!admission) {
    admission = new Admission(db, clock, () => false);
    const did = events[0]?.did ?? '';
    await putSpace(
      db,
      { did, handle: null, hosts: ['bench.localhost'], displayName: 'Bench', visibility: null },
      clock.now(),
    );
  }
  const { rowsWritten, refused } = await admission.admit(events);
  if (refused > 0) throw new Error(`${refused} lines of the bench were refused`);
  return { rowsWritten };
}

export interface KindLines {
  /** What comes first: the profile, what the rest refers to, something of each author. */
  before: string[];
  /** Only creates of one kind. */
  lines: string[];
}

/** Half of the lines by themselves, half in one batch, then all of them again. */
export async function measureKind(db: D1Database, { before, lines }: KindLines): Promise<KindRows> {
  const admit = async (some: string[]): Promise<number> => (await admitLines(db, some.join('\n'))).rowsWritten;
  await admit(before);
  // As if the authors' names had been looked up: that is once per author, not per record.
  await db.batch([
    db.prepare('insert into identity (did) select did from author_space where true on conflict do nothing'),
    db.prepare('delete from job'),
  ]);
  const half = lines.length / 2;
  let [alone, again] = [0, 0];
  for (const line of lines.slice(0, half)) alone += await admit([line]);
  const together = await admit(lines.slice(half));
  for (const line of lines) again += await admit([line]);
  again += await admit(lines);
  return { alone: alone / half, together: together / half, again: again / lines.length };
}
