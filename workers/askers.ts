// Who is asked outside: made once for each isolate, for they remember answers.
import { dnsOverHttps } from '../src/cloudflare/dns.ts';
import { type Outbound, outbound } from '../src/cloudflare/fetch.ts';
import { identityPort, rememberingIdentities } from '../src/cloudflare/identity.ts';
import { keysPort } from '../src/cloudflare/keys.ts';
import { pdsPort } from '../src/cloudflare/pds.ts';
import { relayPort } from '../src/cloudflare/relay.ts';
import type { IdentityPort } from '../src/ports/identity.ts';
import type { KeysPort } from '../src/ports/keys.ts';
import type { PdsPort } from '../src/ports/pds.ts';
import type { RelayPort } from '../src/ports/relay.ts';
import type { Config } from './config.ts';

export const clock = { now: (): number => Date.now() };

export interface Askers {
  identity: IdentityPort;
  pds: PdsPort;
  relay: RelayPort;
  out: Outbound;
}

function makeAskers(config: Config): Askers {
  const { plcUrl, handleResolver, dohUrl, jetstreamUrls, relayUrls, peerInstances, development } = config;
  const trusted = [plcUrl, handleResolver, ...jetstreamUrls, ...relayUrls, ...peerInstances];
  const dns = dnsOverHttps({ url: dohUrl, clock, outbound: outbound({ development, trusted: [dohUrl] }) });
  const out = outbound({ development, trusted, addresses: dns.addresses });
  const identity = identityPort({ plcUrl, handleResolver, development, outbound: out, dns });
  return { identity: rememberingIdentities(identity, clock), pds: pdsPort(out), relay: relayPort(out), out };
}

let made: { config: Config; askers: Askers } | null = null;

export function askers(config: Config): Askers {
  if (made?.config !== config) made = { config, askers: makeAskers(config) };
  return made.askers;
}

let keys: KeysPort | null = null;

/** One for each isolate, for it remembers. */
export function keysOf(config: Config): KeysPort {
  const { plcUrl, development } = config;
  keys ??= keysPort({ plcUrl, development, outbound: askers(config).out, clock });
  return keys;
}
