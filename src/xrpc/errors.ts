// Failures in the protocol's form: `{error, message}` and a status.
import type { Refusal, RefusalName } from '../domain/outcome.ts';

/**
 * As `@atproto/xrpc-server` does it: an error that a lexicon names is 400, also where a thing is not found; 404 would say
 * that the method is not there.
 */
const STATUS: Partial<Record<RefusalName, number>> = {
  AuthenticationRequired: 401,
  InstanceNotAllowed: 403,
  NotPermitted: 403,
  Banned: 403,
  RateLimitExceeded: 429,
  SessionRequired: 403,
  UpstreamFailure: 502,
};

/** Longer ones repeat what was sent. */
const MAX_MESSAGE = 300;

export const refusalResponse = ({ refusal, message }: Refusal): Response =>
  errorResponse(STATUS[refusal] ?? 400, refusal, message);

export const errorResponse = (
  status: number,
  error: string,
  message: string,
  headers: Record<string, string> = {},
): Response => Response.json({ error, message: message.slice(0, MAX_MESSAGE) }, { status, headers });
