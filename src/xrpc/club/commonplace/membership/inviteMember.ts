import { inviteMember } from '../../../../actions/roster/invites.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/inviteMember.ts';
import { act } from '../../../member.ts';

export default act(lexicon, (actor, { did, role = null }, { own }) => inviteMember(actor, { did, role }, own));
