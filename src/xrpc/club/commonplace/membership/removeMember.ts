import { eject } from '../../../../actions/roster/removal.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/removeMember.ts';
import { act } from '../../../member.ts';

export default act(lexicon, (actor, { did }, { own }) => eject(actor, did, own));
