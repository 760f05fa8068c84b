import * as applyWrites from '../../../../lexicons/club/commonplace/group/applyWrites.ts';
import { groupMethod } from '../../../group.ts';
import { actsFrom, optionsOf, resultsOf } from '../../../group-writes.ts';

export default groupMethod(applyWrites, async ({ input, acting: { group, by }, groups }) => {
  const acts = actsFrom(input.writes);
  if (!Array.isArray(acts)) return acts;
  const answer = await groups.apply(group, { acts, isBatch: true, ...optionsOf(input) }, by);
  return 'commit' in answer ? resultsOf(acts, answer) : answer;
});
