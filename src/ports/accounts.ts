// An account that signed in: one object for each, which holds its OAuth session, refreshes it under one lock, and writes with it.
import type { Did, JsonObject } from '../domain/model.ts';
import type { Quota } from '../domain/quota.ts';
import type { DraftsPort } from './drafts.ts';

/** An OAuth session as it comes from the sign-in; of a group's account also one by an app password. */
export interface NewSession {
  by?: 'password';
  /** Origin of the client it belongs to. */
  client: string;
  sealed: string;
  handle: string | null;
}

/** A browser at one host. Of its secret only the hash is known. */
export interface Browser {
  hash: string;
  host: string;
}

/** One browser's sign-in, at all hosts it was carried to. */
export interface SignIn {
  hosts: string[];
  at: number;
  seenAt: number;
  isThis: boolean;
}

/** `swap`: only in the place of this version; null: of none. */
export type RepoAct =
  | { act: 'create'; collection: string; rkey?: string; record: JsonObject }
  | { act: 'put'; collection: string; rkey: string; record: JsonObject; swap?: string | null }
  | { act: 'delete'; collection: string; rkey: string; swap?: string };

/** `rev` null: nothing changed. */
export interface Written {
  uri: string;
  cid: string | null;
  rev: string | null;
}

/** `signed-out`: the session is over; `refused`: the server says no; `changed`: the record is another by now. */
export type WriteFailure = 'signed-out' | 'refused' | 'changed' | 'unreachable' | 'too-many';

export interface NotWritten {
  failed: WriteFailure;
  /** The server's own words, or what is known of the way to it. */
  message: string;
  retryAfterMs?: number;
}

export interface AccountsPort extends DraftsPort {
  /** Takes the place of an earlier OAuth session, which is revoked. */
  keep(did: Did, session: NewSession): Promise<void>;
  /** Lets a browser in. `by`: the browser that shares its sign-in; `replaces`: one whose sign-in ends with this. */
  admit(did: Did, browser: Browser, more: { by?: string; replaces?: string }): Promise<boolean>;
  /** The account's name where the browser is signed in. */
  visit(did: Did, browser: Browser): Promise<{ handle: string | null } | null>;
  signIns(did: Did, browser: Browser): Promise<SignIn[]>;
  /** Ends the sign-in of this browser at all hosts, or of all browsers. With the last the OAuth session is revoked. */
  signOut(did: Did, browser: Browser, everywhere: boolean): Promise<void>;
  /** Counts that the account writes once more. */
  spend(did: Did): Promise<Quota>;
  /** In the account's own repository, with its own session. */
  write(did: Did, browser: Browser, act: RepoAct): Promise<Written | NotWritten>;
  /** Bytes for a record that is written next: their server forgets them before long where none refers to them. */
  upload(did: Did, browser: Browser, bytes: Uint8Array, type: string): Promise<{ blob: JsonObject } | NotWritten>;
  /** A record as it is now at the account's own server; null where there is none. */
  read(
    did: Did,
    browser: Browser,
    collection: string,
    rkey: string,
  ): Promise<{ cid: string; value: JsonObject } | null | NotWritten>;
  /** Whether a token of this issuer is used for the first time; remembered until it expires, in seconds since 1970. */
  isFirstUse(did: Did, token: string, expiresAt: number): Promise<boolean>;
}
