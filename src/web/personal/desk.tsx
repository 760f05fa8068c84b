// What all that one does for oneself has in common, at every host that has pages: who does it, and what was sent.
import { isOwnForm } from '../../auth/guest.ts';
import type { SpaceDetails } from '../../domain/model.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { readFields } from '../form.ts';
import { mayGoOn } from '../limits.ts';
import { say } from '../messages.ts';
import { TOKEN } from '../parts/form.tsx';
import { failurePage, placePage } from '../respond.tsx';
import { type Env, guestOf, leadTo } from '../sign-in/door.ts';
import { withQuery } from '../site.ts';

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
  if (!(await mayGoOn(env.web, request, 'write', guest.viewer.did)))
    return placePage(env.place, say.tooMuch, <p class="note">{say.notWritten('too-many')}</p>, { status: 429 });
  return { viewer: guest.viewer, fields };
}
