// Which addresses may be asked: servers of the network have public names, so every other kind of address is a trick or a mistake.
import ipaddr from 'ipaddr.js';

/** Names that lead to no public server, or to this machine and its neighbours (RFC 6761, RFC 6762, RFC 8375, RFC 9476). */
const PRIVATE_SUFFIX =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|arpa|test|example|invalid|onion|alt)$/;

const PLAIN_OF: Record<string, string> = { 'https:': 'http:', 'wss:': 'ws:' };

/**
 * Why an address may not be asked by its looks, or null. Every literal IP is refused, not only private ranges. `protocol` is what
 * it must begin with; in development its plain form too.
 */
export function refusedAddress(address: string, development: boolean, protocol = 'https:'): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url) return 'is no address';
  if (url.username !== '' || url.password !== '') return 'carries a password';
  const isPlain = development && url.protocol === PLAIN_OF[protocol];
  if (url.protocol !== protocol && !isPlain) return `is not ${protocol.slice(0, -1)}`;
  if (development) return null;
  const host = hostOf(url);
  // The URL parser has already turned every spelling of an IPv4 address into four decimal numbers.
  if (host.startsWith('[') || ipaddr.IPv4.isValid(host)) return 'names a server by its number, not by a name';
  if (!host.includes('.') || PRIVATE_SUFFIX.test(host)) return 'is not a public server';
  return null;
}

/** Lower case, in ASCII, without the dot at the end. */
export const hostOf = (url: URL): string => url.hostname.toLowerCase().replace(/\.$/, '');

const GLOBAL: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/**
 * Whether an IP address, as DNS tells it, is one of the public internet. Private, loopback, link-local (the metadata services of
 * clouds), carrier-grade NAT, multicast, unspecified and reserved ranges are not; neither is an IPv6 address that carries an IPv4 one
 * (mapped, compatible, NAT64, 6to4, Teredo), whatever that is: no server of the network is reached by it.
 */
export function isPublicIp(text: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).range() === 'unicast';
  if (!ipaddr.IPv6.isValid(text)) return false;
  const ip = ipaddr.IPv6.parse(text);
  return ip.zoneId === undefined && ip.match(GLOBAL) && ip.range() === 'unicast';
}
