// Jetstream v2: the lexicon `network.bsky.jetstream.subscribeEvents` of bluesky-social/jetstream, framed as `xrpc.v1.json`.
import type { StreamConnection, StreamOptions, StreamPort } from '../ports/stream.ts';
import { parseJson, payloadOf, sequenceIn, sequenceOf, TIMES_FROM } from './marks.ts';
import { openSocket, type UpgradeOptions } from './socket.ts';

const INFO = 'network.bsky.jetstream.subscribeEvents#info';
const LONGEST_ASIDE = 2_000;

export const jetstreamV2Port = (reach: Omit<UpgradeOptions, 'signal'>): StreamPort => ({
  open(options: StreamOptions): StreamConnection {
    const reading = new Reading(options);
    const shut = openSocket(addressOf(options), reach, {
      onOpen: () => {
        reading.opened = true;
      },
      onFrame: (data) => reading.take(data),
      onEnd: (detail, error) => {
        if (error === 'CursorTooOld') options.onLost('refused');
        end(detail);
      },
    });
    let ended = false;
    const end = (detail: string): void => {
      if (ended) return;
      ended = true;
      shut();
      options.onClose(reading.failure ?? detail);
    };
    return {
      close: () => end('closed here'),
      first: () => sequenceOf(reading.first),
      last: () => sequenceOf(reading.last),
      received: () => reading.received,
      isOpen: () => reading.opened,
    };
  },
});

function addressOf({ url, cursor, wantedCollections }: StreamOptions): string {
  const address = new URL(url);
  for (const collection of wantedCollections) address.searchParams.append('collections', collection);
  if (cursor) {
    // A time below that would be read as a sequence: then the beginning is meant.
    const value = cursor.sequence ?? Math.max(TIMES_FROM, cursor.timeUs);
    address.searchParams.set('cursor', String(value));
  }
  return address.href;
}

class Reading {
  private readonly options: StreamOptions;
  opened = false;
  received = 0;
  first: string | null = null;
  last: string | null = null;
  /** What the server said before it closed. */
  failure: string | null = null;

  constructor(options: StreamOptions) {
    this.options = options;
  }

  take(raw: unknown): void {
    if (typeof raw !== 'string') {
      this.options.onMalformed('a frame that is not text');
      return;
    }
    this.received++;
    if (raw.length < LONGEST_ASIDE && !raw.includes('"seq"')) {
      this.takeAside(raw);
      return;
    }
    this.first ??= raw;
    this.last = raw;
    if (!this.options.wants(raw)) return;
    const frame = parseJson(raw);
    if (frame === undefined) this.options.onMalformed('a frame that is no JSON');
    else this.options.onMessage(payloadOf(frame) ?? frame, raw, sequenceIn(frame));
  }

  /** Advice and errors carry no sequence, and are about the stream. */
  private takeAside(raw: string): void {
    const frame = parseJson(raw) as { $type?: unknown; error?: unknown } | null | undefined;
    if (frame === undefined) this.options.onMalformed('a frame that is no JSON');
    if (frame?.$type === 'error') this.failure = `the server ended the stream: ${String(frame.error).slice(0, 100)}`;
    const payload = payloadOf(frame);
    if (payload?.$type === INFO && payload.name === 'OutdatedCursor') this.options.onLost('outdated');
  }
}
