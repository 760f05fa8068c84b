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

/** `index`: search engines may keep the page; `hasScript`: it runs a script of its own host, which may connect there. */
export const pageHeaders = ({ index, hasScript }: { index: boolean; hasScript: boolean }): Record<string, string> => ({
  ...PAGE_HEADERS,
  ...(index ? {} : { 'x-robots-tag': 'noindex' }),
  ...(hasScript ? { 'content-security-policy': `${POLICY}; script-src 'self'; connect-src 'self'` } : {}),
});

const DAY = 86_400;
export const FOR_EVER = `public, max-age=${365 * DAY}, immutable`;
export const FOR_AN_HOUR = 'public, max-age=3600';
export const FOR_A_DAY = `public, max-age=${DAY}`;

export const fileHeaders = (type: string, cache: string): Record<string, string> => ({
  ...SAFE,
  'content-type': type,
  'cache-control': cache,
});
