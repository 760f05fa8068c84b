// The route table of the operator.
import addSpace from './club/commonplace/admin/addSpace.ts';
import listSpaces from './club/commonplace/admin/listSpaces.ts';
import removeSpace from './club/commonplace/admin/removeSpace.ts';
import setSpace from './club/commonplace/admin/setSpace.ts';
import type { Method } from './method.ts';
import type { OperatorContext } from './operator.ts';

export const OPERATOR_METHODS: readonly Method<OperatorContext>[] = [addSpace, listSpaces, setSpace, removeSpace];
