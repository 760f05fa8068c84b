// What somebody is in a space, as they are told themselves.
import type { DidString } from '@atproto/lex';
import { type Admission, type Application, mayApplyAt } from '../domain/admission.ts';
import type { Did } from '../domain/model.ts';
import type { Standing } from '../domain/permission.ts';
import type * as lexicon from '../lexicons/club/commonplace/actor/getMembership.ts';
import { answerView, invitationView } from './roster.ts';
import { datetime } from './time.ts';

export function membershipView(
  space: Did,
  standing: Standing,
  { application, invitation }: Admission,
): lexicon.$OutputBody {
  const { did, joined, admitted, roles, actions, banned } = standing;
  const isInvited = invitation?.state === 'open' && !joined;
  return {
    ...{ space: space as DidString, did: did as DidString, joined, admitted, roles, actions },
    ...(application && !admitted ? { application: applicationView(application) } : {}),
    ...(isInvited ? { invitation: invitationView({ did, handle: null, ...invitation }) } : {}),
    ...(banned === null ? {} : { ban: { until: datetime(banned.until), ...(banned.told && { told: banned.told }) } }),
  };
}

function applicationView(application: Application): lexicon.Application {
  const { state, at, answers, reason } = application;
  const again = mayApplyAt(application, 0);
  return {
    ...{ state, at: datetime(at), answers: answers.map(answerView) },
    ...(reason ? { reason } : {}),
    ...(again === null ? {} : { againAt: datetime(again) }),
  };
}
