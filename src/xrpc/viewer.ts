// Who asks a method: whoever their PDS says it is, by a token that it made for this one request; or the browser that is signed in
// at the site whose page asks.
import { guestOf, isOwnPage } from '../auth/guest.ts';
import { readClaim, refuseUnlessProven } from '../auth/service.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import type { Asker, Viewer } from '../domain/viewer.ts';
import type { Browser } from '../ports/accounts.ts';
import type { XrpcContext } from './method.ts';

/** `browser` null: it was not one that asked. */
interface Asking {
  viewer: Viewer | null;
  browser: Browser | null;
}

const NOBODY = refuse(
  'AuthenticationRequired',
  'say who asks: through your PDS with "atproto-proxy", with a service JWT made for this method, or from a page where you are signed in',
);
const NO_SESSION = refuse(
  'SessionRequired',
  'this writes to your own repository, which cannot be done through your PDS: sign in at the site, or write the record yourself',
);

interface Asked {
  nsid: string;
  asker: Asker;
  /** It is not only asked. */
  changes: boolean;
}

/** What is said of who asks must hold, also where nobody needs to say it. */
export async function askingOf(ctx: XrpcContext, { nsid, asker, changes }: Asked): Promise<Asking | Refusal> {
  const asking = (await byToken(ctx, nsid, changes)) ?? (await byBrowser(ctx, changes));
  if ('refusal' in asking || asker === 'anyone') return asking;
  if (asking.viewer === null) return NOBODY;
  return asker === 'session' && asking.browser === null ? NO_SESSION : asking;
}

async function byToken(ctx: XrpcContext, method: string, changes: boolean): Promise<Asking | Refusal | null> {
  const { request, audience: here, now } = ctx;
  const claim = readClaim(request.headers.get('authorization'), { here, method, now });
  if (claim === null || 'refusal' in claim) return claim;
  const refused = await refuseUnlessProven(claim, ctx, { changes });
  return refused ?? { viewer: { did: claim.issuer, handle: null, by: 'service' }, browser: null };
}

/** What a browser sends along by itself counts only where a page of the same host asks. */
async function byBrowser({ request, own }: XrpcContext, changes: boolean): Promise<Asking> {
  if (!isOwnPage(request, changes)) return { viewer: null, browser: null };
  const { hostname } = new URL(request.url);
  const { viewer, browser } = await guestOf(request, hostname.replace(/\.$/, ''), own.accounts);
  return { viewer, browser };
}
