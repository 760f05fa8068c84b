// What the instance keeps while people sign in, in one object: its clients' keys, and values that are given back once.
import type { Did } from '../domain/model.ts';
import { counted, type Quota, type Tally } from '../domain/quota.ts';
import type { Clock } from '../ports/clock.ts';
import type { Attempt, ClientKey, SignInsPort } from '../ports/sign-ins.ts';
import { inOrder, isDue, LONGEST_SESSION_MS, makeKey } from './oauth/keys.ts';
import { hashOf, type Seal } from './seal.ts';

/** The object's own storage, as far as this needs it. */
export interface Shelf {
  get<T>(key: string): T | undefined;
  put<T>(key: string, value: T): void;
  delete(key: string): boolean;
  list<T>(options: { prefix?: string; start?: string; end?: string; limit?: number }): Iterable<[string, T]>;
}

interface Kept {
  sealed: string;
  until: number;
}

const KEYS = 'keys';
const CLIENT = 'client ';
const GROUP = 'group ';
const BOX = 'box ';
const DUE = 'due ';
const dueKey = (until: number, name = ''): string => `${DUE}${String(until).padStart(15, '0')} ${name}`;

const DAY_MS = 86_400_000;

/** Somebody who mistypes a name tries again at once; a program that tries many does not. */
const TRIES = { most: { 'sign-in': 30, write: 120, name: 300, invite: 30 }, perMs: 300_000, addresses: 10_000 };

export class SignIns implements SignInsPort {
  private readonly shelf: Shelf;
  private readonly seal: Seal;
  private readonly clock: Clock;
  private readonly tallies = new Map<string, Tally>();
  private making: Promise<ClientKey[]> | null = null;

  constructor({ shelf, seal, clock }: { shelf: Shelf; seal: Seal; clock: Clock }) {
    this.shelf = shelf;
    this.seal = seal;
    this.clock = clock;
  }

  async keys(): Promise<ClientKey[]> {
    const now = this.clock.now();
    const keys = this.shelf.get<ClientKey[]>(KEYS) ?? [];
    if (!isDue(keys, now)) return inOrder(keys, now);
    // Two who ask at once get the same new key.
    this.making ??= this.renew(keys, now).finally(() => {
      this.making = null;
    });
    return this.making;
  }

  private async renew(keys: ClientKey[], now: number): Promise<ClientKey[]> {
    const all = inOrder([...keys, await makeKey(this.seal, now)], now);
    this.shelf.put(KEYS, all);
    return all;
  }

  async keep(name: string, sealed: string, ms: number): Promise<void> {
    const hash = await hashOf(name);
    const now = this.clock.now();
    for (const [key, due] of this.shelf.list<string>({ start: dueKey(0), end: dueKey(now), limit: 100 })) {
      this.shelf.delete(key);
      this.shelf.delete(due);
    }
    const until = now + ms;
    this.shelf.put<Kept>(BOX + hash, { sealed, until });
    this.shelf.put(dueKey(until, hash), BOX + hash);
  }

  async take(name: string): Promise<string | null> {
    const key = BOX + (await hashOf(name));
    const kept = this.shelf.get<Kept>(key);
    this.shelf.delete(key);
    return kept && kept.until > this.clock.now() ? kept.sealed : null;
  }

  async remember(client: string): Promise<void> {
    const before = this.shelf.get<number>(CLIENT + client) ?? 0;
    const now = this.clock.now();
    if (before < now - DAY_MS) this.shelf.put(CLIENT + client, now);
  }

  async isRemembered(client: string): Promise<boolean> {
    return (this.shelf.get<number>(CLIENT + client) ?? 0) > this.clock.now() - LONGEST_SESSION_MS;
  }

  async addGroup(group: Did): Promise<void> {
    this.shelf.put(GROUP + group, 1);
  }

  async dropGroup(group: Did): Promise<void> {
    this.shelf.delete(GROUP + group);
  }

  async groups(): Promise<Did[]> {
    return [...this.shelf.list<number>({ prefix: GROUP })].map(([key]) => key.slice(GROUP.length));
  }

  async tries(address: string, what: Attempt): Promise<Quota> {
    const key = `${what} ${address}`;
    const bound = { most: TRIES.most[what], perMs: TRIES.perMs };
    const { tally, quota } = counted(this.tallies.get(key), bound, this.clock.now());
    this.tallies.delete(key);
    this.tallies.set(key, tally);
    const [oldest] = this.tallies.keys();
    if (this.tallies.size > TRIES.addresses && oldest !== undefined) this.tallies.delete(oldest);
    return quota;
  }
}
