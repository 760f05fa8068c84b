// What a method is: its lexicon, and a handler that gives its output or a Refusal.
import type { InferMethodInputBody, InferMethodOutputBody, InferMethodParams, Procedure, Query } from '@atproto/lex';
import type { OwnDeps } from '../actions/own.ts';
import type { Did } from '../domain/model.ts';
import type { Refusal } from '../domain/outcome.ts';
import type { Asker, Viewer } from '../domain/viewer.ts';
import type { AccountsPort, Browser } from '../ports/accounts.ts';
import type { KeysPort } from '../ports/keys.ts';
import type { ListenersPort } from '../ports/listeners.ts';
import type { SignInsPort } from '../ports/sign-ins.ts';
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
  /** What a member's own writes need. */
  own: OwnDeps;
  /** Counts what is written from an address. */
  signIns: Pick<SignInsPort, 'tries'>;
}

type Answer<T> = Promise<T | Refusal>;

/** The context of a method that is told who asks. */
export type Known<C extends XrpcContext = XrpcContext> = C & { viewer: Viewer };
/** And of one by a browser that is signed in. */
export type Seated<C extends XrpcContext = XrpcContext> = Known<C> & { browser: Browser };

export interface Method<C extends XrpcContext = XrpcContext> {
  nsid: string;
  type: 'query' | 'procedure';
  asker: Asker;
  /** A query that does something: it counts among what may be done in a while, as procedures do. */
  acts?: true;
  parameters: Query['parameters'];
  input: Procedure['input'] | null;
  /** Null when the request may do this; of the operator's methods alone. */
  authorize: ((ctx: C) => Promise<Refusal | null>) | null;
  /** The router has checked both by the lexicon. */
  handle(params: unknown, input: unknown, ctx: C): Answer<object>;
}

// biome-ignore lint/suspicious/noExplicitAny: the constraint takes any parameters and payloads
type AnyQuery = Query<any, any, any, any>;
// biome-ignore lint/suspicious/noExplicitAny: the constraint takes any parameters and payloads
type AnyProcedure = Procedure<any, any, any, any, any>;

interface Lexicon<M> {
  main: M;
}

type Body<M extends AnyQuery | AnyProcedure> = InferMethodOutputBody<M> & object;

/** Visitors may ask it, too. @example query(getPost, async ({ uri }, ctx) => ({ post: … })) */
export const query = <Q extends AnyQuery, C extends XrpcContext = XrpcContext>(
  { main }: Lexicon<Q>,
  handler: (params: InferMethodParams<Q>, ctx: C) => Answer<Body<Q>>,
): Method<C> => ({
  nsid: main.nsid,
  type: 'query',
  asker: 'anyone',
  parameters: main.parameters,
  input: null,
  authorize: null,
  handle: (params, _input, ctx) => handler(params as InferMethodParams<Q>, ctx),
});

/** @example viewerQuery(getMembership, async ({ space }, { viewer }) => ({ … })) */
export const viewerQuery = <Q extends AnyQuery>(
  lexicon: Lexicon<Q>,
  handler: (params: InferMethodParams<Q>, ctx: Known) => Answer<Body<Q>>,
): Method => ({
  ...query(lexicon, (params, ctx) => handler(params, ctx as Known)),
  asker: 'viewer',
});

/** @example sourceQuery(listRecords, async (params, ctx) => { const source = await openSource(…) … }) */
export const sourceQuery = <Q extends AnyQuery>(
  lexicon: Lexicon<Q>,
  handler: (params: InferMethodParams<Q>, ctx: XrpcContext) => Answer<Body<Q>>,
): Method => ({ ...query(lexicon, handler), asker: 'source' });

/** Something that whoever says who they are does here, and nowhere else. */
export const viewerProcedure = <P extends AnyProcedure>(
  { main }: Lexicon<P>,
  handler: (input: InferMethodInputBody<P>, ctx: Known) => Answer<Body<P>>,
): Method => ({
  ...{ nsid: main.nsid, type: 'procedure', asker: 'viewer', authorize: null },
  ...{ parameters: main.parameters, input: main.input },
  handle: (_params, input, ctx) => handler(input as InferMethodInputBody<P>, ctx as Known),
});

/** Something that is written to the repository of whoever is signed in. */
export const sessionProcedure = <P extends AnyProcedure>(
  lexicon: Lexicon<P>,
  handler: (input: InferMethodInputBody<P>, ctx: Seated) => Answer<Body<P>>,
): Method => ({
  ...viewerProcedure(lexicon, (input, ctx) => handler(input, ctx as Seated)),
  asker: 'session',
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
  asker: 'operator',
  parameters: main.parameters,
  input: main.input,
  authorize,
  handle: (_params, input, ctx) => handler(input as InferMethodInputBody<P>, ctx),
});

/** A query of the operator's. */
export const guarded = <C extends XrpcContext>(
  method: Method<C>,
  authorize: (ctx: C) => Promise<Refusal | null>,
): Method<C> => ({
  ...method,
  asker: 'operator',
  authorize,
});
