// What somebody has begun to write, as they alone see it.
import type { DidString } from '@atproto/lex';
import type { Draft } from '../domain/drafts.ts';
import type { DraftView } from '../lexicons/club/commonplace/draft/defs.ts';
import { datetime } from './time.ts';

export const draftView = ({ id, space, record, updatedAt }: Draft): DraftView => ({
  ...{ id, space: space as DidString, record, updatedAt: datetime(updatedAt) },
});
