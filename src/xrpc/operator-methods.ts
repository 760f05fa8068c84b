// The route table of the operator.
import addSpace from './club/commonplace/admin/addSpace.ts';
import block from './club/commonplace/admin/block.ts';
import cancelBackfill from './club/commonplace/admin/cancelBackfill.ts';
import createFoundingCode from './club/commonplace/admin/createFoundingCode.ts';
import getBackfill from './club/commonplace/admin/getBackfill.ts';
import getMedia from './club/commonplace/admin/getMedia.ts';
import listBlocks from './club/commonplace/admin/listBlocks.ts';
import listFounders from './club/commonplace/admin/listFounders.ts';
import listSpaces from './club/commonplace/admin/listSpaces.ts';
import removeSpace from './club/commonplace/admin/removeSpace.ts';
import setFounder from './club/commonplace/admin/setFounder.ts';
import setSpace from './club/commonplace/admin/setSpace.ts';
import startBackfill from './club/commonplace/admin/startBackfill.ts';
import sweepMedia from './club/commonplace/admin/sweepMedia.ts';
import unblock from './club/commonplace/admin/unblock.ts';
import type { Method } from './method.ts';
import type { OperatorContext } from './operator.ts';

export const OPERATOR_METHODS: readonly Method<OperatorContext>[] = [
  ...[addSpace, listSpaces, setSpace, removeSpace],
  ...[createFoundingCode, setFounder, listFounders],
  ...[startBackfill, getBackfill, cancelBackfill],
  ...[getMedia, sweepMedia, block, unblock, listBlocks],
];
