import type { JsonObject } from '../../../../domain/model.ts';
import * as putRecord from '../../../../lexicons/club/commonplace/group/putRecord.ts';
import { groupMethod } from '../../../group.ts';
import { oneWritten, optionsOf } from '../../../group-writes.ts';

export default groupMethod(putRecord, async ({ input, acting: { group, by }, groups }) => {
  const { collection, rkey, record, swapRecord: swap } = input;
  const act = {
    ...{ act: 'put' as const, collection, rkey, record: record as JsonObject },
    ...(swap === undefined ? {} : { swap }),
  };
  return oneWritten(await groups.apply(group, { acts: [act], isBatch: false, ...optionsOf(input) }, by));
});
