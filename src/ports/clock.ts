/** Milliseconds since 1970. Injected, so that time is a fact like any other. */
export interface Clock {
  now(): number;
}
