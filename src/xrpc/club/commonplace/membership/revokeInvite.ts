import { revokeInvite } from '../../../../actions/roster/invites.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/revokeInvite.ts';
import { act } from '../../../member.ts';

export default act(lexicon, (actor, { id }, { own }) => revokeInvite(actor, id, own));
