// Which protocol a stream speaks, told by its address.
import type { StreamPort } from '../ports/stream.ts';
import type { Outbound } from './fetch.ts';
import { jetstreamPort } from './jetstream.ts';
import { jetstreamV2Port } from './jetstream-v2.ts';

/** Addresses that name the method speak Jetstream v2, all others (`.../subscribe`) v1. */
export function jetstreams({ checkedAddress }: Pick<Outbound, 'checkedAddress'>): StreamPort {
  const reach = { checkedAddress, named: 'by-operator' } as const;
  const [v1, v2] = [jetstreamPort(reach), jetstreamV2Port(reach)];
  return { open: (options) => (options.url.includes('network.bsky.jetstream.') ? v2 : v1).open(options) };
}
