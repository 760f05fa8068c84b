// What a plan asks of the database: facts about rows, not SQL. One commit applies a batch of them.
import type { AccountStatus, AtUri, Confirmation, Did, Evidence } from './model.ts';

/** A live record, or a tombstone (`cid` null) that keeps a late event from bringing it back. */
export interface RecordRow {
  space: Did;
  uri: AtUri;
  did: Did;
  collection: string;
  cid: string | null;
  rev: string;
  snapshot: boolean;
  /** JSON text; null in a tombstone. */
  value: string | null;
  sortAt: number;
  hidden: number;
  /** What a like, or a record that belongs by reference, points at: indexed. */
  subject: AtUri | null;
  /** Root of a reply. */
  root: AtUri | null;
  postId: number | null;
  /** Strictly growing over all of the instance: unix microseconds, moved on where two would be the same. */
  seq: number;
}

/** A post (`root` null) or a reply. */
export interface PostRow {
  id: number;
  space: Did;
  uri: AtUri;
  did: Did;
  section: string;
  rkey: string;
  /** Whether the address is `/<section>/<rkey>` without the author. */
  plain: boolean;
  title: string;
  excerpt: string;
  tags: string[];
  labels: string[];
  /** CID of its first picture. */
  picture: string | null;
  sortAt: number;
  hidden: number;
  root: AtUri | null;
  parent: AtUri | null;
  /** DIDs. */
  mentions: Did[];
}

export type PostText = Pick<
  PostRow,
  'id' | 'section' | 'parent' | 'title' | 'excerpt' | 'tags' | 'labels' | 'picture' | 'mentions'
>;

/**
 * What is looked at again, by key: `thread` the replies of a post ("space uri"), `author` one author's records in a space
 * ("did space"), `account` all of a DID's, `space` all of a space's, `sections` where its posts stand, `dependants` what
 * hangs on a URI by reference. `erase` deletes an account's records, `leave` those of a removed space; `resolve` looks up
 * a name, `confirm` asks an account's own PDS for its status. `heal` begins to make up for gaps: `discover` finds the
 * repositories that may hold records of a space, `backfill` reads those that are waiting (one job for all), `reread` puts an
 * account's repository among them. `prove` asks for the signed proof of a record (its URI). `sweep` frees media that nobody is shown
 * any more, `prefetch` fetches a blob before anybody asks for it ("space did cid"), `block` takes out what the operator keeps out, `unban`
 * ends a ban ("did space").
 */
export type JobKind =
  | 'thread'
  | 'author'
  | 'account'
  | 'space'
  | 'sections'
  | 'dependants'
  | 'erase'
  | 'leave'
  | 'resolve'
  | 'confirm'
  | 'heal'
  | 'reread'
  | 'discover'
  | 'backfill'
  | 'prove'
  | 'sweep'
  | 'prefetch'
  | 'block'
  | 'unban';

export type Write =
  /** What stands in the index is kept as an earlier version, before the record is written. */
  | { write: 'version'; space: Did; uri: AtUri }
  | { write: 'record'; row: RecordRow }
  /** A snapshot shows the version that is held: only the order of what comes late changes. */
  | { write: 'rev'; space: Did; uri: AtUri; rev: string }
  | { write: 'sort'; space: Did; uri: AtUri; sortAt: number; postId: number | null }
  | { write: 'post'; row: PostRow }
  | { write: 'text'; row: PostText }
  | { write: 'unpost'; id: number }
  /** `again`: there is an older entry to take out. */
  | { write: 'search'; id: number; space: Did; title: string; text: string; again: boolean }
  | { write: 'author'; did: Did; space: Did; rev: string; delta: number }
  | { write: 'address'; space: Did; rkey: string; did: Did; collection: string }
  | { write: 'member'; space: Did; did: Did; joined: boolean; admitted: boolean; roles: string[]; at: number }
  | { write: 'own'; space: Did; part: 'profile' | 'permissions' | 'theme'; value: string | null }
  | { write: 'account'; did: Did; status: AccountStatus; at: number; confirmation: Confirmation }
  | { write: 'identity'; did: Did; handle: string | null; pds: string | null; at: number }
  /** A name that could not be looked up: if that was so for a day, it shows no more. */
  | { write: 'unconfirmed'; did: Did; at: number }
  | { write: 'erased'; did: Did; rev: string }
  | { write: 'section'; id: number; section: string }
  /** The repository is to be read for the space. */
  | { write: 'read'; space: Did; did: Did }
  | { write: 'hide'; space: Did; uri: AtUri; hidden: number; seq: number }
  /** What follows a space is told how an account stands. */
  | { write: 'standing'; did: Did; space: Did; seq: number }
  | { write: 'job'; kind: JobKind; key: string }
  | { write: 'wait'; target: AtUri; uri: AtUri; rev: string; event: string }
  | { write: 'waited'; uri: AtUri }
  | { write: 'claim'; uri: AtUri; space: Did; did: Did; rev: string; cid: string | null }
  /** Claims up to this rev are settled. */
  | { write: 'unclaim'; uri: AtUri; rev: string }
  | { write: 'evidence'; space: Did; evidence: Evidence };
