// One PDS on whose stream the indexer is.
import type { Source } from '../db/sources.ts';
import type { Lost, StreamPort } from '../ports/stream.ts';
import type { Hosts } from './hosts.ts';
import { Link, type LinkDeps, type LinkHooks } from './link.ts';
import type { Position } from './position.ts';

export interface Followed {
  pds: string;
  link: Link;
  /** What is committed; null while there is nothing to go on from. */
  position: Position | null;
  /**
   * Something may have been missed: until each of its repositories has been compared, no position is written down, so that
   * whoever starts here finds the same. Counts the times that it happened; null when nothing was.
   */
  doubt: number | null;
  /** The doubt that is being looked into, or was as far as could be. */
  asked: number | null;
}

/** A small server may be silent for long. */
const STALL_MS = 15 * 60_000;

/** Where a PDS tells of its repositories. */
export const addressOf = (pds: string): string => `${pds.replace(/^http/, 'ws')}/xrpc/com.atproto.sync.subscribeRepos`;

type Deps = Pick<LinkDeps, 'streams' | 'clock' | 'random' | 'log'>;

export function followedPds(
  pds: string,
  source: Source | undefined,
  deps: Deps & { hosts: Hosts },
  hooks: LinkHooks,
): Followed {
  const { streams, clock, random, log, hosts } = deps;
  const speaksFor = (did: string, kind: string): Promise<boolean> => hosts.speaksFor(pds, did, kind);
  const urls = [addressOf(pds)];
  const checked: StreamPort = {
    open(options) {
      const onLost = (why: Lost): void => {
        hooks.onLost(options.url);
        options.onLost(why);
      };
      return streams.open({ ...options, speaksFor, onLost });
    },
  };
  // What a server has no more is found by comparing repositories, not by its look-back.
  const lookbackMs = Number.POSITIVE_INFINITY;
  const link = new Link({ streams: checked, clock, random, log, urls, lookbackMs, stallMs: STALL_MS }, hooks);
  return { pds, link, position: source ? { ...source, exact: true } : null, doubt: null, asked: null };
}
