// Methods by which members act for a group: what they are given, and who may come this far. Whether somebody may do what they want the
// group's own object judges, when its turn has come.
import type { InferMethodInputBody, InferMethodOutputBody, InferMethodParams, Procedure, Query } from '@atproto/lex';
import type { Did } from '../domain/model.ts';
import { isRefusal, type Refusal, type RefusalName, refuse } from '../domain/outcome.ts';
import type { NotWritten, WriteFailure } from '../ports/accounts.ts';
import type { GroupsPort } from '../ports/groups.ts';
import { readSpace } from '../reads/index.ts';
import type { Method, XrpcContext } from './method.ts';
import { viewerOf } from './viewer.ts';

export interface GroupContext extends XrpcContext {
  groups: GroupsPort;
}

/** For which group, and by whom. */
export interface Acting {
  group: Did;
  by: Did;
}

// biome-ignore lint/suspicious/noExplicitAny: the constraint takes any parameters and payloads
type AnyMethod = Query<any, any, any, any> | Procedure<any, any, any, any, any>;

interface Call<M extends AnyMethod> {
  params: InferMethodParams<M>;
  input: M extends Procedure ? InferMethodInputBody<M> : undefined;
  acting: Acting;
  ctx: GroupContext;
}

type Answer<M extends AnyMethod> = Promise<(InferMethodOutputBody<M> & object) | NotWritten | Refusal>;

/** `repo` names the group. `readsBody`: the handler takes the body as it comes, when it is known who sends it. */
export function groupMethod<M extends AnyMethod>(
  { main }: { main: M },
  handler: (call: Call<M>) => Answer<M>,
  { readsBody = false } = {},
): Method<GroupContext> {
  const isQuery = main.type === 'query';
  return {
    nsid: main.nsid,
    type: isQuery ? 'query' : 'procedure',
    parameters: main.parameters,
    input: 'input' in main && !readsBody ? main.input : null,
    authorize: null,
    async handle(params, input, ctx) {
      const viewer = await viewerOf(ctx, main.nsid, { changes: true });
      if (isRefusal(viewer)) return viewer;
      const { repo } = (input ?? params) as { repo: string };
      const space = await readSpace(ctx, repo);
      if (isRefusal(space)) return space;
      const acting = { group: space.did, by: viewer.did };
      const answer = await handler({ params, input, acting, ctx } as Call<M>);
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
