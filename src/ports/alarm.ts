/** The one alarm of the indexer's object, in milliseconds since 1970. */
export interface AlarmPort {
  get(): Promise<number | null>;
  set(at: number): Promise<void>;
}
