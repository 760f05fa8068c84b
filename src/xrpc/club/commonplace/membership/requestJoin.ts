import { joinHeld } from '../../../../actions/members.ts';
import { apply } from '../../../../actions/roster/requests.ts';
import { isHeld } from '../../../../domain/admission.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/requestJoin.ts';
import { act } from '../../../member.ts';

export default act(lexicon, (actor, { answers = [] }, { own }) => {
  const asks = actor.space.joinPolicy === 'approval' && !actor.standing.admitted;
  return isHeld(actor.space) && !asks ? joinHeld(actor, own) : apply(actor, answers, own);
});
