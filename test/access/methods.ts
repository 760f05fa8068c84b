/**
 * Who may ask which method: a line for each, which the table test really asks as everybody there is, of each kind of space. A new
 * method needs a line here.
 */
import type { Action } from '../../src/domain/roles.ts';
import { didOf } from '../support/community.ts';
import type { Person, Place } from './people.ts';

type Who = (person: Person, place: Place) => boolean;

/** Outcomes are a status, the name of the error, and what was done. */
export interface MethodRule {
  /** Of those who may read the space. */
  who: Who;
  /** Of those the ones who may do it; all where it says nothing. To the others it is `403 NotPermitted`. */
  may?: Who;
  /** To them; `200` where it says nothing. */
  yes?: string;
  /** To them in a paused, or in a private space, where that is another. */
  paused?: string;
  closed?: string;
  /** To who is banned, where that is another; where `paused` says what they hear of a paused space, they hear that there. */
  banned?: string;
  /** To all others; `401 AuthenticationRequired` where it says nothing. */
  no?: string;
  /** To those others who are not signed in; as `no` where it says nothing. */
  visitor?: string;
  /** To all who ask of a private space without being inside; as if it were not of a space where it says nothing. */
  shut?: string;
  /** To those of them whom it concerns: with half of a membership. */
  concerned?(person: Person): string;
  params?(place: Place): Record<string, string>;
  input?(place: Place): object;
}

const anybody: Who = () => true;
const signedIn: Who = ({ did }) => did !== null;
const isOperator: Who = ({ name }) => name === 'operator';

const ofSpace = ({ space }: Place) => ({ space });
const ofStory = ({ story: uri }: Place) => ({ uri });
const NO_SPACE = '400 SpaceNotFound';
const SIGNED_OUT = '401 AuthenticationRequired';
const NO_POST = '400 PostNotFound';

const somebody = () => ({ actor: 'did:plc:zzzzzzzzzzzzzzzzzzzzzzzz' });

const reads: MethodRule = { who: anybody, shut: NO_SPACE, params: ofSpace };
/** The account's own server is asked, which here is always away. */
const writes: MethodRule = { who: signedIn, yes: '502 UpstreamFailure write', shut: NO_SPACE, input: ofSpace };
const operates = (done: string, input?: MethodRule['input']): MethodRule => ({
  ...{ who: isOperator, yes: `200${done && ` ${done}`}` },
  ...(input ? { input } : {}),
});

const may =
  (...any: Action[]): Who =>
  ({ did, actions }) =>
    did !== null && any.some((action) => actions.has(action));

const looksAfter: Who = ({ actions }) =>
  ['admit', 'eject', 'role.assign'].some((action) => actions.has(action as Action));
/** Where who is in is told to nobody, neither is who came by which invitation. */
const seesInvites: Who = (person, place) =>
  may('invite')(person, place) && (place.kind !== 'private' || looksAfter(person, place));
const about = ({ space }: Place) => ({ space, did: didOf('xjoined') });
const NO = '403 NotPermitted';
const BANNED = '403 Banned';
const lists = (action: Action): MethodRule => ({
  ...{ ...reads, who: may(action), no: NO, concerned: () => NO_SPACE, visitor: SIGNED_OUT },
});
const acts = (action: Action, yes: string, more: Partial<MethodRule> = {}): MethodRule => ({
  ...{ who: may(action), yes, no: NO, shut: NO_SPACE, input: about },
  ...more,
});
const own = (yes: string, more: Partial<MethodRule> = {}): MethodRule => ({
  ...{ who: signedIn, yes, shut: NO_SPACE, input: ofSpace },
  ...more,
});

