/** The real admission without a stream: to fill a database, and to count the rows that each kind of record writes. */
import { putSpace } from '../../../src/db/spaces.ts';
import type { StreamEvent } from '../../../src/domain/event.ts';
import { isDrop } from '../../../src/domain/outcome.ts';
import { Admission } from '../../../src/ingest/admit.ts';
import { decodeMessage } from '../../../src/ingest/decode.ts';

const clock = { now: (): number => Date.now() };
let admission: Admission | null = null;

export function decoded(lines: string[]): StreamEvent[] {
  return lines.map((line) => {
    const event = decodeMessage(JSON.parse(line));
    if (!event || isDrop(event)) throw new Error(`a line of the bench is refused: ${line.slice(0, 300)}`);
    return event;
  });
}

/** One batch of lines; the first call makes the space that the first line speaks for. */
export async function admitLines(db: D1Database, text: string): Promise<{ rowsWritten: number }> {
  const events = decoded(text.trimEnd().split('\n'));
  if (!admission) {
    admission = new Admission(db, clock, () => false);
    const did = events[0]?.did ?? '';
    await putSpace(db, { did, handle: null, hosts: ['bench.localhost'], displayName: 'Bench', visibility: null }, clock.now());
  }
  const { rowsWritten, refused } = await admission.admit(events);
  if (refused > 0) throw new Error(`${refused} lines of the bench were refused`);
  return { rowsWritten };
}

export interface KindLines {
  /** What comes first: the profile, and what the rest refers to. */
  before: string[];
  /** Only creates of one kind. */
  lines: string[];
}

/** Rows written per record: one at a time, as a quiet stream brings them. */
export async function measureKinds(db: D1Database, { before, lines }: KindLines): Promise<{ one: number; repeat: number }> {
  if (before.length > 0) await admitLines(db, before.join('\n'));
  let one = 0;
  let repeat = 0;
  for (const line of lines) one += (await admitLines(db, line)).rowsWritten;
  for (const line of lines) repeat += (await admitLines(db, line)).rowsWritten;
  return { one: one / lines.length, repeat: repeat / lines.length };
}
