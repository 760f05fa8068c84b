// What a browser is given to keep: for each account it is signed in with a secret, of which only the hash is known here; and one
// for the time before, to which a sign-in is tied that began there.
import type { Did } from '../domain/model.ts';
import { validDid } from '../domain/uri.ts';

/** An account of this browser at this host. */
export interface Entry {
  did: Did;
  secret: string;
}

const SESSION = '__Host-session';
const VISIT = '__Host-visit';
/** Sent when another site leads here, as a PDS does; never with what another site posts or loads. */
const RULES = 'Path=/; Secure; HttpOnly; SameSite=Lax';
const SESSION_SECONDS = 180 * 86_400;
const MOST = 5;
const SECRET = /^[\w-]{43}$/;

/** The one in use first. What cannot be read is not there. */
export function entriesOf(cookies: string | null): Entry[] {
  const parts = (cookieNamed(cookies, SESSION) ?? '').split('|').slice(0, MOST);
  return parts.flatMap((part) => {
    const [secret, did] = [part.slice(0, 43), part.slice(43)];
    return SECRET.test(secret) && validDid(did) ? [{ did, secret }] : [];
  });
}

export function visitOf(cookies: string | null): string | null {
  const value = cookieNamed(cookies, VISIT);
  return value !== null && SECRET.test(value) ? value : null;
}

export const sessionCookie = (entries: Entry[]): string =>
  entries.length === 0
    ? `${SESSION}=; ${RULES}; Max-Age=0`
    : `${SESSION}=${entries
        .slice(0, MOST)
        .map(({ secret, did }) => secret + did)
        .join('|')}; ${RULES}; Max-Age=${SESSION_SECONDS}`;

/** Gone when the browser is closed. */
export const visitCookie = (secret: string): string => `${VISIT}=${secret}; ${RULES}`;

function cookieNamed(cookies: string | null, name: string): string | null {
  for (const cookie of (cookies ?? '').slice(0, 16_384).split(';')) {
    const at = cookie.indexOf('=');
    if (at > 0 && cookie.slice(0, at).trim() === name) return cookie.slice(at + 1).trim();
  }
  return null;
}
