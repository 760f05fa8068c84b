// Jetstream by @skyware/jetstream. Messages are filtered and taken in the socket class given as `ws`, below partysocket,
// which would make a new event of each.
import { Jetstream } from '@skyware/jetstream';
import type { StreamConnection, StreamOptions, StreamPort } from '../ports/stream.ts';

interface Traffic {
  first: string | null;
  last: string | null;
  received: number;
  /** What still comes after the end is not ours. */
  ended: boolean;
}

/** A WebSocket class that gives its messages to us alone, those that are wanted. */
function filteringSocket(stream: StreamOptions, traffic: Traffic): typeof WebSocket {
  const { wants, onMalformed } = stream;
  return class extends WebSocket {
    override addEventListener(type: string, listener: unknown, options?: unknown): void {
      const add = super.addEventListener.bind(this) as (type: string, listener: unknown, options?: unknown) => void;
      if (type !== 'message') {
        add(type, listener, options);
        return;
      }
      this.binaryType = 'arraybuffer';
      add(type, (event: MessageEvent) => {
        if (traffic.ended) return;
        const raw: unknown = event.data;
        if (typeof raw !== 'string') {
          onMalformed('a frame that is not text');
          return;
        }
        traffic.received++;
        traffic.first ??= raw;
        traffic.last = raw;
        if (wants(raw)) deliver(raw, stream);
      });
    }
  } as typeof WebSocket;
}

export const jetstreamPort: StreamPort = {
  open(options: StreamOptions): StreamConnection {
    const traffic: Traffic = { first: null, last: null, received: 0, ended: false };
    const { url, cursor, wantedCollections } = options;
    const client = new Jetstream({
      endpoint: url,
      wantedCollections,
      ws: filteringSocket(options, traffic),
      ...(cursor === null ? {} : { cursor }),
    });
    client.start();
    const socket = client.ws;
    if (!socket) throw new Error('the Jetstream client did not start');
    let opened = false;
    const end = (detail: string): void => {
      if (traffic.ended) return;
      traffic.ended = true;
      // Reconnecting is the follower's decision: partysocket must not do it with a cursor of its own.
      client.close();
      options.onClose(detail);
    };
    // In workerd partysocket calls `on*` handlers twice (its own call, then dispatchEvent): listeners are called once.
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.onerror = null;
    socket.addEventListener('open', () => {
      opened = true;
    });
    socket.addEventListener('close', ({ code, reason }: CloseEvent) => end(`closed ${code} ${reason}`.trim()));
    socket.addEventListener('error', () => end('connection failed'));
    return {
      close: () => end('closed here'),
      firstRaw: () => traffic.first,
      lastRaw: () => traffic.last,
      received: () => traffic.received,
      isOpen: () => opened,
    };
  },
};

function deliver(raw: string, { onMessage, onMalformed }: StreamOptions): void {
  let message: unknown;
  try {
    message = JSON.parse(raw);
  } catch {
    onMalformed('a frame that is no JSON');
    return;
  }
  onMessage(message, raw);
}