const MEMBERSHIP: Record<string, MethodRule> = {
  'space.listMembers': {
    ...reads,
    who: (person, place) => place.kind !== 'private' || looksAfter(person, place),
    no: NO,
  },
  'membership.listRequests': lists('admit'),
  'membership.listInvites': { ...lists('invite'), who: seesInvites },
  'membership.listInvitations': { ...lists('invite'), who: seesInvites },
  'membership.listBans': lists('eject'),
  'membership.requestJoin': own(NO, {
    ...{ closed: '200', paused: NO, banned: BANNED },
    concerned: ({ joined, name }) => (joined || name === 'ejected' ? '200 hold hold' : '200 hold answer'),
  }),
  'membership.cancelRequest': own('400 NotFound', { concerned: () => '400 NotFound' }),
  'membership.leave': own(NO, { closed: '200 settle unname hold', concerned: () => '200 settle unname hold' }),
  'membership.approveRequest': acts('admit', '502 UpstreamFailure act', { closed: '200 hold settle' }),
  'membership.declineRequest': acts('admit', '200 decline', { closed: '200 decline hold' }),
  'membership.createInvite': acts('invite', '200 link', { who: seesInvites, paused: NO, input: ofSpace }),
  'membership.revokeInvite': acts('invite', '200 revoke', {
    who: seesInvites,
    input: ({ space }) => ({ space, id: 'x' }),
  }),
  'membership.acceptInvite': own('400 InviteNotFound', {
    concerned: () => '400 InviteNotFound',
    input: ({ space }) => ({ space, token: 'x' }),
    ...{ paused: NO, banned: BANNED },
  }),
  'membership.inviteMember': acts('invite', '502 UpstreamFailure name act unname', {
    who: seesInvites,
    paused: NO,
    closed: '200 name hold answer settle',
  }),
  'membership.withdrawInvitation': acts('invite', '400 NotFound', { who: seesInvites, paused: NO }),
  'membership.declineInvitation': own('400 NotFound', { concerned: () => '400 NotFound' }),
  'membership.removeMember': acts('eject', '400 MemberNotFound'),
  'membership.banMember': acts('eject', '200 ban', {
    input: (place) => ({ ...about(place), until: new Date(Date.now() + 86_400_000).toISOString() }),
  }),
  'membership.unbanMember': acts('eject', '200 unban'),
  'membership.setRoles': acts('role.assign', '400 MemberNotFound', {
    paused: NO,
    input: (place) => ({ ...about(place), roles: [] }),
  }),
};

/** Nobody has connected the group account: whoever may is told so. */
const actsAs = (who: Who, more: Partial<MethodRule> = {}): MethodRule => ({
  ...{ who, shut: NO_SPACE, yes: '400 GroupNotConnected', no: '403 NotPermitted', paused: '403 NotPermitted' },
  visitor: SIGNED_OUT,
  ...more,
});
const byGroup = (collection: string, rkey: string, record: (place: Place) => object) => (place: Place) => ({
  ...{ repo: place.space, collection: `club.commonplace.space.${collection}`, rkey },
  record: { $type: `club.commonplace.space.${collection}`, space: place.space, ...record(place) },
});
const theme = byGroup('theme', 'self', () => ({}));

