// Addresses on a space's site, as answers give them.
import type { UriString } from '@atproto/lex';
import type { Space } from '../domain/model.ts';
import type { PostItem } from '../domain/post.ts';
import { postPath } from '../domain/sections.ts';

/** How the instance was reached: its spaces are reached the same way. */
export interface Base {
  scheme: 'http' | 'https';
  /** '' for the scheme's own. */
  port: string;
  /** Hostname of the request, for a space that has none. */
  host: string;
}

export function baseOf(url: string): Base {
  const { protocol, port, hostname } = new URL(url);
  return { scheme: protocol === 'https:' ? 'https' : 'http', port, host: hostname };
}

export const hostOf = ({ hosts }: Pick<Space, 'hosts'>, { port, host }: Base): string =>
  `${hosts[0] ?? host}${port === '' ? '' : `:${port}`}`;

export const originOf = (space: Pick<Space, 'hosts'>, base: Base): string => `${base.scheme}://${hostOf(space, base)}`;

/** Of a reply: its place on the page of its thread. */
export function postUrl(item: PostItem, space: Pick<Space, 'hosts'>, base: Base): UriString {
  const { section, rkey, plain, author, root, rootAddress } = item;
  const origin = originOf(space, base);
  if (root === null) return `${origin}${postPath({ section, rkey, plain, did: author.did })}` as UriString;
  return `${origin}${rootAddress ? postPath(rootAddress) : '/'}#${rkey}~${author.did}` as UriString;
}
