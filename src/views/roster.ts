// Members, requests, invitations and bans as answers show them.
import type { DidString, HandleString } from '@atproto/lex';
import type { Answer, Banned, Invite, Invited, JoinRequest, ListedMember } from '../domain/admission.ts';
import type * as Defs from '../lexicons/club/commonplace/membership/defs.ts';
import { datetime } from './time.ts';

const named = ({ did, handle }: { did: string; handle: string | null }) => ({
  did: did as DidString,
  ...(handle === null ? {} : { handle: handle as HandleString }),
});
const given = (role: string | null): { role?: string } => (role === null ? {} : { role });

export const memberView = ({ roles, since, invitedBy, ...who }: ListedMember): Defs.MemberView => ({
  ...{ ...named(who), roles, since: datetime(since) },
  ...(invitedBy === null ? {} : { invitedBy: invitedBy as DidString }),
});

export const answerView = ({ question, answer }: Answer): Defs.Answer => ({ question, answer });

export const requestView = ({ at, joined, answers, ...who }: JoinRequest): Defs.RequestView => ({
  ...{ ...named(who), at: datetime(at), joined, answers: answers.map(answerView) },
});

export const inviteView = ({ id, by, role, uses, remaining, at, expiresAt, revokedAt }: Invite): Defs.InviteView => ({
  ...{ id, by: by as DidString, ...given(role), uses, remaining, at: datetime(at), expiresAt: datetime(expiresAt) },
  ...(revokedAt === null ? {} : { revokedAt: datetime(revokedAt) }),
});

export const invitationView = ({ by, at, role, ...who }: Invited): Defs.InvitationView => ({
  ...{ ...named(who), by: by as DidString, ...given(role), at: datetime(at) },
});

export const banView = ({ by, at, until, told, reason, ...who }: Banned): Defs.BanView => ({
  ...{ ...named(who), by: by as DidString, at: datetime(at), until: datetime(until) },
  ...{ ...(told === '' ? {} : { told }), ...(reason === '' ? {} : { reason }) },
});
