// What the indexer remembers beside the database: enough to notice that the database was restored.

export interface Kept {
  instance: string;
  /** Unix microseconds. */
  cursor: number;
  /** The next free seq when this was committed. */
  seq: number;
}

export interface KeepPort {
  get(): Promise<Kept | null>;
  put(kept: Kept): Promise<void>;
}
