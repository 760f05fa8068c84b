/** Ending in order when told to: by Ctrl-C, by a supervisor, by a terminal that closes. */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Takes the signals over from whatever library has taken them: Miniflare ends the process at once, before anything else could be
 * closed. Call it again after starting one.
 */
export function endOnSignals(stop: () => Promise<void>): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of SIGNALS) {
    process.removeAllListeners(signal);
    process.on(signal, end);
  }
}
