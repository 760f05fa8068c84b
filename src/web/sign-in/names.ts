// What the field for a handle offers.
import { readNames } from '../../reads/index.ts';
import { fileHeaders } from '../headers.ts';
import { mayGoOn } from '../limits.ts';
import type { Env } from './door.ts';

/** Only an address is counted: whoever asks here is not signed in yet. */
export async function offerNames({ web, url }: Env, request: Request): Promise<Response> {
  const mayAsk = await mayGoOn(web, request, 'name', null);
  const names = mayAsk ? await readNames(web.read, url.searchParams.get('q') ?? '') : [];
  return new Response(JSON.stringify({ names }), {
    status: mayAsk ? 200 : 429,
    headers: fileHeaders('application/json', 'private, no-store'),
  });
}
