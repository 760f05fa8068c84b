// One connection to a Jetstream. Policy (cursor, failover, gaps) is not its business.

export interface StreamOptions {
  url: string;
  /** Unix microseconds, inclusive; null for the live tip. */
  cursor: number | null;
  wantedCollections: string[];
  /** Decides on the raw text, before it is parsed: it may let too much through, never too little. */
  wants(raw: string): boolean;
  /** A message that was wanted, parsed, and its text. */
  onMessage(message: unknown, raw: string): void;
  /** A frame that is no JSON text. */
  onMalformed(detail: string): void;
  /** The connection ended, by whichever side; called once. */
  onClose(detail: string): void;
}

export interface StreamConnection {
  close(): void;
  /** Text of the last message received, wanted or not; null before the first. */
  lastRaw(): string | null;
  firstRaw(): string | null;
  /** Messages received so far. */
  received(): number;
  /** Whether the other side has accepted the connection. */
  isOpen(): boolean;
}

export interface StreamPort {
  open(options: StreamOptions): StreamConnection;
}
