// Procedures that write to the viewer's own repository: who writes, and how it went.

import type { AtUriString } from '@atproto/lex';
import { isDone, type Outcome, type Writer } from '../actions/own.ts';
import { isRefusal, type Refusal, type RefusalName, refuse } from '../domain/outcome.ts';
import type { WriteFailure } from '../ports/accounts.ts';
import { readSpace, readStanding } from '../reads/index.ts';
import type { Seated } from './method.ts';

export async function writerIn(ctx: Seated, name: string): Promise<Writer | Refusal> {
  const space = await readSpace(ctx, name);
  if (isRefusal(space)) return space;
  return { space, standing: await readStanding(ctx, space, ctx.viewer.did), browser: ctx.browser };
}

const NAMES: Record<WriteFailure, RefusalName> = {
  ...{ 'signed-out': 'AuthenticationRequired', refused: 'NotPermitted', changed: 'InvalidRequest' },
  ...{ unreachable: 'UpstreamFailure', 'too-many': 'RateLimitExceeded' },
};

/** Without an address where nothing was written: a private roster is kept here. */
export function writtenView(outcome: Outcome): { uri?: AtUriString } | Refusal {
  if (isDone(outcome)) return outcome.uri === '' ? {} : { uri: outcome.uri as AtUriString };
  return isRefusal(outcome) ? outcome : refuse(NAMES[outcome.failed], outcome.message);
}
