// Ports of the indexer's object over its own storage, and the way to it from everywhere else.
import type { Did } from '../domain/model.ts';
import type { AccountsPort } from '../ports/accounts.ts';
import type { AlarmPort } from '../ports/alarm.ts';
import type { FoundingsPort } from '../ports/foundings.ts';
import type { GroupsPort } from '../ports/groups.ts';
import type { IndexerPort } from '../ports/indexer.ts';
import type { KeepPort, Kept } from '../ports/keep.ts';
import type { ListenersPort, ListeningKeep, Opening } from '../ports/listeners.ts';
import type { SignInsPort } from '../ports/sign-ins.ts';

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

const LISTENED = 'listened ';

export const listeningKeep = (storage: DurableObjectStorage): ListeningKeep => ({
  all: async () => [...(await storage.list({ prefix: LISTENED })).keys()].map((key) => key.slice(LISTENED.length)),
  add: (space) => storage.put(LISTENED + space, 1),
  remove: async (space) => void (await storage.delete(LISTENED + space)),
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
    operate: async (order) => await stub().operate(order),
    roster: async (order) => await stub().roster(order),
    spare: async (space, change) => await stub().spare(space, change),
    renewTop: async (space, section, window) => void (await stub().renewTop(space, section, window)),
    listen: async (space) => void (await stub().listen(space)),
    verify: async (uri) => await stub().verify(uri),
    status: async () => await stub().status(),
  };
}

export type ListenersObject = Rpc.DurableObjectBranded &
  Omit<ListenersPort, 'open'> & { fetch(request: Request): Promise<Response> };

const OPENING = 'opening';

/** An object for each space. */
export function listenersPort(namespace: DurableObjectNamespace<ListenersObject>): ListenersPort {
  const stub = (space: Did): DurableObjectStub<ListenersObject> => namespace.get(namespace.idFromName(space));
  return {
    open: async (opening) => {
      const headers = { upgrade: 'websocket', [OPENING]: JSON.stringify(opening) };
      const answer = await stub(opening.space).fetch('https://listeners/', { headers });
      // To what an object answers no header can be added.
      return answer.webSocket ? answer : new Response(answer.body, answer);
    },
    notify: async (space) => await stub(space).notify(space),
  };
}

/** What `open` asked for. */
export const openingOf = (request: Request): Opening => JSON.parse(request.headers.get(OPENING) ?? '') as Opening;

export type AccountsObject = Rpc.DurableObjectBranded & AccountsPort;

/** An object for each account. */
export function accountsPort(namespace: DurableObjectNamespace<AccountsObject>): AccountsPort {
  // The stub's own type follows every shape a record may have, which has no end.
  const stub = (did: Did): AccountsPort => namespace.get(namespace.idFromName(did)) as unknown as AccountsPort;
  return {
    keep: async (did, session) => void (await stub(did).keep(did, session)),
    admit: async (did, browser, more) => await stub(did).admit(did, browser, more),
    visit: async (did, browser) => await stub(did).visit(did, browser),
    signIns: async (did, browser) => await stub(did).signIns(did, browser),
    signOut: async (did, browser, everywhere) => void (await stub(did).signOut(did, browser, everywhere)),
    spend: async (did) => await stub(did).spend(did),
    write: async (did, browser, act) => await stub(did).write(did, browser, act),
    upload: async (did, browser, bytes, type) => await stub(did).upload(did, browser, bytes, type),
    read: async (did, browser, collection, rkey) => await stub(did).read(did, browser, collection, rkey),
    drafts: async (did, order) => await stub(did).drafts(did, order),
    isFirstUse: async (did, token, expiresAt) => await stub(did).isFirstUse(did, token, expiresAt),
  };
}

export type GroupsObject = Rpc.DurableObjectBranded & Omit<GroupsPort, 'connected' | 'forget'>;

/** An object for each group account; which there are the sign-ins know. */
export function groupsPort(namespace: DurableObjectNamespace<GroupsObject>, signIns: SignInsPort): GroupsPort {
  // The stub's own type follows every shape a record may have, which has no end.
  const stub = (did: Did): GroupsPort => namespace.get(namespace.idFromName(did)) as unknown as GroupsPort;
  return {
    async hold(group, session, by, more) {
      await stub(group).hold(group, session, by, more);
      await signIns.addGroup(group);
    },
    connected: () => signIns.groups(),
    forget: (group) => signIns.dropGroup(group),
    welcomedUntil: async (group) => await stub(group).welcomedUntil(group),
    setWelcomed: async (group, seq) => void (await stub(group).setWelcomed(group, seq)),
    release: async (group, by) => void (await stub(group).release(group, by)),
    connection: async (group) => await stub(group).connection(group),
    check: async (group) => void (await stub(group).check(group)),
    write: async (group, act, cause) => await stub(group).write(group, act, cause),
    apply: async (group, writes, by) => await stub(group).apply(group, writes, by),
    upload: async (group, bytes, type, by, isOwn) => await stub(group).upload(group, bytes, type, by, isOwn),
    token: async (group, token, by) => await stub(group).token(group, token, by),
    log: async (group, query) => await stub(group).log(group, query),
  };
}

export type FoundingsObject = Rpc.DurableObjectBranded & FoundingsPort;

export function foundingsPort(namespace: DurableObjectNamespace<FoundingsObject>): FoundingsPort {
  // The stub's own type follows every shape a founding may have, which it need not.
  const stub = (): FoundingsPort => namespace.get(namespace.idFromName('foundings')) as unknown as FoundingsPort;
  return {
    newCode: async () => await stub().newCode(),
    approve: async (did, isApproved) => await stub().approve(did, isApproved),
    approved: async () => await stub().approved(),
    founder: async (did) => await stub().founder(did),
    begin: async (did, code) => await stub().begin(did, code),
    change: async (did, change) => await stub().change(did, change),
    keepPicture: async (did, name, picture) => void (await stub().keepPicture(did, name, picture)),
    picture: async (did, name) => await stub().picture(did, name),
    mayMake: async (did) => await stub().mayMake(did),
    end: async (did, isOpen) => void (await stub().end(did, isOpen)),
    prune: async () => await stub().prune(),
  };
}

export type SignInsObject = Rpc.DurableObjectBranded & SignInsPort;

export function signInsPort(namespace: DurableObjectNamespace<SignInsObject>): SignInsPort {
  const stub = (): DurableObjectStub<SignInsObject> => namespace.get(namespace.idFromName('sign-ins'));
  return {
    keys: async () => await stub().keys(),
    keep: async (name, sealed, ms) => void (await stub().keep(name, sealed, ms)),
    take: async (name) => await stub().take(name),
    remember: async (client) => void (await stub().remember(client)),
    isRemembered: async (client) => await stub().isRemembered(client),
    addGroup: async (group) => void (await stub().addGroup(group)),
    dropGroup: async (group) => void (await stub().dropGroup(group)),
    groups: async () => await stub().groups(),
    tries: async (address, what) => await stub().tries(address, what),
  };
}
