// The route table of those who act for a group.
import applyWrites from './club/commonplace/group/applyWrites.ts';
import createRecord from './club/commonplace/group/createRecord.ts';
import deleteRecord from './club/commonplace/group/deleteRecord.ts';
import getServiceAuth from './club/commonplace/group/getServiceAuth.ts';
import listLog from './club/commonplace/group/listLog.ts';
import putRecord from './club/commonplace/group/putRecord.ts';
import uploadBlob from './club/commonplace/group/uploadBlob.ts';
import type { Method } from './method.ts';

export const GROUP_METHODS: readonly Method[] = [
  ...[createRecord, putRecord, deleteRecord, applyWrites],
  ...[uploadBlob, getServiceAuth, listLog],
];
