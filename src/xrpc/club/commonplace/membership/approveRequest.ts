import { accept } from '../../../../actions/roster/requests.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/approveRequest.ts';
import { act } from '../../../member.ts';

export default act(lexicon, (actor, { did }, { own }) => accept(actor, did, own));
