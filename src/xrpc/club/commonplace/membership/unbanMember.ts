import { unban } from '../../../../actions/roster/removal.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/unbanMember.ts';
import { act } from '../../../member.ts';

export default act(lexicon, (actor, { did }, { own }) => unban(actor, did, own));
