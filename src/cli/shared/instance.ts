/** Which instance an operator's command is for, and asking it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readAtmosphere, stateDirectory } from './atmosphere.ts';
import { CommandError, EXIT } from './terminal.ts';

export interface Instance {
  url: string;
  adminToken: string;
}

/** What `npm run deploy` leaves for the commands after it; git-ignored, readable by its owner only. */
export const DEPLOYED_FILE = '.instance.json';

export interface Deployed extends Instance {
  /** All that were given to Cloudflare. */
  domains: string[];
}

export function readDeployed(): Deployed | null {
  return existsSync(DEPLOYED_FILE) ? (JSON.parse(readFileSync(DEPLOYED_FILE, 'utf8')) as Deployed) : null;
}

export function writeDeployed(instance: Deployed): void {
  writeFileSync(DEPLOYED_FILE, `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 });
}

/** The one that was named, else the local one, else the one deployed from here. */
export function findInstance(
  given: { instance?: string; adminToken?: string },
  env: NodeJS.ProcessEnv = process.env,
): Instance {
  const deployed = readDeployed();
  const stateDir = stateDirectory(env);
  const atmosphere = readAtmosphere(stateDir);
  const local = atmosphere && { url: atmosphere.instance, adminToken: atmosphere.adminToken };
  const known = [local, deployed].filter((one) => one !== null);
  const found = given.instance === undefined ? known[0] : known.find(({ url }) => url === given.instance);
  const url = given.instance ?? found?.url;
  const adminToken =
    given.adminToken ?? (given.instance === undefined ? undefined : env.ADMIN_TOKEN) ?? found?.adminToken;
  if (url === undefined) {
    throw new CommandError(
      `There is no local instance in ${stateDir}. Start one with "npm start", or name another: --instance https://home.example.com`,
      EXIT.unreachable,
      'NoInstance',
    );
  }
  if (!adminToken) {
    throw new CommandError(
      `The admin token of ${url} is not known here. Set the variable ADMIN_TOKEN, or give --admin-token.`,
      EXIT.usage,
      'NoAdminToken',
    );
  }
  return { url, adminToken };
}

export type AdminMethod =
  | 'addSpace'
  | 'listSpaces'
  | 'setSpace'
  | 'removeSpace'
  | 'startBackfill'
  | 'getBackfill'
  | 'cancelBackfill'
  | 'getMedia'
  | 'sweepMedia'
  | 'block'
  | 'unblock'
  | 'listBlocks'
  | 'createFoundingCode'
  | 'setFounder'
  | 'listFounders';
const METHODS = 'club.commonplace.admin';
/** Reading a large group's repository takes its time. */
const TIMEOUT_MS = 120_000;

/** `input` makes it a procedure; `query` are the parameters of a query. Throws what the instance refuses, in its words. */
export async function askInstance<T>(
  instance: Instance,
  method: AdminMethod,
  input?: object,
  query: Record<string, string> = {},
): Promise<T> {
  const asked = new URLSearchParams(query).toString();
  const url = `${instance.url}/xrpc/${METHODS}.${method}${asked === '' ? '' : `?${asked}`}`;
  const headers = { authorization: `Bearer ${instance.adminToken}`, 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const init = input ? { method: 'POST', body: JSON.stringify(input) } : { method: 'GET' };
  const response = await fetch(url, { ...init, headers, signal, redirect: 'manual' }).catch((error: unknown) => {
    throw new CommandError(
      `${instance.url} does not answer (${reason(error)}). Is it running? "npm start" starts the local one.`,
      EXIT.unreachable,
      'Unreachable',
    );
  });
  const body = (await response.json().catch(() => ({}))) as { error?: string; message?: string };
  if (response.ok) return body as T;
  const name = body.error ?? `HTTP ${response.status}`;
  throw new CommandError(`${instance.url} refused: ${body.message ?? name}`, EXIT.refused, name);
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code, message } = cause as { code?: string; message?: string };
  return code ?? message ?? 'no connection';
}
