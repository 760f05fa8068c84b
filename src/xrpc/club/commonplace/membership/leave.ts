import { leaveHeld } from '../../../../actions/members.ts';
import { isHeld } from '../../../../domain/admission.ts';
import { refuse } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/leave.ts';
import { act } from '../../../member.ts';

export default act(lexicon, async (actor, _, { own }) =>
  isHeld(actor.space) ? leaveHeld(actor, own) : refuse('NotPermitted', 'delete your own club.commonplace.actor.join'),
);
