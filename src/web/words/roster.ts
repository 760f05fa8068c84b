// Words for coming in, going out and who is here, a part of the catalogue in ../messages.ts.
import type { RefusalName } from '../../domain/outcome.ts';
import { counted } from './counted.ts';

const refusals: Partial<Record<RefusalName, string>> = {
  Banned: 'Whoever is banned cannot do this until the ban is over.',
  TooSoon: 'This was declined not long ago. You may ask again after a week.',
  TooMany: 'There are too many of these just now. Settle or take back some of them first, or try again later.',
  AnswerRequired: 'Please answer every question that is marked as needed.',
  InviteNotFound: 'This invitation does not work: it was used up or taken back, or its time is over.',
  MemberNotFound: 'Nobody of this name is a member here, or asks to be one.',
  NotFound: 'There is nothing of this kind any more.',
  LastSteward:
    'Then nobody would be left who may configure the group account and give roles. Give another member such a role first.',
  GroupNotConnected:
    'The group account is not connected, so nothing can be written for it. Whoever may configure it has to connect it first.',
  UpstreamFailure: 'The server of the group account does not answer just now. Please try again in a moment.',
};

const uses = counted('use is left', 'uses are left');

export const roster = {
  refusedBy: (name: RefusalName): string | null => refusals[name] ?? null,

  membersTitle: 'Members',
  membersLink: 'Who is a member',
  noMembers: 'Nobody to show here.',
  rosterHidden: 'Who is a member here is told to nobody.',
  rosterHiddenNote:
    'Who is a member is told to nobody but those who decide about members. This instance alone knows it: no record says so.',
  searchMembers: 'Search by the beginning of a handle',
  searchThem: 'Search',
  memberSince: 'member since',
  invitedBy: 'invited by',
  manage: (who: string) => `Edit the membership of ${who}`,
  moreMembers: 'More members',
  membersNav: 'Members and those who want to be',
  requests: 'Requests',
  toRequests: 'Who asks to join',
  invites: 'Invitations',
  bans: 'Bans',

  needed: '(needed)',
  yourAnswers: 'Your answers',
  answersPrivate:
    'Your answers are read only by you and by those who decide about members here. They are deleted when it is decided.',
  ask: 'Ask to join',
  askAgain: 'Change your answers',
  askedAt: 'You have asked to join. It is not decided yet. Asked',
  withdraw: 'Withdraw the request',
  wasDeclined: 'Your request was declined.',
  reasonTold: 'The reason you were given:',
  againFrom: 'You may ask again from',
  isBanned: 'You are banned from this space. You cannot join, ask or write here before',
  isInvited: 'You are invited to be a member. Join to accept.',
  declineInvitation: 'Decline the invitation',
  joinAgain: 'Join again',
  joinPrivate:
    'Who is a member here is told to nobody, and nothing is written to your repository when you join: only this instance keeps it. ' +
    'What you write here is public all the same, in your own repository, and shows that you may write here.',
  leavePrivate: 'Leaving is forgotten here at once. What you wrote stays in your repository until you delete it there.',

  noRequests: 'Nobody is waiting.',
  noAnswers: 'No answers: they joined from another app.',
  notJoinedYet: 'They still have to join after that.',
  admitThem: (who: string) => `Let in ${who}`,
  declineThem: (who: string) => `Decline ${who}`,
  accept: 'Let in',
  decline: 'Decline',
  reasonForThem: 'Reason, told to them',
  moreRequests: 'More requests',

  newLink: 'Make a link',
  linkText:
    'Whoever has the link can come in by it, without being asked anything. It works as long as you may invite, and can be taken back.',
  linkUses: 'How many people may use it',
  linkDays: 'How long it works',
  days: counted('day', 'days'),
  linkRole: 'Role they are given',
  noRole: 'No other than every new member',
  linkMade: 'This is the link. It is shown now and never again: copy it.',
  inviteLinks: 'Links',
  noLinks: 'There are no links.',
  usesLeft: (left: number) => uses(left),
  linkEnds: 'works until',
  linkEnded: 'ended',
  linkRevoked: 'taken back',
  madeBy: 'by',
  revoke: 'Take back',
  revokeThis: (id: string) => `Take back the link ${id}`,
  inviteByName: 'Invite somebody by name',
  inviteByNameText:
    'The group names them a member, publicly unless the roster is private. They are one when they join, and can decline.',
  theirHandle: 'Handle or DID',
  inviteThem: 'Invite',
  invitedPeople: 'Invited, and not answered yet',
  nobodyInvited: 'Nobody.',
  nobodyCalled: (who: string) => `Nobody is called “${who}”.`,
  withdrawThis: (who: string) => `Withdraw the invitation of ${who}`,
  withdrawInvite: 'Withdraw',

  inviteTo: (name: string) => `You are invited to ${name}`,
  inviteFrom: 'Invited by',
  inviteWorksUntil: 'The invitation works until',
  comeIn: 'Accept and join',
  signInToAccept: 'Sign in to accept',
  inviteBroken: 'This invitation does not work',

  rolesOf: 'Roles',
  saveRoles: 'Save the roles',
  rolesText: 'A member may do what any of their roles allows. You can change those that your own role lets you.',
  removeTitle: 'Remove',
  removeText:
    'The group takes its half of the membership back. They may ask or join again. Nothing they wrote is deleted: it is in their own ' +
    'repository. Where only members may post, it does not show here any more.',
  removeThem: 'Remove from the space',
  banTitle: 'Ban for a time',
  banText:
    'They are removed and cannot join, ask, use invitations or write here until it ends, which it does by itself. While it lasts, what ' +
    'they wrote does not show here; nothing of it is deleted, and other services may show it.',
  banDays: 'For how long',
  banTold: 'What they are told',
  banReason: 'Why, for those who may remove people; they are not told',
  banThem: 'Ban',
  isBannedUntil: 'banned until',
  lift: 'Lift',
  liftThis: (who: string) => `Lift the ban of ${who}`,
  noBans: 'Nobody is banned.',
  notAMember: 'Not a member.',
  toldThem: 'Told:',

  follow: 'Follow',
  unfollow: 'Stop following',
  followText:
    'Following writes a public record to your own repository and makes you no member. The space is then in your list of spaces.',
  isFollowed: 'You follow this space.',
  yourSpaces: 'Your spaces',
  noSpaces: 'You have joined or followed no space here.',
  joinedSpace: 'member',
  askedSpace: 'asked to join',
  followedSpace: 'followed',
};
