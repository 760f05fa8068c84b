// What all the ways in and out have in common: whose host this is, and which other hosts are ours.
import type { Guest } from '../../auth/guest.ts';
import { readDidOfHost } from '../../reads/index.ts';
import { hostOf, nowhere, originOf, type Visit } from '../context.ts';
import { PAGE_HEADERS } from '../headers.ts';
import type { Instance } from '../site.ts';

export type Env = Visit<'space' | 'instance' | 'private'>['Bindings'];

export const guestOf = ({ place }: Env): Guest => ('site' in place ? place.site.guest : place.guest);

/** The address under which this host is reached: a space may have several. */
export const here = ({ web, url }: Env): { host: string; origin: string } => {
  const host = hostOf(url);
  return { host, origin: originOf(web, url, host) };
};

/** The instance's own host, by which a sign-in gets from one site to another. */
export const hubOf = ({ web, url }: Env): Instance => nowhere(web, url).instance;

/** Whether an address is of a host of this instance that has pages. */
export async function isOurs({ web, url }: Env, address: string | null): Promise<boolean> {
  const wanted = address === null ? null : URL.parse(address);
  if (!wanted) return false;
  const host = hostOf(wanted);
  if (wanted.origin !== originOf(web, url, host)) return false;
  return web.instanceHosts.includes(host) || (await readDidOfHost(web.read, host)) !== null;
}

/** On to another page; a form that was sent is not sent again. Nothing of it may be kept, for cookies and codes go along. */
export function leadTo(address: string, cookies: string[] = []): Response {
  const headers = new Headers({ ...PAGE_HEADERS, 'cache-control': 'no-store', location: address });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
