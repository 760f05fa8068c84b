// The key of a record is made with the form in which it is written: sent again, the form finds what it wrote.
import { isTid, tidFrom, tidTime } from '../../domain/tid.ts';
import { withQuery } from '../site.ts';

const KEY = 'key';

const HOUR_MS = 3_600_000;
/** How long a form may have been open. */
const LONGEST_MS = 30 * 24 * HOUR_MS;

export const newKey = (now: number): string => tidFrom(now, crypto.getRandomValues(new Uint8Array(4)));

/** Where a form leads. Browsers forget a page when a form is sent to its very address, and would come back to another key. */
export const withKey = (path: string, key: string): string => withQuery(path, { [KEY]: key });

export const keyIn = ({ searchParams }: URL): string | null => searchParams.get(KEY);

/** That of the form that was sent; a new one for what no form of ours would send. */
export function keyOf(url: URL, now: number): string {
  const key = keyIn(url);
  if (!isTid(key)) return newKey(now);
  const age = now - tidTime(key);
  return age <= LONGEST_MS && age >= -HOUR_MS ? key : newKey(now);
}
