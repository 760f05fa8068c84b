// Work that is done over and over until nothing is left of it. A failure is waited out, longer each time.
import { backoffMs } from './position.ts';

const GIVE_UP_AFTER = 20;

interface Circumstances {
  /** In [0, 1). */
  random(): number;
  log(message: string, facts: Record<string, unknown>): void;
}

/** `step` tells whether there is more. */
export async function untilDone(step: () => Promise<boolean>, { random, log }: Circumstances): Promise<void> {
  let failures = 0;
  for (let more = true; more && failures < GIVE_UP_AFTER; ) {
    try {
      more = await step();
      failures = 0;
    } catch (error) {
      failures++;
      log('the index could not be written', { error: String(error), failures });
      await new Promise((done) => setTimeout(done, backoffMs(failures, random())));
    }
  }
}
