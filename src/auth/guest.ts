// Who stands before a page: the browser, as whom it is signed in, and the token that its forms must carry.
import type { Viewer } from '../domain/viewer.ts';
import type { AccountsPort, Browser } from '../ports/accounts.ts';
import { type Entry, entriesOf, visitOf } from './cookies.ts';
import { derived, hashOf } from './seal.ts';

export interface Guest {
  viewer: Viewer | null;
  /** All accounts of this browser here; of the viewer the first. */
  entries: Entry[];
  /** What the viewer's object knows this browser by; null where nobody is signed in. */
  browser: Browser | null;
  /** What a form must carry; null before the browser was given any secret. */
  token: string | null;
  /** How much the viewer is told here and has not seen, counted for pages alone. */
  unread: number;
}

export const NOBODY: Guest = { viewer: null, entries: [], browser: null, token: null, unread: 0 };

/** Asks nobody for a browser that carries nothing. `host` is the one the page is on: a secret is good at one host only. */
export async function guestOf(request: Request, host: string, accounts: AccountsPort): Promise<Guest> {
  const cookies = request.headers.get('cookie');
  if (cookies === null) return NOBODY;
  const entries = entriesOf(cookies);
  const [first] = entries;
  const browser = first ? { hash: await hashOf(first.secret), host } : null;
  const known = first && browser ? await accounts.visit(first.did, browser) : null;
  if (!first || !known) {
    const visit = visitOf(cookies);
    return { ...NOBODY, entries, token: visit && (await tokenFor(visit)) };
  }
  const viewer: Viewer = { did: first.did, handle: known.handle, by: 'browser' };
  return { viewer, entries, browser, token: await tokenFor(first.secret), unread: 0 };
}

/** Follows from a secret that no other site can read, and changes with every sign-in. */
export const tokenFor = (secret: string): Promise<string> => derived(secret, 'form');

/** Whether a form was sent from a page of this host that this browser was given. */
export function isOwnForm({ token }: Guest, request: Request, given: string | null): boolean {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin !== null && origin !== 'null' && new URL(request.url).host !== hostIn(origin)) return false;
  return token !== null && given === token && (site === null || site === 'same-origin');
}

/**
 * Whether a page of this host asks, or a reader who typed the address. Browsers say where what they send comes from with all that
 * could change anything; what does not say it is no page.
 */
export function isOwnPage({ headers, url }: Request, changes: boolean): boolean {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (origin !== null && hostIn(origin) !== new URL(url).host) return false;
  if (site !== null && site !== 'same-origin' && (changes || site !== 'none')) return false;
  return !changes || origin !== null || site !== null;
}

const hostIn = (origin: string): string | null => URL.parse(origin)?.host ?? null;
