// Handles to DIDs, by the handle specification: DNS, then the well-known file; a resolver stands behind both.
import { isValidHandle } from '@atproto/syntax';
import { isObject } from '../domain/json.ts';
import type { Did } from '../domain/model.ts';
import { validDid } from '../domain/uri.ts';
import { com } from '../lexicons/index.ts';
import type { Dns } from './dns.ts';
import type { Outbound } from './fetch.ts';
import { xrpcUrl } from './xrpc.ts';

const { resolveHandle: method } = com.atproto.identity;

export interface HandleOptions {
  /** Origin that answers `com.atproto.identity.resolveHandle`. */
  handleResolver: string;
  development: boolean;
  outbound: Outbound;
  dns: Pick<Dns, 'txt'>;
}

/** Null is a definite no. Throws when the answer could not be had. */
export type AskHandle = (handle: string) => Promise<Did | null>;

const RESOLVER = { maxBytes: 100_000, timeoutMs: 5_000, redirects: 0 };
const WELL_KNOWN = { maxBytes: 2_048, timeoutMs: 3_000 };

/**
 * The DNS record rules where it and the file differ, and records of different DIDs make the handle invalid, as the specification says.
 * The resolver has the last word: a Worker that asks for its own hostname may get no file, and its no is definite. Its yes may be as
 * old as its cache. While DNS cannot be asked, it, who knows DNS, comes before the file.
 */
export function handleResolver(options: HandleOptions): AskHandle {
  const [byDns, byWellKnown, byResolver] = [dnsAsker(options), wellKnownAsker(options), resolverAsker(options)];
  return async (name) => {
    const handle = name.toLowerCase();
    if (!isValidHandle(handle)) return null;
    // Nothing of a local network is reached by its own name.
    if (options.development) return byResolver(handle);
    const [told] = await Promise.allSettled([byDns(handle)]);
    if (told.status === 'fulfilled' && told.value.length > 0)
      return told.value.length === 1 ? (told.value[0] ?? null) : null;
    return firstOf(
      told.status === 'fulfilled' ? [byWellKnown, byResolver] : [byResolver, byWellKnown],
      byResolver,
      handle,
    );
  };
}

/** The first who knows; when nobody does, that is only sure if the `decisive` one could be asked. */
async function firstOf(askers: AskHandle[], decisive: AskHandle, handle: string): Promise<Did | null> {
  let failure: unknown = null;
  for (const ask of askers) {
    try {
      const did = await ask(handle);
      if (did !== null) return did;
    } catch (error) {
      if (ask === decisive) failure = error;
    }
  }
  if (failure !== null) throw failure;
  return null;
}

/** All valid DIDs of the `_atproto` records, each once. */
const dnsAsker =
  ({ dns }: HandleOptions) =>
  async (handle: string): Promise<Did[]> => {
    const texts = await dns.txt(`_atproto.${handle}`);
    const dids = texts.filter((text) => text.startsWith('did=')).map((text) => text.slice('did='.length).trim());
    return [...new Set(dids.filter(validDid))];
  };

const wellKnownAsker =
  ({ outbound }: HandleOptions): AskHandle =>
  async (handle) => {
    const { status, text } = await outbound.text(`https://${handle}/.well-known/atproto-did`, WELL_KNOWN);
    const did = text.trim();
    return status === 200 && validDid(did) ? did : null;
  };

const resolverAsker =
  ({ handleResolver: origin, outbound }: HandleOptions): AskHandle =>
  async (handle) => {
    const { status, body } = await outbound.json(xrpcUrl(origin, method.$lxm, { handle }), RESOLVER);
    if (status === 400 || status === 404) return null;
    const did = isObject(body) ? body.did : undefined;
    if (status === 200 && validDid(did)) return did;
    throw new Error(`the handle resolver ${origin} answered ${status}`);
  };
