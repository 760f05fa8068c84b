// By what servers of accounts know the instance's OAuth clients: the metadata and the keys of each host.
import { keysetOf } from '../auth/oauth/client.ts';
import { confidentialClient, KEYS_PATH, METADATA_PATH } from '../auth/oauth/metadata.ts';
import { hostOf, originOf, type Place, type WebContext } from './context.ts';
import { dataResponse } from './files.ts';
import { frontPageName } from './respond.tsx';

/** Null for other addresses. A host that is nobody's any more still answers while sessions may live that began there. */
export async function clientFile(web: WebContext, place: Place, url: URL): Promise<Response | null> {
  if (url.pathname !== METADATA_PATH && url.pathname !== KEYS_PATH) return null;
  const origin = originOf(web, url, hostOf(url));
  // Over plain http, on a developer's machine, there is no such client.
  if (!origin.startsWith('https:')) return null;
  if (place.is === 'unknown' && !(await web.auth.signIns.isRemembered(origin))) return null;
  if (url.pathname === METADATA_PATH) return dataResponse(confidentialClient(origin, frontPageName(place)));
  return dataResponse((await keysetOf(web.auth)).publicJwks);
}
