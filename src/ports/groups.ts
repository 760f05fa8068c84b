// The group account, acted for by the instance: an object for each, which holds its session, does what the group decided, one act
// after another, and keeps a log of who caused what.
import type { Did } from '../domain/model.ts';
import type { NewSession, NotWritten, Written } from './accounts.ts';

/** One line of the log; nothing is ever taken out of it. */
export interface GroupDeed {
  at: number;
  /** Who caused it. */
  by: Did;
  /** `connect`: gave the group's session to the instance; `end`: took it back; `admit`: made somebody a member. */
  deed: 'connect' | 'end' | 'admit';
  /** Whom it concerns; null where it is nobody else. */
  about: Did | null;
  /** Whether the group's server did it, or why not. */
  outcome: string;
}

/** No other use of the session is offered. */
export interface GroupsPort {
  hold(group: Did, session: NewSession, by: Did): Promise<void>;
  release(group: Did, by: Did): Promise<void>;
  isConnected(group: Did): Promise<boolean>;
  /** Writes the group's half of a membership. */
  admit(group: Did, member: Did, roles: string[], by: Did): Promise<Admission>;
  /** Groups that were connected at some time. */
  connected(): Promise<Did[]>;
  /** Up to which seq of the space those who joined were confirmed. */
  welcomedUntil(group: Did): Promise<number>;
  setWelcomed(group: Did, seq: number): Promise<void>;
  /** The last ones, newest first. */
  log(group: Did): Promise<GroupDeed[]>;
}

/** What was written, for the index; or why nothing was. */
export type Admission = { written: Written; createdAt: string } | NotWritten;
