// What the stream's standing says.
import type { StreamStatus } from './status.ts';

/** On the stream, and so long without a message: it is drained. */
const DRAINED_MS = 2000;

export const isDrained = ({ connected, queued, lastMessageAt }: StreamStatus, now: number): boolean =>
  connected && queued === 0 && (lastMessageAt === null || now - lastMessageAt >= DRAINED_MS);
