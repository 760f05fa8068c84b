// Hibernatable WebSockets as listeners. What must outlive the object's sleep is attached to each, or lies in its storage.
import type { Door, Listener, ListenerState } from '../ports/listeners.ts';

/** Of the attachment's 16 KB: a filter that is longer as JSON lies in the storage. */
const ATTACHED = 12_000;
/** Bytes of a reason that a close frame holds. */
const REASON = 120;

type Attached = Omit<ListenerState, 'filter'> & { filter: ListenerState['filter'] | string };

export interface Sockets extends Door {
  of(socket: WebSocket): Listener;
  /** It is closed. */
  gone(socket: WebSocket): void;
}

export function sockets(ctx: DurableObjectState): Sockets {
  const { kv } = ctx.storage;
  const known = new WeakMap<WebSocket, SocketListener>();
  const of = (socket: WebSocket): SocketListener => {
    const listener = known.get(socket) ?? new SocketListener(socket, kv);
    known.set(socket, listener);
    return listener;
  };
  // Answered without waking the object.
  ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
  return {
    of,
    all: () => ctx.getWebSockets().map(of),
    from: (address) => ctx.getWebSockets(address).length,
    accept(state, address) {
      const { 0: client, 1: server } = new WebSocketPair();
      ctx.acceptWebSocket(server, address === null ? [] : [address]);
      const listener = of(server);
      listener.keep(state);
      return { listener, response: new Response(null, { status: 101, webSocket: client }) };
    },
    gone(socket) {
      of(socket).forget();
      known.delete(socket);
    },
  };
}

class SocketListener implements Listener {
  private readonly socket: WebSocket;
  private readonly kv: SyncKvStorage;
  private kept: ListenerState | null = null;
  /** Where the filter lies, if not with the rest. */
  private filterKey: string | null = null;

  constructor(socket: WebSocket, kv: SyncKvStorage) {
    this.socket = socket;
    this.kv = kv;
  }

  get state(): ListenerState {
    this.kept ??= this.load();
    return this.kept;
  }

  private load(): ListenerState {
    const attached = this.socket.deserializeAttachment() as Attached;
    const { filter } = attached;
    if (typeof filter !== 'string') return { ...attached, filter };
    this.filterKey = filter;
    // Without it nothing would be wanted rather than everything.
    const stored = this.kv.get<ListenerState['filter']>(filter) ?? { collections: ['-'], dids: [], maxBytes: 0 };
    return { ...attached, filter: stored };
  }

  keep(state: ListenerState): void {
    const isNew = this.kept?.filter !== state.filter;
    this.kept = state;
    if (isNew) this.place(state.filter);
    const attached: Attached = { ...state, filter: this.filterKey ?? state.filter };
    this.socket.serializeAttachment(attached);
  }

  private place(filter: ListenerState['filter']): void {
    this.forget();
    if (JSON.stringify(filter).length <= ATTACHED) return;
    this.filterKey = `filter ${crypto.randomUUID()}`;
    this.kv.put(this.filterKey, filter);
  }

  forget(): void {
    if (this.filterKey !== null) this.kv.delete(this.filterKey);
    this.filterKey = null;
  }

  send(text: string): void {
    this.socket.send(text);
  }

  close(code: number, reason: string): void {
    if (this.isOpen) this.socket.close(code, reason.slice(0, REASON));
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.READY_STATE_OPEN;
  }

  get unsent(): number {
    return this.socket.bufferedAmount;
  }
}
