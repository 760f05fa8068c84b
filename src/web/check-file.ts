// By what a host is seen, from outside, to lead to this instance: the answer to one question that it asked itself.
import { CHECK_PATH, checkName } from '../actions/founding/host.ts';
import type { WebContext } from './context.ts';
import { textResponse } from './files.ts';

/** Null for other addresses. At every host, also at those that are nobody's yet. */
export async function checkFile(web: WebContext, url: URL): Promise<Response | null> {
  if (!url.pathname.startsWith(CHECK_PATH)) return null;
  const answer = await web.auth.signIns.take(checkName(url.pathname.slice(CHECK_PATH.length)));
  return answer === null ? new Response(null, { status: 404 }) : textResponse(answer);
}
