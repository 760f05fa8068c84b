// The XRPC room over a database of its own, asked as a client asks it.

import { jsonToLex } from '@atproto/lex';
import { Hono } from 'hono';
import { expect } from 'vitest';
import type { OwnDeps } from '../../src/actions/own.ts';
import type { Quota } from '../../src/domain/quota.ts';
import type { AccountsPort } from '../../src/ports/accounts.ts';
import { baseOf } from '../../src/views/address.ts';
import type { Method, XrpcContext } from '../../src/xrpc/method.ts';
import { METHODS } from '../../src/xrpc/methods.ts';
import { xrpcRoutes } from '../../src/xrpc/router.ts';
import { contextOf } from '../reads/setup.ts';

export interface Logged {
  message: string;
  facts: Record<string, unknown>;
}

export interface Client {
  ask(path: string, init?: RequestInit): Promise<Response>;
  logged: Logged[];
}

const NO_KEYS = { signingKey: async () => null };
const unheard = async (): Promise<never> => {
  throw new Error('nobody listens here');
};
const NO_LISTENERS = { open: unheard, notify: unheard };
const NO_TOKENS = { isFirstUse: unheard };
/** Whoever carries no cookie costs no question to any object. */
const NO_ACCOUNTS = { spend: async () => quota } as unknown as AccountsPort;
const quota: Quota = { limit: 60, remaining: 59, windowMs: 300_000, resetAt: 0, isOver: false };
export const OWN = { accounts: NO_ACCOUNTS } as unknown as OwnDeps;
export const SIGN_INS = { tries: async () => quota };

export function clientOf(
  db: D1Database,
  more: Partial<XrpcContext> = {},
  methods: readonly Method[] = METHODS,
): Client {
  const logged: Logged[] = [];
  const app = new Hono();
  const routes = xrpcRoutes({
    methods,
    version: '1.2.3',
    log: (message, facts) => logged.push({ message, facts }),
    context: ({ req }) => ({
      ...contextOf(db),
      ...{ request: req.raw, requestId: 'request-1', base: baseOf(req.url), version: '1.2.3' },
      instanceHosts: ['localhost'],
      ...{ own: OWN, signIns: SIGN_INS },
      ...{ keys: NO_KEYS, listeners: NO_LISTENERS, tokens: NO_TOKENS, audience: ['did:web:localhost'] },
      ...more,
    }),
  });
  app.route('/', routes);
  const ask = async (path: string, init?: RequestInit): Promise<Response> =>
    app.request(path.startsWith('http') ? path : `http://localhost:8787/xrpc/${path}`, init);
  return { ask, logged };
}

/** Expectations of an answer that is an error in the protocol's form. */
export async function expectError(answer: Response, status: number, error: string, words?: RegExp): Promise<void> {
  const body = (await answer.json()) as { error?: string; message?: string };
  expect({ status: answer.status, error: body.error, keys: Object.keys(body).sort() }).toEqual({
    ...{ status, error, keys: ['error', 'message'] },
  });
  if (words) expect(body.message).toMatch(words);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
}

interface Lexicon {
  main: { output: { schema: { safeParse(value: unknown): { success: true } | { success: false; reason: Error } } } };
}

/** The body of an answer that is as its lexicon says. */
export async function outputOf<T>(answer: Response, { main }: Lexicon): Promise<T> {
  const body: unknown = await answer.json();
  expect(answer.status, JSON.stringify(body)).toBe(200);
  const result = main.output.schema.safeParse(jsonToLex(body as Parameters<typeof jsonToLex>[0]));
  expect(result.success ? null : result.reason.message).toBeNull();
  return body as T;
}
