// The group account, acted for by the instance: an object for each, which holds its session, does what the group decided, one act
// after another, and keeps a log of who caused what.
import type { Did } from '../domain/model.ts';
import type { NewSession, NotWritten, RepoAct, Written } from './accounts.ts';

/** One line of the log; nothing is ever taken out of it. */
export interface GroupDeed {
  at: number;
  /** Who caused it. */
  by: Did;
  /** What it was, as `GroupCause` and the connection itself name it. */
  deed: GroupCause['deed'] | 'connect' | 'end';
  /** Whom it concerns; null where it is nobody else. */
  about: Did | null;
  /** Whether the group's server did it, or why not. */
  outcome: string;
}

/** Why the group writes: who wants it, and whom it concerns. `admit`: made somebody a member, or gave them other roles;
 * `found`: wrote the first records of the space. */
export interface GroupCause {
  by: Did;
  deed: 'admit' | 'eject' | 'configure' | 'found';
  about: Did | null;
}

/** No other use of the session is offered. Whether `by` may do it has been asked before. */
export interface GroupsPort {
  hold(group: Did, session: NewSession, by: Did): Promise<void>;
  release(group: Did, by: Did): Promise<void>;
  isConnected(group: Did): Promise<boolean>;
  /** Who signed in as the group last, to connect it; null where it is not connected. */
  connectedBy(group: Did): Promise<Did | null>;
  /** In the group's own repository: records of the few collections that are the group's. */
  write(group: Did, act: RepoAct, cause: GroupCause): Promise<Written | NotWritten>;
  /** Groups that were connected at some time. */
  connected(): Promise<Did[]>;
  /** Up to which seq of the space those who joined were confirmed. */
  welcomedUntil(group: Did): Promise<number>;
  setWelcomed(group: Did, seq: number): Promise<void>;
  /** The last ones, newest first. */
  log(group: Did): Promise<GroupDeed[]>;
}
