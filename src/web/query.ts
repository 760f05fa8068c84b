// Parameters of a page's address.
import { type Refusal, refuse } from '../domain/outcome.ts';
import { say } from './messages.ts';

/** Longer than any cursor or question that makes sense here. */
const LONGEST = 2048;

/** One of the known values; `usual` where the parameter is absent. */
export function choice<T extends string>(url: URL, name: string, known: readonly T[], usual: T): T | Refusal {
  const given = url.searchParams.get(name);
  if (given === null) return usual;
  return known.find((value) => value === given) ?? refuse('InvalidRequest', `${name} is one of ${known.join(', ')}`);
}

/** As given, null where absent or empty. */
export function text(url: URL, name: string): string | null | Refusal {
  const given = url.searchParams.get(name);
  if (given !== null && given.length > LONGEST)
    return name === 'cursor' ? refuse('BadCursor', 'the cursor is too long') : refuse('InvalidRequest', say.tooLong);
  return given || null;
}

export const isRefused = (value: string | null | Refusal): value is Refusal =>
  typeof value === 'object' && value !== null;
