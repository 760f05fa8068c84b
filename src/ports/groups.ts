// The group account, acted for by the instance: an object for each, which holds its session, judges and does what members want of it,
// one act after another, and keeps a log of who caused what.
import type { GroupToken } from '../domain/group-acts.ts';
import type { GroupCause, GroupDeed } from '../domain/group-deed.ts';
import type { Did, JsonObject } from '../domain/model.ts';
import type { Refusal } from '../domain/outcome.ts';
import type { NewSession, NotWritten, RepoAct, Written } from './accounts.ts';

/** Several are one commit. `isBatch`: also where there is only one. */
export interface GroupWrites {
  acts: RepoAct[];
  isBatch: boolean;
  swapCommit?: string;
  validate?: boolean;
}

/** `commit` null: nothing changed. One result for each act; of a deletion without `cid`. */
export interface GroupWritten {
  commit: { cid: string; rev: string } | null;
  results: { uri: string; cid: string | null; status: string | null }[];
}

/** How the instance stands with the group's server. */
export interface Connection {
  isConnected: boolean;
  /** By OAuth, or by an app password. */
  by: 'oauth' | 'password' | null;
  /** Who signed in as the group last, to connect it; null where it is not connected. */
  holder: Did | null;
  /** Whether it may do more than write the records of a space. */
  more: boolean;
  /** Why acts fail though somebody connected it, and since when: null while all is well, and where somebody ended it. */
  trouble: { why: string; since: number } | null;
}

/** No other use of the session is offered. What a member wants done is judged when its turn has come. */
export interface GroupsPort {
  /** `more`: what `Connection` says. */
  hold(group: Did, session: NewSession, by: Did, more?: boolean): Promise<void>;
  release(group: Did, by: Did): Promise<void>;
  connection(group: Did): Promise<Connection>;
  /** Asks the group's server whether the session still holds, at most once in a while. */
  check(group: Did): Promise<void>;
  /** A record of the few collections that are the group's. Whether `cause.by` may do it has been asked before. */
  write(group: Did, act: RepoAct, cause: GroupCause): Promise<Written | NotWritten>;
  apply(group: Did, writes: GroupWrites, by: Did): Promise<GroupWritten | NotWritten | Refusal>;
  /** `isOwn`: the house itself wants it for somebody, who has been asked before. */
  upload(
    group: Did,
    bytes: Uint8Array,
    type: string,
    by: Did,
    isOwn?: boolean,
  ): Promise<{ blob: JsonObject } | NotWritten | Refusal>;
  token(group: Did, token: GroupToken, by: Did): Promise<{ token: string } | NotWritten | Refusal>;
  /** Groups that were connected at some time, and were not forgotten since. */
  connected(): Promise<Did[]>;
  forget(group: Did): Promise<void>;
  /** Up to which seq of the space those who joined were confirmed. */
  welcomedUntil(group: Did): Promise<number>;
  setWelcomed(group: Did, seq: number): Promise<void>;
  /** Newest first. */
  log(group: Did, query: GroupLogQuery): Promise<GroupLog>;
}

export interface GroupLogQuery {
  /** The `next` of an earlier page. */
  before?: number;
  /** Only of this kind. */
  deed?: string;
  /** Only those that this account caused, or that concern it. */
  of?: Did;
  limit?: number;
}

export interface GroupLog {
  deeds: GroupDeed[];
  /** Null on the last page. A page may hold few, and have one. */
  next: number | null;
}
