// Lists of repositories, asked of relays and other instances.

import { isObject } from '../domain/json.ts';
import { validDid } from '../domain/uri.ts';
import { club, com } from '../lexicons/index.ts';
import type { RelayPort, RepoPage } from '../ports/relay.ts';
import type { Outbound } from './fetch.ts';
import { xrpcUrl } from './xrpc.ts';

const { listReposByCollection } = com.atproto.sync;
const { listReposBySpace } = club.commonplace.sync;

const BOUNDS = { maxBytes: 1_000_000, timeoutMs: 15_000 };
const RELAY_PAGE = '1000';
const INSTANCE_PAGE = '100';

export function relayPort(outbound: Outbound): RelayPort {
  const ask = async (origin: string, method: string, query: Record<string, string | undefined>): Promise<RepoPage> => {
    const { status, body } = await outbound.json(xrpcUrl(origin, method, query), BOUNDS);
    if (status !== 200 || !isObject(body) || !Array.isArray(body.repos)) {
      throw new Error(`${origin} answered ${method} with ${status}`);
    }
    const dids = body.repos.flatMap((repo) => (isObject(repo) && validDid(repo.did) ? [repo.did] : []));
    const { cursor } = body;
    return { dids, cursor: typeof cursor === 'string' && cursor !== '' && body.repos.length > 0 ? cursor : null };
  };
  return {
    byCollection: (relay, collection, cursor) =>
      ask(relay, listReposByCollection.$lxm, { collection, limit: RELAY_PAGE, cursor }),
    bySpace: (instance, space, cursor) => ask(instance, listReposBySpace.$lxm, { space, limit: INSTANCE_PAGE, cursor }),
  };
}
