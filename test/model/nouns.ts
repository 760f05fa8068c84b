/** What the model's answer is made of: the index, without what hangs on the order of arrival. */
import type { Did, Json, JsonObject } from '../../src/domain/model.ts';

export interface World {
  spaces: Did[];
  /** Collections beside ours that the operator allows. */
  allowed: string[];
  now: number;
}

export interface LiveRecord {
  space: Did;
  uri: string;
  did: Did;
  collection: string;
  rkey: string;
  cid: string;
  rev: string;
  snapshot: boolean;
  hidden: number;
  sortAt: number;
  value: JsonObject;
}

export interface LivePost {
  space: Did;
  uri: string;
  did: Did;
  hidden: number;
  sortAt: number;
  /** Of a post: its own time or that of its last reply that shows. Null for a reply. */
  activeAt: number | null;
  likeCount: number;
  /** Of a post: the replies of its thread that show. Null for a reply. */
  replyCount: number | null;
  hot: number;
  root: string | null;
  parent: string | null;
  /** Null where no document says which. */
  section: string | null;
  title: string;
  tags: string[];
  labels: string[];
}

export interface Membership {
  space: Did;
  did: Did;
  joined: boolean;
  admitted: boolean;
  roles: string[];
}

export interface Index {
  records: LiveRecord[];
  posts: LivePost[];
  members: Membership[];
  spaces: { did: Did; posts: number; replies: number; members: number; profile: Json; permissions: Json }[];
  authors: { did: Did; space: Did; rev: string; count: number }[];
  accounts: { did: Did; status: string; at: number }[];
}

/** What a space says of itself, as far as the index goes by it. */
export interface Said {
  profile: JsonObject | null;
  permissions: JsonObject | null;
}
