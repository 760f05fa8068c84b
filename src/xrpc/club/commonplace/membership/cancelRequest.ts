import { withdraw } from '../../../../actions/roster/requests.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/cancelRequest.ts';
import { act } from '../../../member.ts';

export default act(lexicon, (actor, _, { own }) => withdraw(actor, own));
