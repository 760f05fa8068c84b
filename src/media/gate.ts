// Which space a hostname shows media of, and their generation: remembered so shortly that what was taken away stays away.
import { Expiring } from '../cloudflare/expiring.ts';
import { type GateRow, gateOf } from '../db/queries/media.ts';
import type { Did, SpacePolicy } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';

/** Nobody may be answered a minute later with what is gone, and the way to the database takes its part of it. */
const LONGEST_MS = 60_000;
const MOST_KNOWN = 1_000;

export interface Gate {
  space: Did;
  /** Part of every cache key: what is cached under an older one is never asked for again. */
  generation: number;
  relayTakedowns: SpacePolicy['relayTakedowns'];
  isPrivate: boolean;
}

/** One for each isolate. */
export class Gates {
  private readonly known: Expiring<{ gate: Gate | null }>;
  private readonly knownMs: number;

  constructor(clock: Clock, knownMs: number) {
    this.knownMs = Math.min(knownMs, LONGEST_MS);
    this.known = new Expiring(clock, MOST_KNOWN);
  }

  /** Null where no media are shown: hosts of nobody and of the instance itself. */
  async of(db: D1Database, hostname: string): Promise<Gate | null> {
    const known = this.known.get(hostname);
    if (known) return known.gate;
    const gate = open(await gateOf(db, hostname));
    this.known.put(hostname, { gate }, this.knownMs);
    return gate;
  }
}

function open(row: GateRow | null): Gate | null {
  if (!row) return null;
  const { space, generation } = row;
  const isPrivate = row.held === 'private';
  return { space, generation, isPrivate, relayTakedowns: row.relayTakedowns === 'ignore' ? 'ignore' : 'follow' };
}
