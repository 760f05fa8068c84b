// Ports of the indexer's object over its own storage, and the way to it from everywhere else.
import type { AlarmPort } from '../ports/alarm.ts';
import type { IndexerPort } from '../ports/indexer.ts';
import type { KeepPort, Kept } from '../ports/keep.ts';

const KEPT = 'kept';

export const keepPort = (storage: DurableObjectStorage): KeepPort => ({
  get: async () => (await storage.get<Kept>(KEPT)) ?? null,
  // Only a hint beside D1's word: nothing waits for it to be on disk.
  put: (kept) => storage.put(KEPT, kept, { allowUnconfirmed: true }),
});

export const alarmPort = (storage: DurableObjectStorage): AlarmPort => ({
  get: () => storage.getAlarm(),
  set: (at) => storage.setAlarm(at),
});

/** The object's methods, as its namespace types them. */
export type IndexerObject = Rpc.DurableObjectBranded & IndexerPort;

/** Near the readers' database it needs no placement hint: one object serves the instance. */
export function indexerPort(namespace: DurableObjectNamespace<IndexerObject>): IndexerPort {
  const stub = (): DurableObjectStub<IndexerObject> => namespace.get(namespace.idFromName('indexer'));
  return {
    wake: async () => void (await stub().wake()),
    watch: async () => void (await stub().watch()),
    admit: async (events) => await stub().admit(events),
    addSpace: async (space) => void (await stub().addSpace(space)),
    removeSpace: async (did) => void (await stub().removeSpace(did)),
    renewTop: async (space, section, window) => void (await stub().renewTop(space, section, window)),
    verify: async (uri) => await stub().verify(uri),
    status: async () => await stub().status(),
  };
}
