// The state of the instance as `getStatus` tells it.
import type { UriString } from '@atproto/lex';
import type { Counts, Gap, Status, StreamStatus } from '../domain/model.ts';
import type * as GetStatus from '../lexicons/club/commonplace/sync/getStatus.ts';
import { datetime } from './time.ts';

/** On the stream, and so long without a message: it is drained. */
const DRAINED_MS = 2000;

export const statusView = (
  { stream, gaps, drops, counts, proofs }: Status,
  now: number,
  version: string,
): GetStatus.Status => ({
  stream: streamView(stream, now),
  gaps: gaps.map(gapView),
  drops: drops.map(({ reason, count }) => ({ reason, count })),
  counts: countsView(counts),
  proofs,
  version,
});

export function streamView(
  { mode, connected, instance, cursorUs, lastMessageAt, queued }: StreamStatus,
  now: number,
): GetStatus.Stream {
  const isDrained = connected && queued === 0 && (lastMessageAt === null || now - lastMessageAt >= DRAINED_MS);
  const lag = cursorUs === null ? null : isDrained ? 0 : Math.max(0, Math.floor(now - cursorUs / 1000));
  return {
    mode,
    connected,
    ...(instance === null ? {} : { instance: instance as UriString }),
    ...(cursorUs === null ? {} : { cursor: cursorUs, cursorTime: datetime(cursorUs / 1000) }),
    ...(lag === null ? {} : { lagMs: lag }),
    ...(lastMessageAt === null ? {} : { lastEventAt: datetime(lastMessageAt) }),
  };
}

const gapView = ({ id, fromUs, toUs, reason, closedAt }: Gap): GetStatus.Gap => ({
  id: String(id),
  from: datetime(fromUs / 1000),
  to: datetime(toUs / 1000),
  reason,
  state: closedAt === null ? 'open' : 'filled',
});

const countsView = ({ spaces, posts, replies, members }: Counts): GetStatus.Counts => ({
  ...(spaces === null ? {} : { spaces }),
  ...{ posts, replies, members },
});
