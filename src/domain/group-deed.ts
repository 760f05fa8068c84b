// What was done for a group, and why: lines of its log.
import type { Did } from './model.ts';

/**
 * Why the group writes: who wants it, and whom it concerns. `admit`: made somebody a member, or gave them other roles; `found`: wrote
 * the first records of the space.
 */
export interface GroupCause {
  by: Did;
  deed: 'admit' | 'eject' | 'configure' | 'found';
  about: Did | null;
}

/** One line of the log; nothing is ever taken out of it. */
export interface GroupDeed {
  at: number;
  /** Who caused it; the group itself where its server did. */
  by: Did;
  /** What it was, as `GroupCause` and the connection itself name it. `over`: its server ended the connection. */
  deed: GroupCause['deed'] | 'act' | 'upload' | 'token' | 'connect' | 'end' | 'over';
  /** Whom it concerns; null where it is nobody else. */
  about: Did | null;
  /** What it was done to: `create <collection>/<rkey>`, `<method> <audience>`. */
  what: string[];
  /** `begun` until the group's server answers; then `done`, or why not. */
  outcome: string;
}
