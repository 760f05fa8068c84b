// Methods that somebody asks as who they are in a space.
import type { InferMethodInputBody, Procedure } from '@atproto/lex';
import type { Actor } from '../actions/roster/halves.ts';
import type { Page } from '../domain/model.ts';
import { isRefusal, type Refusal } from '../domain/outcome.ts';
import { readSpaceFor } from '../reads/index.ts';
import { type Known, type Method, viewerProcedure } from './method.ts';
import { next } from './values.ts';

// biome-ignore lint/suspicious/noExplicitAny: the constraint takes any parameters and payloads
type AnyProcedure = Procedure<any, any, any, any, any>;

/** A procedure in a space that answers nothing. @example act(lexicon, (actor, { did }, { own }) => eject(actor, did, own)) */
export const act = <P extends AnyProcedure>(
  lexicon: { main: P },
  work: (actor: Actor, input: InferMethodInputBody<P>, ctx: Known) => Promise<Refusal | null>,
): Method =>
  viewerProcedure<AnyProcedure>(lexicon, async (input, ctx) => {
    const { space } = input as { space: string };
    const actor = await readSpaceFor(ctx, space, ctx.viewer.did);
    if (isRefusal(actor)) return actor;
    return (await work(actor, input as InferMethodInputBody<P>, ctx)) ?? {};
  });

/** A page of a list under its name. */
export const listed = <T, V, N extends string>(
  name: N,
  page: Page<T> | Refusal,
  view: (item: T) => V,
): ({ cursor?: string } & { [K in N]: V[] }) | Refusal =>
  isRefusal(page) ? page : ({ ...next(page), [name]: page.items.map(view) } as { cursor?: string } & { [K in N]: V[] });
