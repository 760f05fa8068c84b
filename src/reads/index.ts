// What can be asked: each read takes a context and gives nouns, or a Refusal.
export { authorDid, readAuthor } from './author.ts';
export { type ChangesPage, readChanges } from './changes.ts';
export type { ReadContext } from './context.ts';
export { readTarget, readTargets, type Target, withOriginals } from './crossposts.ts';
export { listSpaces, searchSpaces } from './directory.ts';
export { readEvidence, verifyRecord } from './evidence.ts';
export { type FeedQuery, readFeed } from './feed.ts';
export { type DeedItem, readGroupLog } from './group-log.ts';
export { readHeldRecords } from './holdings.ts';
export { type Looks, type MediaReference, readLooks, readMedia } from './media.ts';
export { givesNames, readName, readNamed } from './member-names.ts';
export { type MySpace, readFollowed, readMySpaces } from './mine.ts';
export { foldMuted, listMutes, readOwnMutes, withoutMuted } from './mutes.ts';
export { readNames } from './names.ts';
export {
  countUnread,
  type NoticesPage,
  type NoticesQuery,
  readFeedOwner,
  readFeedToken,
  readNotices,
  readSeenAt,
} from './notices.ts';
export { readPost } from './post.ts';
export { type RecordsQuery, readOwnRecord, readRecords, readRepos } from './records.ts';
export {
  readActors,
  readAdmission,
  readBans,
  readInvite,
  readInvited,
  readInvites,
  readMembers,
  readPerson,
  readRequests,
} from './roster.ts';
export { readSearch, type SearchQuery } from './search.ts';
export { SpaceCache } from './space-cache.ts';
export {
  readDidOfHost,
  readPrivateFront,
  readSpace,
  readSpaceAtDoor,
  readSpaceByHost,
  readSpaceFor,
} from './spaces.ts';
export { readLikes, readStanding } from './standing.ts';
export { readStatus } from './status.ts';
export { type Address, readThread, readThreadAt, type ThreadQuery } from './thread.ts';
export { readVersions } from './versions.ts';
