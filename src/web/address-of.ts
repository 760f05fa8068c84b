// The last part of a post's address: its rkey, and its author where another has the plain address.
import type { Address } from '../reads/index.ts';

export function addressOf(name: string): Address {
  const at = name.lastIndexOf('~did:');
  return at < 0 ? { rkey: name } : { rkey: name.slice(0, at), did: name.slice(at + 1) };
}
