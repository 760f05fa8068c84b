// The way to a CID's object, and the cache of the data centre.
import type { MediaCache, MediaOrder, MediaPort } from '../ports/media.ts';

export type MediaNamespaceObject = Rpc.DurableObjectBranded & {
  fetch(request: Request): Promise<Response>;
  purge(cid: string): Promise<void>;
};

const ORDER = 'x-order';

export function mediaPort(namespace: DurableObjectNamespace<MediaNamespaceObject>): MediaPort {
  const stub = (cid: string): DurableObjectStub<MediaNamespaceObject> => namespace.get(namespace.idFromName(cid));
  return {
    // By fetch, not by a method: a body may be read for as long as it takes.
    open: (order) => stub(order.cid).fetch('https://media/', { headers: { [ORDER]: JSON.stringify(order) } }),
    purge: async (cid) => void (await stub(cid).purge(cid)),
  };
}

/** What `open` asked for. */
export const orderOf = (request: Request): MediaOrder => JSON.parse(request.headers.get(ORDER) ?? '') as MediaOrder;

const NAME = 'media';
/** The cache and not the promise of it, which no other request could await. */
let opened: Cache | null = null;

async function cache(): Promise<Cache> {
  opened ??= await caches.open(NAME);
  return opened;
}

/** Apart from the default cache, so that no visitor's request can name what is in it. */
export const mediaCache: MediaCache = {
  match: async (key) => (await cache()).match(key),
  put: async (key, response) => (await cache()).put(key, response),
};
