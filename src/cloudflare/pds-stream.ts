// The stream of one PDS, told as Jetstream v1 tells the network's: the same filter, queue and decoding take it.
import type { Mark, StreamConnection, StreamOptions, StreamPort } from '../ports/stream.ts';
import type { Outbound } from './fetch.ts';
import { microseconds } from './marks.ts';
import { operations, type RepoFrame, readFrame } from './repo-frame.ts';
import { openSocket } from './socket.ts';

/** What may wait to be read; with more the connection is given up, and resumed where it was. */
const MAX_WAITING = { frames: 2_000, bytes: 16_000_000 };

export const pdsStreams = ({ checkedAddress }: Pick<Outbound, 'checkedAddress'>): StreamPort => ({
  open(options: StreamOptions): StreamConnection {
    const address = new URL(options.url);
    const sequence = options.cursor?.sequence ?? null;
    if (sequence !== null) address.searchParams.set('cursor', String(sequence));
    const reading = new Reading(options, (detail) => end(detail));
    let ended = false;
    const end = (detail: string): void => {
      if (ended) return;
      ended = true;
      reading.ended = true;
      shut();
      options.onClose(detail);
    };
    const shut = openSocket(
      address.href,
      { checkedAddress, named: 'by-others' },
      {
        onOpen: () => {
          reading.opened = true;
        },
        onFrame: (data) => reading.take(data),
        // What came before the end is read first.
        onEnd: (detail) => void reading.work.then(() => end(detail)),
      },
    );
    return {
      close: () => end('closed here'),
      first: () => reading.first,
      last: () => reading.last,
      received: () => reading.received,
      isOpen: () => reading.opened,
    };
  },
});

class Reading {
  private readonly options: StreamOptions;
  private readonly end: (detail: string) => void;
  opened = false;
  ended = false;
  received = 0;
  first: Mark | null = null;
  last: Mark | null = null;
  /** Frames are read one after another: the order of the host is the order of what it tells. */
  work: Promise<void> = Promise.resolve();
  private readonly waiting = { frames: 0, bytes: 0 };

  constructor(options: StreamOptions, end: (detail: string) => void) {
    this.options = options;
    this.end = end;
  }

  take(data: unknown): void {
    if (!(data instanceof ArrayBuffer)) {
      this.options.onMalformed('a frame that is not binary');
      return;
    }
    this.received++;
    const { waiting } = this;
    waiting.frames++;
    waiting.bytes += data.byteLength;
    this.work = this.work
      .then(() => (this.ended ? undefined : this.read(new Uint8Array(data))))
      .catch((error: unknown) => this.options.onMalformed(String(error).slice(0, 300)))
      .finally(() => {
        waiting.frames--;
        waiting.bytes -= data.byteLength;
      });
    if (waiting.frames > MAX_WAITING.frames || waiting.bytes > MAX_WAITING.bytes)
      this.end('frames come faster than they can be read');
  }

  private async read(bytes: Uint8Array): Promise<void> {
    const frame = readFrame(bytes);
    const { kind, seq, body } = frame;
    if (kind === 'error') {
      if (body.error === 'FutureCursor') this.options.onLost('refused');
      return this.end(`the server ended the stream: ${String(body.error).slice(0, 100)}`);
    }
    if (kind === 'info' && body.name === 'OutdatedCursor') this.options.onLost('outdated');
    if (seq === null) return;
    const now = Date.now() * 1000;
    const timeUs = Math.min(microseconds(frame.time) ?? now, now);
    try {
      await this.tell(frame, await contentsOf(frame, this.options.wantedCollections), { timeUs, sequence: seq });
    } finally {
      // A frame that cannot be read is passed over: it will not be better the next time.
      this.last = { timeUs, sequence: seq };
      this.first ??= this.last;
    }
  }

  /** Of what one frame says only the last stands at its sequence: a cursor there passes over all of it. */
  private async tell(frame: RepoFrame, contents: object[], mark: Mark & { sequence: number }): Promise<void> {
    const { wants, speaksFor, onMessage } = this.options;
    const before = { ...mark, sequence: mark.sequence - 1 };
    for (const [index, content] of contents.entries()) {
      const message = { did: frame.did, time_us: mark.timeUs, ...content };
      const raw = JSON.stringify(message);
      if (!wants(raw) || !((await speaksFor?.(frame.did, frame.kind)) ?? true) || this.ended) continue;
      onMessage(message, raw, index === contents.length - 1 ? mark : before);
    }
  }
}

/** A commit that does not carry its records says as much as that the repository must be read. */
async function contentsOf(frame: RepoFrame, wanted: string[]): Promise<object[]> {
  const { kind, body, time } = frame;
  if (kind === 'identity' || kind === 'sync') return [{ kind }];
  if (kind === 'account') return [{ kind, account: { active: body.active, status: body.status, time } }];
  if (kind !== 'commit') return [];
  const wants = (collection: string): boolean =>
    wanted.some((name) => (name.endsWith('.*') ? collection.startsWith(name.slice(0, -1)) : collection === name));
  const ops = await operations(frame, wants).catch(() => null);
  return ops ? ops.map((commit) => ({ kind, commit })) : [{ kind: 'sync' }];
}
