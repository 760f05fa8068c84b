// The state of the instance as `getStatus` tells it.
import type { UriString } from '@atproto/lex';
import type { Backfill, Counts, Gap, Status, StreamStatus } from '../domain/status.ts';
import { isDrained } from '../domain/stream.ts';
import type * as GetStatus from '../lexicons/club/commonplace/sync/getStatus.ts';
import { datetime } from './time.ts';

export const statusView = (
  { stream, gaps, drops, counts, backfill, proofs }: Status,
  now: number,
  version: string,
): GetStatus.Status => ({
  stream: streamView(stream, now),
  gaps: gaps.map(gapView),
  drops: drops.map(({ reason, count }) => ({ reason, count })),
  counts: countsView(counts),
  backfill: backfillView(backfill),
  proofs,
  version,
});

export function streamView(stream: StreamStatus, now: number): GetStatus.Stream {
  const { mode, connected, instance, cursorUs, lastMessageAt } = stream;
  const lag = cursorUs === null ? null : isDrained(stream, now) ? 0 : Math.max(0, Math.floor(now - cursorUs / 1000));
  return {
    mode,
    connected,
    ...(instance === null ? {} : { instance: instance as UriString }),
    ...(cursorUs === null ? {} : { cursor: cursorUs, cursorTime: datetime(cursorUs / 1000) }),
    ...(lag === null ? {} : { lagMs: lag }),
    ...(lastMessageAt === null ? {} : { lastEventAt: datetime(lastMessageAt) }),
  };
}

const gapView = ({ id, fromUs, toUs, reason, fillingAt, closedAt }: Gap): GetStatus.Gap => ({
  id: String(id),
  from: datetime(fromUs / 1000),
  to: datetime(toUs / 1000),
  reason,
  state: closedAt !== null ? 'filled' : fillingAt === null ? 'open' : 'filling',
});

export const backfillView = ({ hosts, perMinute, ...counts }: Backfill): GetStatus.Backfill => ({
  ...counts,
  recordsPerMinute: perMinute,
  hosts: hosts.map(({ host, waiting, error }) => ({ host, waiting, ...(error === null ? {} : { error }) })),
});

const countsView = ({ spaces, posts, replies, members }: Counts): GetStatus.Counts => ({
  ...(spaces === null ? {} : { spaces }),
  ...{ posts, replies, members },
});
