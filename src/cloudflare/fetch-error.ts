// What may go wrong on the way to another server.

/** `refused` is a verdict on the address; after all others another try may succeed. */
export type FetchFailure = 'refused' | 'unreachable' | 'timeout' | 'redirect' | 'too-large' | 'not-json';

/** Says what went wrong with which address, in words for an operator. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly failure: FetchFailure;

  constructor(failure: FetchFailure, url: string, why: string) {
    super(`${url.slice(0, 300)}: ${why}`);
    this.failure = failure;
  }
}
