// Values of parameters that the lexicons leave open and this instance knows, and the end of every list.

import { type Refusal, refuse } from '../domain/outcome.ts';
import type { PostSort, ReplySort, TopWindow } from '../domain/post.ts';

export const SORTS: PostSort[] = ['new', 'hot', 'active', 'top'];
export const WINDOWS: TopWindow[] = ['day', 'week', 'month', 'year', 'all'];
export const REPLY_SORTS: ReplySort[] = ['old', 'new', 'top'];

export const unknownValue = (name: string, known: string[]): Refusal =>
  refuse('InvalidRequest', `${name} must be one of ${known.join(', ')}`);

export const next = ({ cursor }: { cursor: string | null }): { cursor?: string } => (cursor === null ? {} : { cursor });
