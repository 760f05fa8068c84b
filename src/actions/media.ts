// What the operator does with media, and with what must not be here.

import type { Block } from '../db/media.ts';
import { blocks, type MediaUse, mediaUse } from '../db/queries/media.ts';
import { isBlobCid } from '../domain/media.ts';
import { isRefusal, type Refusal, refuse } from '../domain/outcome.ts';
import { parseUri, validDid } from '../domain/uri.ts';
import { findSpace, type OperatorDeps } from './spaces.ts';

/** `name` is a DID, handle or hostname; all spaces without it. */
export async function lookAtMedia(
  name: string | undefined,
  deps: OperatorDeps,
  now: number,
): Promise<{ use: MediaUse } | Refusal> {
  const space = name === undefined ? null : await findSpace(name, deps);
  if (space !== null && isRefusal(space)) return space;
  return { use: await mediaUse(deps.db, space?.did ?? null, new Date(now).toISOString().slice(0, 7)) };
}

export async function sweepMedia({ indexer }: OperatorDeps): Promise<void> {
  await indexer.operate({ order: 'sweep' });
}

const SUBJECTS = 'the DID of an account, the AT-URI of a record with a DID in it, or the CID of a blob';

/** As it is kept; null for what names nothing. */
function subjectOf(given: string): string | null {
  const subject = given.trim();
  return validDid(subject) || isBlobCid(subject) || parseUri(subject) ? subject : null;
}

export async function block(
  { subject: given, why }: { subject: string; why: string },
  { indexer }: OperatorDeps,
): Promise<{ subject: string } | Refusal> {
  const subject = subjectOf(given);
  if (subject === null) return refuse('InvalidRequest', `"${given.slice(0, 100)}" is none of these: ${SUBJECTS}`);
  await indexer.operate({ order: 'block', subject, why });
  return { subject };
}

export async function unblock(given: string, { indexer }: OperatorDeps): Promise<{ subject: string } | Refusal> {
  const subject = given.trim();
  const was = await indexer.operate({ order: 'unblock', subject });
  return was ? { subject } : refuse('NotFound', `${subject.slice(0, 100)} is not blocked`);
}

export const listBlocks = ({ db }: OperatorDeps): Promise<Block[]> => blocks(db);
