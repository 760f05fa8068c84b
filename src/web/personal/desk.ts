// What all that one does for oneself has in common, at every host that has pages: who does it, and what was sent.
import { type Guest, isOwnForm } from '../../auth/guest.ts';
import type { SpaceDetails } from '../../domain/model.ts';
import type { Mutes } from '../../domain/notices.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { NO_MUTES, type ReadContext, readMutes } from '../../reads/index.ts';
import { readFields } from '../form.ts';
import { say } from '../messages.ts';
import { TOKEN } from '../parts/form.tsx';
import { failurePage } from '../respond.tsx';
import { type Env, guestOf, leadTo } from '../sign-in/door.ts';
import { withQuery } from '../site.ts';

/** Visitors mute nothing, and cost no question. */
export const mutesFor = async (read: ReadContext, { viewer }: Guest): Promise<Mutes> =>
  viewer ? readMutes(read, viewer.did) : NO_MUTES;

export type { Env } from '../sign-in/door.ts';

/** The space whose site this is; null at the instance's own hosts. */
export const spaceOf = ({ place }: Env): SpaceDetails | null => (place.is === 'space' ? place.site.space : null);

/** `next`: where to go on after signing in. */
export const toSignIn = (next: string): Response => leadTo(withQuery('/login', { next }));

/** A form of a viewer's own page; anything else is answered. `next`: the page that the form stands on. */
export async function sentByViewer(
  env: Env,
  request: Request,
  next: string,
): Promise<{ viewer: Viewer; fields: URLSearchParams } | Response> {
  const fields = await readFields(request);
  if (fields === null) return failurePage(env.place, 400);
  const guest = guestOf(env);
  if (!guest.viewer) return toSignIn(next);
  if (!isOwnForm(guest, request, fields.get(TOKEN))) return failurePage(env.place, 400, say.staleForm);
  const address = request.headers.get('cf-connecting-ip');
  if (address !== null && !(await env.web.auth.signIns.mayTry(address, 'write')))
    return failurePage(env.place, 400, say.notWritten('too-many'));
  return { viewer: guest.viewer, fields };
}
