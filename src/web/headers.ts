// Response headers, made once. Pages run no script save the one of their own host that some have, load only from that host,
// and stand in nobody's frame.

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const SAFE = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

export const PAGE_HEADERS = { ...SAFE, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' };

interface PageKind {
  /** Search engines may keep the page. */
  index: boolean;
  /** It runs a script of its own host, which may connect there. */
  hasScript: boolean;
  /** It was made for one person. */
  isPersonal: boolean;
  /** Where else its form may lead in the end: browsers hold redirects to the policy of the page that sent it. */
  leaves?: string | undefined;
}

export function pageHeaders({ index, hasScript, isPersonal, leaves }: PageKind): Record<string, string> {
  const scripts = hasScript ? "; script-src 'self'; connect-src 'self'" : '';
  const policy = leaves ? POLICY.replace("form-action 'self'", `form-action 'self' ${leaves}`) : POLICY;
  return {
    ...PAGE_HEADERS,
    'content-security-policy': policy + scripts,
    ...(index ? {} : { 'x-robots-tag': 'noindex' }),
    ...(isPersonal ? { 'cache-control': 'private, no-cache', vary: 'cookie' } : {}),
  };
}

const DAY = 86_400;
export const FOR_EVER = `public, max-age=${365 * DAY}, immutable`;
export const FOR_AN_HOUR = 'public, max-age=3600';
export const FOR_A_DAY = `public, max-age=${DAY}`;

export const fileHeaders = (type: string, cache: string): Record<string, string> => ({
  ...SAFE,
  'content-type': type,
  'cache-control': cache,
});

/** For this reader's browser alone: no cache that several share may keep it, or take it for another's. */
export function withheld(response: Response): Response {
  const headers = new Headers(response.headers);
  const cache = headers.get('cache-control') ?? '';
  headers.set('cache-control', cache.includes('no-store') ? 'no-store' : 'private, no-cache');
  headers.append('vary', 'cookie');
  return new Response(response.body, { status: response.status, headers });
}
