// One connection to a stream of events. Policy (cursor, failover, gaps) is not its business.

/** Where a message stands in its stream. */
export interface Mark {
  /** Unix microseconds by the server's clock. */
  timeUs: number;
  /** Its number there; null on a stream that has none. */
  sequence: number | null;
}

/**
 * Why a stream cannot go on from its cursor: `refused`, there is no connection with this sequence; `outdated`, it goes on
 * from later than was asked for.
 */
export type Lost = 'refused' | 'outdated';

export interface StreamOptions {
  url: string;
  /** Inclusive: the server takes the sequence, or else the time; null for the live tip. */
  cursor: Mark | null;
  wantedCollections: string[];
  /** Decides on the raw text, before it is parsed: it may let too much through, never too little. */
  wants(raw: string): boolean;
  /** Whether this server may speak for an account; asked of what is wanted. Absent: for all. */
  speaksFor?(did: string, kind: string): boolean | Promise<boolean>;
  /** A message that was wanted, parsed, its text, and where it stands if it says so. */
  onMessage(message: unknown, raw: string, mark: Mark | null): void;
  /** A frame that cannot be read. */
  onMalformed(detail: string): void;
  onLost(lost: Lost): void;
  /** The connection ended, by whichever side; called once. */
  onClose(detail: string): void;
}

export interface StreamConnection {
  close(): void;
  /** The first and the last message received, wanted or not; null before there is one, or when it does not say. */
  first(): Mark | null;
  last(): Mark | null;
  /** Messages received so far. */
  received(): number;
  /** Whether the other side has accepted the connection. */
  isOpen(): boolean;
}

export interface StreamPort {
  open(options: StreamOptions): StreamConnection;
}
