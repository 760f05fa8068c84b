// One's own account: which one is in use, and the ways out.
import { entriesOf, sessionCookie } from '../../auth/cookies.ts';
import { hashOf } from '../../auth/seal.ts';
import type { Space } from '../../domain/model.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { readMySpaces } from '../../reads/index.ts';
import { originOf } from '../context.ts';
import { readForm } from '../form.ts';
import { say } from '../messages.ts';
import { AccountText } from '../pages/account.tsx';
import { placePage } from '../respond.tsx';
import { type Env, guestOf, here, leadTo } from './door.ts';
import { shown } from './sign-in.tsx';

export async function accountPage(env: Env, request: Request): Promise<Response> {
  const guest = guestOf(env);
  const { viewer, browser } = guest;
  if (!viewer || !browser) return shown(env, request, { next: '/account' });
  const signIns = await env.web.auth.accounts.signIns(viewer.did, browser);
  const accounts = [viewer, ...(await others(env))];
  const { web, url } = env;
  // A private space is named at its own host alone.
  const atHome = 'site' in env.place ? env.place.site.space.did : null;
  const mine = await readMySpaces(web.read, viewer.did);
  const spaces = mine.filter(({ space }) => space.visibility !== 'private' || space.did === atHome);
  const siteOf = ({ hosts: [host] }: Space): string | null => (host ? `${originOf(web, url, host)}/` : null);
  const props = { guest, accounts, signIns, spaces, siteOf, now: web.read.now };
  return placePage(env.place, say.yourAccount, <AccountText {...props} />);
}

/** Those of this browser that are still signed in. */
async function others(env: Env): Promise<Viewer[]> {
  const { host } = here(env);
  const found = await Promise.all(
    guestOf(env)
      .entries.slice(1)
      .map(async ({ did, secret }) => {
        const known = await env.web.auth.accounts.visit(did, { hash: await hashOf(secret), host });
        return known ? [{ did, handle: known.handle, by: 'browser' as const }] : [];
      }),
  );
  return found.flat();
}

export async function useAccount(env: Env, request: Request): Promise<Response> {
  const form = await readForm(request, guestOf(env));
  if (form === null) return shown(env, request, { problem: 'stale-form', next: '/account' });
  const entries = entriesOf(request.headers.get('cookie'));
  const wanted = entries.filter(({ did }) => did === form.get('did'));
  const rest = entries.filter(({ did }) => did !== form.get('did'));
  return leadTo('/account', [sessionCookie([...wanted, ...rest])]);
}

export async function signOut(env: Env, request: Request): Promise<Response> {
  const guest = guestOf(env);
  const form = await readForm(request, guest);
  if (form === null) return shown(env, request, { problem: 'stale-form', next: '/account' });
  const { viewer, browser } = guest;
  if (viewer && browser) await env.web.auth.accounts.signOut(viewer.did, browser, form.has('everywhere'));
  return leadTo('/', [sessionCookie(guest.entries.slice(1))]);
}
