// Small files that every host has, and those by which machines know what a host is.
import type { Did } from '../domain/model.ts';
import { FOR_AN_HOUR, fileHeaders } from './headers.ts';

const TEXT = 'text/plain; charset=utf-8';
/** Read by programs of all origins. */
const OPEN = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

export const svgResponse = (svg: string): Response =>
  new Response(svg, { headers: fileHeaders('image/svg+xml', FOR_AN_HOUR) });

/** What is not listed asks to be left alone; results of searches are nobody's pages. */
export const robotsResponse = (isListed: boolean): Response =>
  new Response(`User-agent: *\nDisallow: /${isListed ? 'search' : ''}\n`, { headers: fileHeaders(TEXT, FOR_AN_HOUR) });

export const textResponse = (text: string): Response =>
  new Response(text, { headers: { ...fileHeaders(TEXT, 'no-store'), ...OPEN } });

/** The handle of a group account at its own hostname (atproto handle specification). */
export const didResponse = (did: Did): Response =>
  new Response(did, { headers: { ...fileHeaders(TEXT, 'no-cache'), ...OPEN } });

/** What other servers read of this host. */
export const dataResponse = (value: object): Response =>
  new Response(JSON.stringify(value), { headers: { ...fileHeaders('application/json', 'no-cache'), ...OPEN } });

/** The instance as a service, `did:web`: where clients' servers send what they proxy to it. */
export function serviceResponse(origin: string): Response {
  const { host } = new URL(origin);
  const document = {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: `did:web:${host.replace(':', '%3A')}`,
    service: [{ id: '#commonplace', type: 'CommonplaceService', serviceEndpoint: origin }],
  };
  return dataResponse(document);
}
