// What a method is: its lexicon, and a handler that gives its output or a Refusal.
import type { InferMethodInputBody, InferMethodOutputBody, InferMethodParams, Procedure, Query } from '@atproto/lex';
import type { Did } from '../domain/model.ts';
import type { Refusal } from '../domain/outcome.ts';
import type { AccountsPort } from '../ports/accounts.ts';
import type { KeysPort } from '../ports/keys.ts';
import type { ListenersPort } from '../ports/listeners.ts';
import type { ReadContext } from '../reads/index.ts';
import type { Base } from '../views/address.ts';

/** What a handler is given; one for each request. */
export interface XrpcContext extends ReadContext {
  request: Request;
  requestId: string;
  base: Base;
  /** The instance's own hostnames. */
  instanceHosts: string[];
  /** Of the software. */
  version: string;
  /** The names this instance goes by where a token says for whom it is. */
  audience: Did[];
  keys: KeysPort;
  /** Where tokens are remembered that were used. */
  tokens: Pick<AccountsPort, 'isFirstUse'>;
  listeners: ListenersPort;
}

type Answer<T> = Promise<T | Refusal>;

export interface Method<C extends XrpcContext = XrpcContext> {
  nsid: string;
  type: 'query' | 'procedure';
  parameters: Query['parameters'];
  input: Procedure['input'] | null;
  /** Null when the request may do this. */
  authorize: ((ctx: C) => Promise<Refusal | null>) | null;
  /** The router has checked both by the lexicon. */
  handle(params: unknown, input: unknown, ctx: C): Answer<object>;
}

// biome-ignore lint/suspicious/noExplicitAny: the constraint takes any parameters and payloads
type AnyQuery = Query<any, any, any, any>;
// biome-ignore lint/suspicious/noExplicitAny: the constraint takes any parameters and payloads
export type AnyProcedure = Procedure<any, any, any, any, any>;

export interface Lexicon<M> {
  main: M;
}

export type Body<M extends AnyQuery | AnyProcedure> = InferMethodOutputBody<M> & object;

export type Input<P extends AnyProcedure> = InferMethodInputBody<P>;

/** @example query(getPost, async ({ uri }, ctx) => ({ post: … })) */
export const query = <Q extends AnyQuery, C extends XrpcContext = XrpcContext>(
  { main }: Lexicon<Q>,
  handler: (params: InferMethodParams<Q>, ctx: C) => Answer<Body<Q>>,
): Method<C> => ({
  nsid: main.nsid,
  type: 'query',
  parameters: main.parameters,
  input: null,
  authorize: null,
  handle: (params, _input, ctx) => handler(params as InferMethodParams<Q>, ctx),
});

/** @example procedure(addSpace, { authorize: operatorOnly, handler: async (input, ctx) => ({ … }) }) */
export const procedure = <P extends AnyProcedure, C extends XrpcContext = XrpcContext>(
  { main }: Lexicon<P>,
  {
    authorize,
    handler,
  }: {
    authorize: (ctx: C) => Promise<Refusal | null>;
    handler: (input: InferMethodInputBody<P>, ctx: C) => Answer<Body<P>>;
  },
): Method<C> => ({
  nsid: main.nsid,
  type: 'procedure',
  parameters: main.parameters,
  input: main.input,
  authorize,
  handle: (_params, input, ctx) => handler(input as InferMethodInputBody<P>, ctx),
});

/** A query that not everybody may ask. */
export const guarded = <C extends XrpcContext>(
  method: Method<C>,
  authorize: (ctx: C) => Promise<Refusal | null>,
): Method<C> => ({
  ...method,
  authorize,
});
