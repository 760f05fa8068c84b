// Jetstream v1 by @skyware/jetstream. Messages are filtered and taken in the socket class given as `ws`, below partysocket,
// which would make a new event of each.
import { Jetstream } from '@skyware/jetstream';
import type { StreamConnection, StreamOptions, StreamPort } from '../ports/stream.ts';
import { parseJson, timeIn, timeOf } from './marks.ts';
import { openSocket, type UpgradeOptions } from './socket.ts';

type Reach = Omit<UpgradeOptions, 'signal'>;

interface Traffic {
  first: string | null;
  last: string | null;
  received: number;
  /** What still comes after the end is not ours. */
  ended: boolean;
}

/** As much of a WebSocket as partysocket asks for. It gives its messages to us alone, those that are wanted. */
function filteringSocket(stream: StreamOptions, traffic: Traffic, reach: Reach): typeof WebSocket {
  const { wants, onMalformed } = stream;
  const onFrame = (raw: unknown): void => {
    if (typeof raw !== 'string') {
      onMalformed('a frame that is not text');
      return;
    }
    traffic.received++;
    traffic.first ??= raw;
    traffic.last = raw;
    if (wants(raw)) deliver(raw, stream);
  };
  return class extends EventTarget {
    binaryType = 'arraybuffer';
    readyState: number = WebSocket.CONNECTING;
    private readonly shut: () => void;

    constructor(url: string) {
      super();
      this.shut = openSocket(url, reach, {
        onFrame,
        onOpen: () => {
          this.readyState = WebSocket.OPEN;
          this.dispatchEvent(new Event('open'));
        },
        onEnd: (reason) => {
          this.readyState = WebSocket.CLOSED;
          this.dispatchEvent(new CloseEvent('close', { code: 1006, reason }));
        },
      });
    }

    close(): void {
      this.readyState = WebSocket.CLOSED;
      this.shut();
    }
  } as unknown as typeof WebSocket;
}

export const jetstreamPort = (reach: Reach): StreamPort => ({
  open(options: StreamOptions): StreamConnection {
    const traffic: Traffic = { first: null, last: null, received: 0, ended: false };
    const { url, cursor, wantedCollections } = options;
    const client = new Jetstream({
      endpoint: url,
      wantedCollections,
      ws: filteringSocket(options, traffic, reach),
      ...(cursor === null ? {} : { cursor: cursor.timeUs }),
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
    socket.addEventListener('close', ({ reason }: { reason: string }) => end(reason));
    socket.addEventListener('error', () => end('connection failed'));
    return {
      close: () => end('closed here'),
      first: () => timeOf(traffic.first),
      last: () => timeOf(traffic.last),
      received: () => traffic.received,
      isOpen: () => opened,
    };
  },
});

function deliver(raw: string, { onMessage, onMalformed }: StreamOptions): void {
  const message = parseJson(raw);
  if (message === undefined) onMalformed('a frame that is no JSON');
  else onMessage(message, raw, timeIn(message));
}
