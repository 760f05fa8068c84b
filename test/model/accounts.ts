/** How accounts stand: what the stream says of them, and what their own servers say to that. */
import type { StreamEvent } from '../../src/domain/event.ts';
import type { Did, JsonObject } from '../../src/domain/model.ts';
import { tid } from './tid.ts';

export interface Standing {
  status: string;
  /** The time of the account event that rules. */
  at: number;
  /** Its own server still serves it. */
  isDenied: boolean;
  /** What was written before this rev is gone for good. */
  erasedBefore: string | null;
}

export type Standings = ReadonlyMap<Did, Standing>;

/** Of accounts whose own servers agree with what the stream says of them: the latest event of each rules. */
export function agreed(events: StreamEvent[]): Standings {
  const standings = new Map<Did, Standing>();
  for (const event of events) {
    if (event.kind !== 'account') continue;
    const { did, status, at } = event;
    const known = standings.get(did);
    if (known !== undefined && at <= known.at) continue;
    standings.set(did, { status, at, isDenied: false, erasedBefore: status === 'deleted' ? tid(at * 1000) : null });
  }
  return standings;
}

/** A hint hides at once; one that the own server denies counts only as a relay's takedown, and where the space follows those. */
export function isInactive(standing: Standing | undefined, profile: JsonObject | null): boolean {
  if (standing === undefined || standing.status === 'active') return false;
  if (!standing.isDenied) return true;
  return ['takendown', 'suspended'].includes(standing.status) && profile?.relayTakedowns !== 'ignore';
}
