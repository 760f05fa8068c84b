import * as deleteRecord from '../../../../lexicons/club/commonplace/group/deleteRecord.ts';
import { groupMethod } from '../../../group.ts';
import { commitOf, optionsOf } from '../../../group-writes.ts';

export default groupMethod(deleteRecord, async ({ input, acting: { group, by }, groups }) => {
  const { collection, rkey, swapRecord: swap } = input;
  const act = { act: 'delete' as const, collection, rkey, ...(swap === undefined ? {} : { swap }) };
  const answer = await groups.apply(group, { acts: [act], isBatch: false, ...optionsOf(input) }, by);
  return 'commit' in answer ? commitOf(answer) : answer;
});
