// What gives power counts when it is proven; the stream's word for it is only a reason to ask.
import { givesPower } from './collections.ts';
import type { RecordEvent } from './event.ts';

export const isHearsay = ({ collection, proven }: Pick<RecordEvent, 'collection' | 'proven'>): boolean =>
  proven !== true && givesPower(collection);

/** One version of a record: `cid` null where there is none. */
export interface Held {
  rev: string;
  cid: string | null;
}

/**
 * What a signed commit says of a claim. `behind`: the server has not come to the claimed rev, which no true claim can precede for
 * long. `superseded`: another version stands at a later rev, so that nobody can tell any more.
 */
export type Judgement = 'true' | 'superseded' | 'behind' | 'forged';

export function judge(claimed: Held, proven: Held): Judgement {
  if (claimed.cid === proven.cid) return 'true';
  if (claimed.rev > proven.rev) return 'behind';
  return claimed.rev === proven.rev ? 'forged' : 'superseded';
}
