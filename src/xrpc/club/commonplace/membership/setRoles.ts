import { setRoles } from '../../../../actions/roster/removal.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/setRoles.ts';
import { act } from '../../../member.ts';

export default act(lexicon, (actor, { did, roles }, { own }) => setRoles(actor, { did, roles }, own));
