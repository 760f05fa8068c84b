// Which addresses a page may link to, and whether the words of a link lie about them.

const AT_URI = /^at:\/\/[a-zA-Z0-9._:%-]+(?:\/[\w.~:%/#?&=+-]*)?$/;
const LONGEST = 2048;

/** Written in every link that members made. */
export const UGC_REL = 'nofollow ugc noopener';

/** The address as it may stand in `href`; null for any scheme but http, https, mailto and at, and for hidden sign-ins. */
export function safeHref(address: string): string | null {
  if (address.length > LONGEST) return null;
  if (AT_URI.test(address)) return address;
  const url = URL.parse(address);
  if (url?.username !== '' || url.password !== '' || url.href.length > LONGEST) return null;
  // The parser drops the tabs, line ends and spaces that hide a scheme from simple checks.
  return url.protocol === 'https:' || url.protocol === 'http:' || url.protocol === 'mailto:' ? url.href : null;
}

const DOMAIN_LIKE = /(?:^|[\s/@(])((?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24})(?=$|[\s/:?#),.])/u;

/** The true host, where the words of a link name another one; otherwise null. */
export function hostBehind(words: string, href: string): string | null {
  if (!href.startsWith('http')) return null;
  const named = DOMAIN_LIKE.exec(words.slice(0, 300))?.[1]?.toLowerCase();
  if (named === undefined) return null;
  const host = URL.parse(href)?.hostname ?? '';
  const bare = host.replace(/^www\./, '');
  return named === host || named === bare || named === `www.${bare}` ? null : host;
}
