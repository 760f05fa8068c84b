// The operator's methods: what they are given, and the one check before them.
import type { OperatorDeps } from '../actions/spaces.ts';
import { refuseUnlessOperator } from '../auth/admin.ts';
import type { Refusal } from '../domain/outcome.ts';
import type { FoundingsPort } from '../ports/foundings.ts';
import type { XrpcContext } from './method.ts';

export interface OperatorContext extends XrpcContext {
  /** `ADMIN_TOKEN`; null where there is none. */
  adminToken: string | null;
  operator: OperatorDeps;
  foundings: FoundingsPort;
}

export const operatorOnly = ({ request, adminToken }: OperatorContext): Promise<Refusal | null> =>
  refuseUnlessOperator(request.headers.get('authorization'), adminToken);
