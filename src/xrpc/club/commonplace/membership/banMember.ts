import { ban } from '../../../../actions/roster/removal.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/banMember.ts';
import { act } from '../../../member.ts';

export default act(lexicon, (actor, { did, until, told = '', reason = '' }, { own }) =>
  ban(actor, { did, until: Date.parse(until), told, reason }, own),
);
