// Moments: the machine's form in `datetime`, words for people.
import { agoWords, machineTime, timeWords } from '../time.ts';

export const Ago = ({ at, now }: { at: number; now: number }) => (
  <time datetime={machineTime(at)}>{agoWords(at, now)}</time>
);

export const Moment = ({ at }: { at: number }) => <time datetime={machineTime(at)}>{timeWords(at)}</time>;
