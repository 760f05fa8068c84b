import { withdrawInvitation } from '../../../../actions/roster/invites.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/withdrawInvitation.ts';
import { act } from '../../../member.ts';

export default act(lexicon, (actor, { did }, { own }) => withdrawInvitation(actor, did, own));
