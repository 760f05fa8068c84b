// Those who follow a space by an open connection: one object for each space, which nobody calls while nobody listens.
import type { Caller } from '../domain/access.ts';
import type { Did } from '../domain/model.ts';
import type { Filter, Subscription } from '../domain/subscription.ts';

/** What an object is asked to open; the right to it was checked. */
export interface Opening extends Subscription {
  space: Did;
  caller: Caller;
  /** Network address of the client; null where there is none to be had. */
  address: string | null;
}

export interface ListenersPort {
  /** The answer to a WebSocket upgrade. */
  open(opening: Opening): Promise<Response>;
  /** Something changed in the space, or with it. False when nobody listens there any more. */
  notify(space: Did): Promise<boolean>;
}

/** What is kept of an open connection while its object sleeps. */
export interface ListenerState {
  space: Did;
  caller: Caller;
  filter: Filter;
  waitsForHello: boolean;
  /** Everything up to this seq was told, or passed over by the filter. */
  position: number;
  /** Messages heard in a minute, by its number. */
  heard: { minute: number; count: number };
}

export interface Listener {
  readonly state: ListenerState;
  keep(state: ListenerState): void;
  send(text: string): void;
  close(code: number, reason: string): void;
  readonly isOpen: boolean;
  /** Bytes handed over and not yet taken by the network. */
  readonly unsent: number;
}

/** Where connections of one object are. */
export interface Door {
  all(): Listener[];
  from(address: string): number;
  accept(state: ListenerState, address: string | null): { listener: Listener; response: Response };
}

/** Spaces that have listeners, as the indexer remembers them. */
export interface ListeningKeep {
  all(): Promise<Did[]>;
  add(space: Did): Promise<void>;
  remove(space: Did): Promise<void>;
}
