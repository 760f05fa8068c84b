// Response headers, made once. Pages run no script, load only from their own host, and stand in nobody's frame.

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const SAFE = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

export const PAGE_HEADERS = { ...SAFE, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' };
export const HIDDEN_PAGE_HEADERS = { ...PAGE_HEADERS, 'x-robots-tag': 'noindex' };

const DAY = 86_400;
export const FOR_EVER = `public, max-age=${365 * DAY}, immutable`;
export const FOR_AN_HOUR = 'public, max-age=3600';

export const fileHeaders = (type: string, cache: string): Record<string, string> => ({
  ...SAFE,
  'content-type': type,
  'cache-control': cache,
});
