// The route table: every method that is not the operator's.
import getMembership from './club/commonplace/actor/getMembership.ts';
import joinSpace from './club/commonplace/actor/joinSpace.ts';
import leaveSpace from './club/commonplace/actor/leaveSpace.ts';
import listMutes from './club/commonplace/actor/listMutes.ts';
import muteActor from './club/commonplace/actor/muteActor.ts';
import unmuteActor from './club/commonplace/actor/unmuteActor.ts';
import deleteDraft from './club/commonplace/draft/deleteDraft.ts';
import getDraft from './club/commonplace/draft/getDraft.ts';
import listDrafts from './club/commonplace/draft/listDrafts.ts';
import putDraft from './club/commonplace/draft/putDraft.ts';
import getFeed from './club/commonplace/feed/getFeed.ts';
import getPost from './club/commonplace/feed/getPost.ts';
import getThread from './club/commonplace/feed/getThread.ts';
import listVersions from './club/commonplace/feed/listVersions.ts';
import muteThread from './club/commonplace/feed/muteThread.ts';
import searchPosts from './club/commonplace/feed/searchPosts.ts';
import unmuteThread from './club/commonplace/feed/unmuteThread.ts';
import getUnreadCount from './club/commonplace/notification/getUnreadCount.ts';
import listNotifications from './club/commonplace/notification/listNotifications.ts';
import updateSeen from './club/commonplace/notification/updateSeen.ts';
import getSpace from './club/commonplace/space/getSpace.ts';
import listSpaces from './club/commonplace/space/listSpaces.ts';
import searchSpaces from './club/commonplace/space/searchSpaces.ts';
import getStatus from './club/commonplace/sync/getStatus.ts';
import listRecords from './club/commonplace/sync/listRecords.ts';
import listReposBySpace from './club/commonplace/sync/listReposBySpace.ts';
import verifyRecord from './club/commonplace/sync/verifyRecord.ts';
import type { Method } from './method.ts';

export const METHODS: readonly Method[] = [
  ...[getMembership, joinSpace, leaveSpace, listMutes, muteActor, unmuteActor],
  ...[deleteDraft, getDraft, listDrafts, putDraft],
  ...[getFeed, getPost, getThread, listVersions, searchPosts, muteThread, unmuteThread],
  ...[listNotifications, getUnreadCount, updateSeen],
  ...[getSpace, listSpaces, searchSpaces],
  ...[getStatus, listRecords, listReposBySpace, verifyRecord],
];
