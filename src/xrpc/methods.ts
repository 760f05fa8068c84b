// The route table: every method that is not the operator's.
import getMembership from './club/commonplace/actor/getMembership.ts';
import joinSpace from './club/commonplace/actor/joinSpace.ts';
import leaveSpace from './club/commonplace/actor/leaveSpace.ts';
import getFeed from './club/commonplace/feed/getFeed.ts';
import getPost from './club/commonplace/feed/getPost.ts';
import getThread from './club/commonplace/feed/getThread.ts';
import searchPosts from './club/commonplace/feed/searchPosts.ts';
import getSpace from './club/commonplace/space/getSpace.ts';
import listSpaces from './club/commonplace/space/listSpaces.ts';
import searchSpaces from './club/commonplace/space/searchSpaces.ts';
import getStatus from './club/commonplace/sync/getStatus.ts';
import listRecords from './club/commonplace/sync/listRecords.ts';
import listReposBySpace from './club/commonplace/sync/listReposBySpace.ts';
import verifyRecord from './club/commonplace/sync/verifyRecord.ts';
import type { Method } from './method.ts';

export const METHODS: readonly Method[] = [
  ...[getMembership, joinSpace, leaveSpace],
  ...[getFeed, getPost, getThread, searchPosts],
  ...[getSpace, listSpaces, searchSpaces],
  ...[getStatus, listRecords, listReposBySpace, verifyRecord],
];
