import { declineInvitation } from '../../../../actions/roster/invites.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/declineInvitation.ts';
import { act } from '../../../member.ts';

export default act(lexicon, (actor, _, { own }) => declineInvitation(actor, own));
