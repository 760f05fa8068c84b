// What leads from the servers that are followed to the indexer: to one Jetstream, or to the members' own servers.
import type { StreamEvent } from '../domain/event.ts';
import type { CommitParts } from '../ingest/admit.ts';
import type { Alone } from '../ingest/jobs.ts';
import type { Mark, StreamOptions } from '../ports/stream.ts';
import type { Position } from './position.ts';
import type { Queue, Queued } from './queue.ts';

/** Where the line stands once a batch is committed: written in the same commit. */
export interface Standing extends Pick<CommitParts, 'stream' | 'gap' | 'also'> {
  /** Positions that these parts write down. */
  moved?: Position[];
}

export interface LineHooks extends Pick<StreamOptions, 'wants' | 'onMalformed'> {
  onMessage(message: unknown, raw: string, mark: Mark | null, instance: string): void;
  /** A connection ended, and may be opened again after so many milliseconds. */
  onClose(waitMs: number): void;
  /** What was found out otherwise than by a stream. */
  admit(events: StreamEvent[]): Promise<unknown>;
  /** Writes on the index that are no events. */
  alone: Alone;
  /** There is work to do that nothing else announces. */
  pump(): void;
  /** How many the instance has to do with. */
  known(): number;
}

export interface Line {
  /** Everything that should be connected is, or waits for its next try. */
  readonly isConnected: boolean;
  /** At least one is. */
  readonly isOpen: boolean;
  /** Messages received on the present connections. */
  readonly received: number;
  readonly instance: string | null;
  readonly lastMessageAt: number | null;
  /** Unix microseconds: up to when the index stands. */
  readonly cursorUs: number | null;
  /** Takes up what the database says. */
  load(stream: (Position & { committedAt: number }) | null): Promise<void>;
  connect(wantedCollections: string[]): Promise<void>;
  close(): void;
  /** To be called every second or so while connected. */
  beat?(): Promise<void>;
  /** A batch out of the queue brings the index to this. */
  after(batch: Queued[], queue: Queue): Standing;
  /** All that was received brings it to this; null when that is where it stands. */
  whole(): Standing | null;
  /** The same after a silence that shows that there is no more to come; null before. */
  drained(): Standing | null;
  committed(standing: Standing): void;
}
