/** A client of the stream inside workerd: what it was told, and how it ended. */
import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { listenersPort } from '../../../src/cloudflare/durable.ts';
import { ANYONE } from '../../../src/domain/access.ts';
import type { Did, JsonObject } from '../../../src/domain/model.ts';
import { readSubscription } from '../../../src/domain/subscription.ts';
import type { Opening } from '../../../src/ports/listeners.ts';

export interface Told {
  did: Did;
  time_us: number;
  kind: 'commit' | 'account';
  commit?: { rev: string; operation: string; collection: string; rkey: string; record?: JsonObject; cid?: string };
  account?: { active: boolean; status?: string; did: Did; seq: number; time: string };
}

export interface Client {
  told: Told[];
  /** One word for each message. */
  words(): string[];
  closed: { code: number; reason: string } | null;
  socket: WebSocket;
}

export const objectOf = (space: Did) => env.LISTENERS.get(env.LISTENERS.idFromName(space));

/** Tells the object that something changed, and waits until it has nothing more to tell. */
export async function news(space: Did): Promise<boolean> {
  const anybody = await objectOf(space).notify(space);
  await settled(space);
  return anybody;
}

const pause = (ms: number): Promise<unknown> => new Promise((done) => setTimeout(done, ms));

/** Whatever was sent has arrived, and whatever there is to tell was told. */
export async function settled(space: Did): Promise<void> {
  const isRunning = (object: unknown): boolean =>
    (object as { service: { delivery: { isRunning: boolean } } }).service.delivery.isRunning;
  do await pause(50);
  while (await runInDurableObject(objectOf(space), isRunning));
  await pause(50);
}

export async function listen(space: Did, query = '', more: Partial<Opening> = {}): Promise<Client> {
  const subscription = readSubscription(new URLSearchParams(query));
  if ('refusal' in subscription) throw new Error(subscription.message);
  const opening = { ...subscription, space, caller: ANYONE, address: null, ...more };
  const answer = await listenersPort(env.LISTENERS).open(opening);
  const socket = answer.webSocket;
  if (!socket) throw new Error(`no socket: ${answer.status} ${await answer.text()}`);
  const client: Client = { told: [], closed: null, socket, words: () => client.told.map(wordOf) };
  socket.addEventListener('message', ({ data }) => {
    if (data !== 'pong') client.told.push(JSON.parse(String(data)) as Told);
  });
  socket.addEventListener('close', ({ code, reason }) => {
    client.closed = { code, reason };
  });
  socket.accept();
  await settled(space);
  return client;
}

function wordOf({ commit, account, did }: Told): string {
  if (account) return `${account.active ? 'active' : account.status} ${did.slice(8, 11)}`;
  const title = commit?.record?.title ?? commit?.record?.displayName ?? '';
  return `${commit?.operation} ${commit?.collection.split('.').pop()} ${String(title || commit?.rkey)}`;
}
