// What the instance keeps while people sign in: one object, with the keys by which its OAuth clients say who they are.

import type { Did } from '../domain/model.ts';
import type { Quota } from '../domain/quota.ts';

/** A key of the clients; the private half is sealed. */
export interface ClientKey {
  kid: string;
  sealed: string;
  /** Milliseconds since 1970. */
  madeAt: number;
}

/** `name`: names are asked for while one writes one's own; `invite`: a link that lets people in. */
export type Attempt = 'sign-in' | 'write' | 'name' | 'invite';

export interface SignInsPort {
  /** Newest first. Old ones are published, and used, while sessions may live that began with them. */
  keys(): Promise<ClientKey[]>;
  /** Keeps a sealed value under a name that nobody can guess, for a time. */
  keep(name: string, sealed: string, ms: number): Promise<void>;
  /** Gives it once; null when it is not there, was taken, or its time is over. */
  take(name: string): Promise<string | null>;
  /** Somebody signed in with the client of this host: it keeps its metadata and keys, should it become nobody's. */
  remember(client: string): Promise<void>;
  isRemembered(client: string): Promise<boolean>;
  /** Groups whose accounts were connected. */
  addGroup(group: Did): Promise<void>;
  dropGroup(group: Did): Promise<void>;
  groups(): Promise<Did[]>;
  /** Counts that this address signs in, or writes, once more. */
  tries(address: string, what: Attempt): Promise<Quota>;
}
