// Three kinds of failure: a Drop (admission refuses an event), a Refusal (the domain says no), a fault (thrown).

export type DropReason =
  | 'malformed'
  | 'bad-rev'
  | 'rev-in-future'
  | 'too-large'
  | 'too-deep'
  | 'too-many-parts'
  | 'invalid-record'
  | 'unknown-collection'
  | 'not-the-group'
  | 'wrong-rkey'
  | 'pending-limit'
  | 'author-limit'
  | 'waiting-limit'
  | 'deletion-limit'
  | 'waiting-evicted'
  | 'forged'
  | 'superseded'
  | 'blocked'
  | 'paused'
  | 'unproven'
  | 'fault';

export interface Drop {
  drop: DropReason;
  /** What was wrong, in words; never the record's content. */
  detail: string;
}

export const drop = (reason: DropReason, detail: string): Drop => ({ drop: reason, detail: detail.slice(0, 200) });
export const isDrop = (value: object): value is Drop => 'drop' in value;

/** Names declared in the lexicons' `errors`, plus the protocol's own `InvalidRequest`. */
export type RefusalName =
  | 'InvalidRequest'
  | 'SpaceNotFound'
  | 'PostNotFound'
  | 'BadCursor'
  | 'NotFound'
  | 'AuthenticationRequired'
  | 'InstanceNotAllowed'
  | 'NotPermitted'
  | 'LastSteward'
  | 'Banned'
  | 'TooSoon'
  | 'TooMany'
  | 'AnswerRequired'
  | 'InviteNotFound'
  | 'MemberNotFound'
  | 'GroupNotConnected'
  | 'SessionRequired'
  | 'InvalidHost'
  | 'HostTaken'
  | 'HandleNotFound'
  | 'HandleMismatch'
  | 'DidNotFound'
  | 'PdsNotFound'
  | 'UpstreamFailure'
  | 'RecordNotFound'
  | 'TooManyDrafts'
  | 'RateLimitExceeded'
  | 'GroupNotConnected'
  | 'InvalidSwap'
  | 'BadExpiration'
  | 'BlobTooLarge';

export interface Refusal {
  refusal: RefusalName;
  message: string;
}

export const refuse = (refusal: RefusalName, message: string): Refusal => ({ refusal, message });
export const isRefusal = (value: object): value is Refusal => 'refusal' in value;