export const METHOD_RULES: Record<string, MethodRule> = {
  ...MEMBERSHIP,
  'actor.getMembership': { ...reads, who: signedIn, visitor: SIGNED_OUT, concerned: () => '200' },
  'actor.listSpaces': { who: signedIn },
  'actor.listMutes': { who: signedIn },
  'actor.muteActor': { who: signedIn, input: somebody },
  'actor.unmuteActor': { who: signedIn, input: somebody },
  'actor.joinSpace': { ...writes, paused: '403 NotPermitted', closed: '200', banned: BANNED },
  'actor.leaveSpace': { ...writes, closed: '200 settle unname hold' },
  'draft.listDrafts': { ...reads, who: signedIn, yes: '200 drafts' },
  'draft.getDraft': { who: signedIn, yes: '400 RecordNotFound drafts', params: () => ({ id: 'none' }) },
  'draft.putDraft': {
    ...{ who: signedIn, may: ({ actions }) => actions.has('post'), yes: '200 drafts', shut: NO_SPACE, banned: BANNED },
    input: ({ space }) => ({ space, record: { $type: 'club.commonplace.story' } }),
  },
  'draft.deleteDraft': { who: signedIn, yes: '200 drafts', input: () => ({ id: 'none' }) },
  'feed.getFeed': reads,
  'feed.getPost': { ...reads, shut: NO_POST, params: ofStory },
  'feed.getThread': { ...reads, shut: NO_POST, params: ofStory },
  'feed.muteThread': { who: signedIn, shut: NO_POST, input: ({ story: root }) => ({ root }) },
  'feed.unmuteThread': { who: signedIn, input: ({ story: root }) => ({ root }) },
  'feed.listVersions': { ...reads, shut: NO_POST, params: ofStory },
  'feed.searchPosts': { ...reads, params: ({ space }) => ({ space, q: 'whispered' }) },
  'notification.listNotifications': { ...reads, who: signedIn },
  'notification.getUnreadCount': { ...reads, who: signedIn },
  'notification.updateSeen': {
    ...{ who: signedIn, shut: NO_SPACE },
    input: ({ space }) => ({ space, seenAt: '2026-01-01T00:00:00.000Z' }),
  },
  'space.getSpace': reads,
  'space.listSpaces': { who: anybody },
  'space.searchSpaces': { who: anybody, params: () => ({ q: 'the' }) },
  'sync.getStatus': reads,
  'sync.listRecords': {
    // Whoever copies a space copies it for others: a private one is given to nobody.
    ...{ who: (_, { kind }) => kind !== 'private', no: NO_SPACE, shut: NO_SPACE },
    params: ({ space }) => ({ space, collection: 'club.commonplace.story' }),
  },
  'sync.listReposBySpace': { who: (_, { kind }) => kind !== 'private', no: NO_SPACE, shut: NO_SPACE, params: ofSpace },
  'sync.verifyRecord': { ...reads, yes: '429 RateLimitExceeded', shut: '400 RecordNotFound', params: ofStory },
  'group.createRecord': actsAs(may('group.act'), {
    input: ({ space: repo }) => ({
      ...{ repo, collection: 'app.bsky.feed.post' },
      record: { $type: 'app.bsky.feed.post', text: 'x', createdAt: '2026-01-01T00:00:00Z' },
    }),
  }),
  'group.putRecord': actsAs(may('space.configure'), { input: theme }),
  'group.deleteRecord': actsAs(may('mod.resolve'), {
    input: ({ space: repo }) => ({ repo, collection: 'club.commonplace.space.lock', rkey: '3kaaaaaaaaaaa' }),
  }),
  'group.applyWrites': actsAs(may('group.configure'), {
    input: ({ space }) => ({
      repo: space,
      writes: [
        {
          ...{ $type: 'com.atproto.repo.applyWrites#create', collection: 'club.commonplace.space.role', rkey: 'x' },
          value: { $type: 'club.commonplace.space.role', space, displayName: 'X' },
        },
      ],
    }),
  }),
  'group.uploadBlob': {
    ...actsAs(may('space.configure', 'group.act'), { params: ({ space: repo }) => ({ repo }), input: () => ({}) }),
    paused: '400 GroupNotConnected',
  },
  'group.getServiceAuth': actsAs(may('group.act'), {
    paused: '400 GroupNotConnected',
    params: ({ space: repo }) => ({
      ...{ repo, aud: 'did:web:labeler.example', lxm: 'com.atproto.moderation.createReport' },
    }),
  }),
  'group.listLog': {
    visitor: SIGNED_OUT,
    who: may('group.configure', 'mod.read'),
    no: '403 NotPermitted',
    shut: NO_SPACE,
    params: ofSpace,
  },
  'admin.addSpace': {
    ...{ who: isOperator, yes: '400 InvalidHost' },
    input: ({ space }) => ({ subject: space, hosts: ['instance.example'] }),
  },
  'admin.listSpaces': operates(''),
  'admin.setSpace': operates('addSpace', ({ space, host }) => ({ space, hosts: [host] })),
  'admin.removeSpace': operates('removeSpace', ofSpace),
  'admin.startBackfill': operates('operate', ofSpace),
  'admin.getBackfill': operates(''),
  'admin.cancelBackfill': operates('operate', ofSpace),
  'admin.getMedia': operates(''),
  'admin.sweepMedia': operates('operate'),
  'admin.block': operates('operate', ({ story: subject }) => ({ subject, why: 'x' })),
  'admin.unblock': { ...operates('operate', ({ story: subject }) => ({ subject })), yes: '400 NotFound operate' },
  'admin.listBlocks': operates(''),
  'admin.createFoundingCode': operates('', () => ({})),
  'admin.setFounder': operates('', ({ space: subject }) => ({ subject, approved: false })),
  'admin.listFounders': operates(''),
};
