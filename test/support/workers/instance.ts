/** The whole Worker as people ask it, with its real objects of accounts; what would leave the house is written down instead. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { sessionCookie } from '../../../src/auth/cookies.ts';
import { tokenFor } from '../../../src/auth/guest.ts';
import { hashOf } from '../../../src/auth/seal.ts';
import type { RosterOrder } from '../../../src/domain/admission.ts';
import type { Did } from '../../../src/domain/model.ts';
import type { AccountsPort } from '../../../src/ports/accounts.ts';
import type { Attempt } from '../../../src/ports/sign-ins.ts';
import app from '../../../workers/app.ts';
import type { Env } from '../../../workers/wire.ts';
import { STREAM } from '../../reads/setup.ts';

export const HOME = 'instance.example';
export const ADMIN_TOKEN = 'the-token-of-the-operator';

/** What was done since it was last asked, by the names of objects' methods. */
const done: string[] = [];
export const takeDone = (): string[] => done.splice(0);

type Methods = Record<string, (...all: never[]) => Promise<unknown>>;

interface Kept {
  cid: string;
  value: string;
}

/** An object whose methods say what they were asked; those of `quiet` change nothing. */
function recorder(quiet: Methods, real: object | null = null): object {
  const ask = (name: string) => (quiet[name] ? quiet[name] : async () => void done.push(name));
  return new Proxy({}, { get: (_, name: string) => (real && name in REAL ? Reflect.get(real, name) : ask(name)) });
}

/** Whether what is done is counted, as it is in the house; everybody there is would soon have done too much. */
export const counting = { isOn: false };
const REAL: Record<string, true> = { keep: true, admit: true, visit: true, signIns: true };
const QUOTA = { limit: 60, remaining: 59, windowMs: 300_000, resetAt: Date.now() + 300_000, isOver: false };
const AWAY = { failed: 'unreachable', message: 'nobody is asked here' };

const namespaceOf = (get: (name: string) => object) => ({ idFromName: (name: string) => name, get });

/** The stub's own type has no end. */
const objectOf = (did: Did): AccountsPort => env.ACCOUNTS.get(env.ACCOUNTS.idFromName(did)) as unknown as AccountsPort;

const accounts = namespaceOf((did) => {
  const acts: Methods = {
    spend: async () => (counting.isOn ? objectOf(did).spend(did) : QUOTA),
    // The account's own server has what the index has.
    async read(_: Did, __: string, collection: string, rkey: string) {
      const uri = `at://${did}/${collection}/${rkey}`;
      const kept = await env.DB.prepare('select cid, value from record where uri = ?').bind(uri).first<Kept>();
      return kept && { cid: kept.cid, value: JSON.parse(kept.value) };
    },
    async write() {
      done.push('write');
      return AWAY;
    },
  };
  const real = objectOf(did);
  return new Proxy(
    {},
    {
      get: (_, name: string) =>
        name in REAL
          ? (...all: unknown[]) => Reflect.apply(Reflect.get(real, name), real, all)
          : Reflect.get(recorder(acts), name),
    },
  );
});
const indexer = namespaceOf(() =>
  recorder({
    ...{ wake: async () => undefined, renewTop: async () => undefined, listen: async () => undefined },
    ...{ verify: async () => false, status: async () => STREAM },
    spare: async () => null,
    async roster({ order }: RosterOrder) {
      done.push(order);
      return true;
    },
  }),
);
/** What members want of a group its real object judges; nobody has connected it. */
const JUDGED: Record<string, true> = { apply: true, upload: true, token: true };
const CONNECTION = { isConnected: false, by: null, holder: null, more: false, trouble: null };
const groups = namespaceOf((did) => {
  const real = env.GROUPS.get(env.GROUPS.idFromName(did));
  const quiet: Methods = {
    ...{
      connection: async () => CONNECTION,
      log: async () => ({ deeds: [], next: null }),
      welcomedUntil: async () => 0,
    },
    async write() {
      done.push('act');
      return AWAY;
    },
  };
  return new Proxy(
    {},
    {
      get: (_, name: string) =>
        name in JUDGED
          ? (...all: unknown[]) => Reflect.apply(Reflect.get(real, name), real, all)
          : Reflect.get(recorder(quiet), name),
    },
  );
});
const signIns = namespaceOf(() =>
  recorder({
    ...{ keys: async () => [], keep: async () => undefined, take: async () => null },
    groups: async () => [],
    isRemembered: async () => false,
    tries: async (address: string, what: Attempt) =>
      counting.isOn ? env.SIGN_INS.get(env.SIGN_INS.idFromName('sign-ins')).tries(address, what) : QUOTA,
  }),
);

const instance = {
  ...env,
  ...{ INSTANCE_HOSTS: HOME, ADMIN_TOKEN, INSTANCE_KEY: btoa('k'.repeat(32)), LEGAL_CONTACT: 'law@instance.example' },
  METER: '1',
  ...{ ACCOUNTS: accounts, INDEXER: indexer, GROUPS: groups, SIGN_INS: signIns },
} as unknown as Env;

const secretOf = (did: Did, host: string): string =>
  `${did.replace(/\W/g, '')}-${host.replace(/\W/g, '')}`.padEnd(43, '-').slice(0, 43);

export async function signIn(did: Did, hosts: string[]): Promise<void> {
  const port = objectOf(did);
  await port.keep(did, { client: `https://${HOME}`, sealed: 'x', handle: null });
  for (const host of hosts) await port.admit(did, { hash: await hashOf(secretOf(did, host)), host }, {});
}

export interface Asked {
  host: string;
  method: string;
  path: string;
  did?: Did | null;
  form?: Record<string, string> | undefined;
  headers?: Record<string, string>;
  body?: string | ReadableStream;
}

/** As a browser asks from a page of the same host; a form with the token that the page would have given. */
export async function ask({ host, method, path, did = null, form, headers = {}, body }: Asked): Promise<Response> {
  const secret = did === null ? null : secretOf(did, host);
  const usual = { 'sec-fetch-site': 'same-origin', accept: 'text/html', origin: `https://${host}` };
  const sent = new Headers({ ...usual, ...headers });
  if (secret && did) sent.set('cookie', sessionCookie([{ did, secret }]).split(';')[0] ?? '');
  if (form) sent.set('content-type', 'application/x-www-form-urlencoded');
  const csrf = secret ? await tokenFor(secret) : '';
  const request = new Request(`https://${host}${path}`, {
    ...{ method, headers: sent, redirect: 'manual' as const },
    ...(form ? { body: String(new URLSearchParams({ csrf, ...form })) } : body === undefined ? {} : { body }),
  });
  const execution = createExecutionContext();
  const response = await app.fetch(request, instance, execution);
  await waitOnExecutionContext(execution);
  return response;
}
