import { decline } from '../../../../actions/roster/requests.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/declineRequest.ts';
import { act } from '../../../member.ts';

export default act(lexicon, (actor, { did, reason = '' }, { own }) => decline(actor, { did, reason }, own));
