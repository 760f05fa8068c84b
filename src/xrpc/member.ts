// Methods that somebody asks as who they are in a space.
import type { InferMethodInputBody, Procedure } from '@atproto/lex';
import type { Actor } from '../actions/roster/halves.ts';
import type { Page } from '../domain/model.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';
import { readSpaceFor } from '../reads/index.ts';
import { type Method, procedure, type XrpcContext } from './method.ts';
import { next } from './values.ts';
import { viewerOf } from './viewer.ts';

/** `method`: its NSID. `changes`: it is not only asked. A private space is there for those who belong to it. */
export async function actorOf(
  ctx: XrpcContext,
  name: string,
  method: string,
  { changes = false } = {},
): Promise<Actor | Refusal> {
  const viewer = await viewerOf(ctx, method, { changes });
  return isRefusal(viewer) ? viewer : readSpaceFor(ctx, name, viewer.did);
}

// biome-ignore lint/suspicious/noExplicitAny: the constraint takes any parameters and payloads
type AnyProcedure = Procedure<any, any, any, any, any>;

/** A procedure in a space that answers nothing. @example act(lexicon, (actor, { did }, { own }) => eject(actor, did, own)) */
export const act = <P extends AnyProcedure>(
  lexicon: { main: P },
  work: (actor: Actor, input: InferMethodInputBody<P>, ctx: XrpcContext) => Promise<Refusal | null>,
): Method =>
  procedure<AnyProcedure>(lexicon, {
    handler: async (input, ctx) => {
      const { space } = input as { space: string };
      const actor = await actorOf(ctx, space, lexicon.main.nsid, { changes: true });
      if (isRefusal(actor)) return actor;
      return (await work(actor, input as InferMethodInputBody<P>, ctx)) ?? {};
    },
  });

/** A page of a list under its name. */
export const listed = <T, V, N extends string>(
  name: N,
  page: Page<T> | Refusal,
  view: (item: T) => V,
): ({ cursor?: string } & { [K in N]: V[] }) | Refusal =>
  isRefusal(page) ? page : ({ ...next(page), [name]: page.items.map(view) } as { cursor?: string } & { [K in N]: V[] });
