import type { JsonObject } from '../../../../domain/model.ts';
import * as createRecord from '../../../../lexicons/club/commonplace/group/createRecord.ts';
import { groupMethod } from '../../../group.ts';
import { oneWritten, optionsOf } from '../../../group-writes.ts';

export default groupMethod(createRecord, async ({ input, acting: { group, by }, groups }) => {
  const { collection, rkey, record } = input;
  const act = {
    ...{ act: 'create' as const, collection, record: record as JsonObject },
    ...(rkey === undefined ? {} : { rkey }),
  };
  return oneWritten(await groups.apply(group, { acts: [act], isBatch: false, ...optionsOf(input) }, by));
});
