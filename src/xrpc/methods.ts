// The route table: every method that is not the operator's.
import getMembership from './club/commonplace/actor/getMembership.ts';
import joinSpace from './club/commonplace/actor/joinSpace.ts';
import leaveSpace from './club/commonplace/actor/leaveSpace.ts';
import listMutes from './club/commonplace/actor/listMutes.ts';
import listMySpaces from './club/commonplace/actor/listSpaces.ts';
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
import acceptInvite from './club/commonplace/membership/acceptInvite.ts';
import approveRequest from './club/commonplace/membership/approveRequest.ts';
import banMember from './club/commonplace/membership/banMember.ts';
import cancelRequest from './club/commonplace/membership/cancelRequest.ts';
import createInvite from './club/commonplace/membership/createInvite.ts';
import declineInvitation from './club/commonplace/membership/declineInvitation.ts';
import declineRequest from './club/commonplace/membership/declineRequest.ts';
import inviteMember from './club/commonplace/membership/inviteMember.ts';
import leave from './club/commonplace/membership/leave.ts';
import listBans from './club/commonplace/membership/listBans.ts';
import listInvitations from './club/commonplace/membership/listInvitations.ts';
import listInvites from './club/commonplace/membership/listInvites.ts';
import listRequests from './club/commonplace/membership/listRequests.ts';
import removeMember from './club/commonplace/membership/removeMember.ts';
import requestJoin from './club/commonplace/membership/requestJoin.ts';
import revokeInvite from './club/commonplace/membership/revokeInvite.ts';
import setRoles from './club/commonplace/membership/setRoles.ts';
import unbanMember from './club/commonplace/membership/unbanMember.ts';
import withdrawInvitation from './club/commonplace/membership/withdrawInvitation.ts';
import getUnreadCount from './club/commonplace/notification/getUnreadCount.ts';
import listNotifications from './club/commonplace/notification/listNotifications.ts';
import updateSeen from './club/commonplace/notification/updateSeen.ts';
import getSpace from './club/commonplace/space/getSpace.ts';
import listMembers from './club/commonplace/space/listMembers.ts';
import listSpaces from './club/commonplace/space/listSpaces.ts';
import searchSpaces from './club/commonplace/space/searchSpaces.ts';
import getStatus from './club/commonplace/sync/getStatus.ts';
import listRecords from './club/commonplace/sync/listRecords.ts';
import listReposBySpace from './club/commonplace/sync/listReposBySpace.ts';
import verifyRecord from './club/commonplace/sync/verifyRecord.ts';
import type { Method } from './method.ts';

export const METHODS: readonly Method[] = [
  ...[getMembership, listMySpaces, joinSpace, leaveSpace, listMutes, muteActor, unmuteActor],
  ...[deleteDraft, getDraft, listDrafts, putDraft],
  ...[getFeed, getPost, getThread, listVersions, searchPosts, muteThread, unmuteThread],
  ...[listNotifications, getUnreadCount, updateSeen],
  ...[getSpace, listSpaces, searchSpaces, listMembers],
  ...[requestJoin, cancelRequest, leave, listRequests, approveRequest, declineRequest],
  ...[createInvite, listInvites, revokeInvite, acceptInvite],
  ...[inviteMember, listInvitations, withdrawInvitation, declineInvitation],
  ...[removeMember, setRoles, banMember, unbanMember, listBans],
  ...[getStatus, listRecords, listReposBySpace, verifyRecord],
];
