// From the queue into the index: batches in order, retried on failure, a batch that cannot be written cut down to the culprit.
import type { StreamEvent } from '../domain/event.ts';
import { isDrop } from '../domain/outcome.ts';
import type { Admission, Admitted, CommitParts } from '../ingest/admit.ts';
import { contentOf, decodeMessage } from '../ingest/decode.ts';
import type { Queue, Queued } from './queue.ts';

type Refused = CommitParts['refused'];

const MAX_REFUSED = 1_000;
/** A single event is tried this often before it is set aside. */
const TRIES = 3;

export class Intake {
  private readonly queue: Queue;
  private readonly admission: Admission;
  private malformed: Refused = [];
  private limit = Number.MAX_SAFE_INTEGER;
  private failures = 0;

  constructor(queue: Queue, admission: Admission) {
    this.queue = queue;
    this.admission = admission;
  }

  noteMalformed(detail: string): void {
    if (this.malformed.length < MAX_REFUSED) this.malformed.push({ reason: 'malformed', uri: '', detail });
  }

  /**
   * Admits the next batch; `at` tells the position that it brings the stream to. Throws when the index cannot be written:
   * then nothing was committed, the batch is still first in the queue, and the cursor has not moved.
   */
  async next(at: (batch: Queued[]) => Pick<CommitParts, 'stream' | 'gap' | 'also'>): Promise<Admitted> {
    const batch = this.queue.peek(this.limit);
    const { events, refused } = decodeAll(batch);
    const noted = this.malformed.length;
    const parts = { ...at(batch), refused: [...this.malformed, ...refused] };
    try {
      const admitted = await this.admission.admit(events, parts);
      this.settled(batch, noted);
      return admitted;
    } catch (error) {
      const poison = await this.failed(batch);
      if (!poison) throw error;
      const detail = error instanceof Error ? error.message : 'unknown';
      const uri = 'did' in poison ? String(poison.did) : '';
      const admitted = await this.admission.admit([], {
        ...parts,
        refused: [...parts.refused, { reason: 'fault', uri, detail }],
      });
      this.settled(batch, noted);
      return admitted;
    }
  }

  private settled(batch: Queued[], noted: number): void {
    this.queue.done(batch);
    this.malformed.splice(0, noted);
    this.failures = 0;
    this.limit = Math.min(this.limit * 2, Number.MAX_SAFE_INTEGER);
  }

  /**
   * Halves the next batch. A single event is the culprit when it fails each time and the database does not right after it: it
   * is given back. Where that fails as well it is the database that is away, and no event is to blame.
   */
  private async failed(batch: Queued[]): Promise<object | null> {
    const failures = this.failures + 1;
    this.failures = 0;
    if (batch.length > 1) {
      this.limit = Math.ceil(batch.length / 2);
      return null;
    }
    await this.admission.tryDatabase();
    const [only] = batch;
    this.failures = failures;
    if (!only || failures < TRIES) return null;
    return contentOf(JSON.parse(only.raw)) ?? {};
  }
}

function decodeAll(batch: Queued[]): { events: StreamEvent[]; refused: Refused } {
  const events: StreamEvent[] = [];
  const refused: Refused = [];
  for (const { raw, message } of batch) {
    const event = decodeMessage(message ?? JSON.parse(raw));
    if (!event) continue;
    if (isDrop(event)) refused.push({ reason: event.drop, uri: '', detail: event.detail });
    else events.push(event);
  }
  return { events, refused };
}
