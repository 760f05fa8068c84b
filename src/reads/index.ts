// What can be asked: each read takes a context and gives nouns, or a Refusal.
export type { ReadContext } from './context.ts';
export { type FeedQuery, readFeed } from './feed.ts';
export { readDidOfHost, readPrivateFront, readSpace, readSpaceByHost } from './spaces.ts';
export { SpaceCache } from './space-cache.ts';
export { type Address, readThread, readThreadAt, type ThreadQuery } from './thread.ts';
