// Methods by which members act for a group. Whether somebody may do what they want the group's own object judges, when its turn has come.
import type { InferMethodInputBody, InferMethodOutputBody, InferMethodParams, Procedure, Query } from '@atproto/lex';
import type { Did } from '../domain/model.ts';
import { isRefusal, type Refusal, type RefusalName, refuse } from '../domain/outcome.ts';
import { type Deed, refusalOf } from '../domain/permission.ts';
import type { NotWritten, WriteFailure } from '../ports/accounts.ts';
import type { GroupsPort } from '../ports/groups.ts';
import { readSpace, readStanding } from '../reads/index.ts';
import type { Known, Method } from './method.ts';

// biome-ignore lint/suspicious/noExplicitAny: the constraint takes any parameters and payloads
type AnyMethod = Query<any, any, any, any> | Procedure<any, any, any, any, any>;

interface Call<M extends AnyMethod> {
  params: InferMethodParams<M>;
  input: M extends Procedure ? InferMethodInputBody<M> : undefined;
  /** For which group, and by whom. */
  acting: { group: Did; by: Did };
  groups: GroupsPort;
  request: Request;
}

type Answer<M extends AnyMethod> = Promise<(InferMethodOutputBody<M> & object) | NotWritten | Refusal>;

/**
 * `repo` names the group. `takesBody`: what it takes to send one, which the handler reads as it comes; the group's object asks again.
 */
export function groupMethod<M extends AnyMethod>(
  { main }: { main: M },
  handler: (call: Call<M>) => Answer<M>,
  { takesBody = null }: { takesBody?: Deed | null } = {},
): Method {
  return {
    ...{ nsid: main.nsid, type: main.type === 'query' ? 'query' : 'procedure', asker: 'viewer', acts: true },
    ...{ parameters: main.parameters, authorize: null },
    input: 'input' in main && takesBody === null ? main.input : null,
    async handle(params, input, ctx) {
      const { repo } = (input ?? params) as { repo: string };
      const { viewer, own, request } = ctx as Known;
      const space = await readSpace(ctx, repo);
      if (isRefusal(space)) return space;
      const refused = takesBody && refusalOf(await readStanding(ctx, space, viewer.did), takesBody);
      if (refused) return refused;
      const acting = { group: space.did, by: viewer.did };
      const answer = await handler({ params, input, acting, groups: own.groups, request } as Call<M>);
      return 'failed' in answer ? refusalFor(answer as NotWritten) : answer;
    },
  };
}

const NAMES: Record<WriteFailure, RefusalName> = {
  ...{ 'signed-out': 'GroupNotConnected', refused: 'InvalidRequest', changed: 'InvalidSwap' },
  ...{ unreachable: 'UpstreamFailure', 'too-many': 'RateLimitExceeded' },
};

const refusalFor = ({ failed, message }: NotWritten): Refusal =>
  refuse(NAMES[failed], `the group's server: ${message}`);
