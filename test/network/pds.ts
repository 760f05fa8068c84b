/** A real PDS on loopback whose data and keys live in one folder, so that it restarts with the same accounts. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { PDS } from '@atproto/pds';
import type { Handles } from './handles.ts';
import { LOOPBACK, listenOnLoopback } from './loopback.ts';

export interface PdsServer {
  /** The name in DID documents and the OAuth issuer; OAuth wants `localhost`, not an address. */
  readonly url: string;
  readonly port: number;
  readonly did: `did:${string}:${string}`;
  readonly ctx: PDS['ctx'];
  readonly adminAuth: string;
  /** How often each XRPC method was asked for. */
  readonly asked: ReadonlyMap<string, number>;
  /** Paths that are answered as if they were not there: a server that knows less. */
  readonly hidden: Set<string>;
  stop(): Promise<void>;
}

export interface PdsOptions {
  port: number;
  dataDir: string;
  plcUrl: string;
  handles: Handles;
  handleDomains?: string[];
}

interface Keys {
  jwtSecret: string;
  dpopSecret: string;
  adminPassword: string;
  plcRotationKeyK256PrivateKeyHex: string;
}

export async function startPds(options: PdsOptions): Promise<PdsServer> {
  mkdirSync(options.dataDir, { recursive: true });
  const keys = keysIn(join(options.dataDir, 'keys.json'));
  const did = `did:web:localhost%3A${options.port}` as const;
  const pds = await PDS.fromEnv({ ...environment(options), ...keys, serviceDid: did });
  pds.ctx.idResolver.handle.resolve = (handle) => options.handles.resolve(handle);
  listenOnLoopback(pds.app);
  const http = await pds.start();
  http.off('request', pds.app);
  const asked = new Map<string, number>();
  const hidden = new Set<string>();
  http.on('request', (request, response) => {
    if (hidden.has(request.url ?? '')) {
      response.writeHead(404).end();
      return;
    }
    const method = /^\/xrpc\/([\w.]+)/.exec(request.url ?? '')?.[1];
    if (method) asked.set(method, (asked.get(method) ?? 0) + 1);
    answerForeignHandle(pds, options.handles, request, response).then((answered) => {
      if (!answered) pds.app(request, response);
    });
  });
  options.handles.add((handle) => activeDid(pds, handle));
  return {
    url: `http://localhost:${options.port}`,
    port: options.port,
    did,
    ctx: pds.ctx,
    asked,
    hidden,
    adminAuth: `Basic ${Buffer.from(`admin:${keys.adminPassword}`).toString('base64')}`,
    stop: () => pds.destroy(),
  };
}

function environment(options: PdsOptions): NonNullable<Parameters<typeof PDS.fromEnv>[0]> {
  return {
    devMode: true,
    port: options.port,
    hostname: 'localhost',
    serviceName: 'Local PDS',
    dataDirectory: options.dataDir,
    // Films are larger than the usual 5 MB.
    blobUploadLimit: 100_000_000,
    blobstoreDiskLocation: join(options.dataDir, 'blobs'),
    didPlcUrl: options.plcUrl,
    // Identities here change within seconds, so nothing may be cached for hours.
    didCacheStaleTTL: 1000,
    didCacheMaxTTL: 1000,
    // A network that lay still for long must tell its firehose from where it was left.
    repoBackfillLimitMs: 10 * 365 * 24 * 3600 * 1000,
    serviceHandleDomains: options.handleDomains ?? ['.test'],
    inviteRequired: false,
    rateLimitsEnabled: false,
  };
}

/** Several servers share the handle domain here, and each would deny the handles of the others. */
async function answerForeignHandle(
  pds: PDS,
  handles: Handles,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const url = new URL(request.url ?? '/', `http://${LOOPBACK}`);
  if (url.pathname !== '/xrpc/com.atproto.identity.resolveHandle') return false;
  const handle = url.searchParams.get('handle') ?? '';
  if ((await activeDid(pds, handle)) !== undefined) return false;
  const did = await handles.resolve(handle);
  if (did === undefined) return false;
  response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
  response.end(JSON.stringify({ did }));
  return true;
}

async function activeDid(pds: PDS, handle: string): Promise<string | undefined> {
  const account = await pds.ctx.accountManager.getAccount(handle.toLowerCase() as `${string}.${string}`);
  return account?.did;
}

function keysIn(file: string): Keys {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
  const keys: Keys = {
    jwtSecret: hex(32),
    dpopSecret: hex(32),
    adminPassword: hex(16),
    plcRotationKeyK256PrivateKeyHex: hex(32),
  };
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}
