// AT-URIs of records: `at://<did>/<collection>/<rkey>` (AT-URI specification, restricted to DIDs).
import { isValidDid, isValidNsid, isValidRecordKey } from '@atproto/syntax';
import type { AtUri, Did } from './model.ts';

export interface UriParts {
  did: Did;
  collection: string;
  rkey: string;
}

export const makeUri = (did: Did, collection: string, rkey: string): AtUri => `at://${did}/${collection}/${rkey}`;

/** Null unless it is a record's URI whose authority is a DID and whose every part is valid. */
export function parseUri(uri: string): UriParts | null {
  if (!uri.startsWith('at://') || uri.length > 1000) return null;
  const [did, collection, rkey, ...more] = uri.slice(5).split('/');
  if (!did || !collection || !rkey || more.length > 0) return null;
  return validParts({ did, collection, rkey }) ? { did, collection, rkey } : null;
}

const MAX_DID = 256;

/** Space keys and URIs are primary keys in D1: bounded well below what the specification allows for a DID. */
export const validParts = ({ did, collection, rkey }: UriParts): boolean =>
  validDid(did) && isValidNsid(collection) && isValidRecordKey(rkey);

export const validDid = (did: unknown): did is Did =>
  typeof did === 'string' && did.length <= MAX_DID && isValidDid(did);
