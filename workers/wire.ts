// Puts the parts together: which adapter stands behind which port. Nothing is decided here.

import { alarmPort, type IndexerObject, indexerPort, keepPort } from '../src/cloudflare/durable.ts';
import { outbound } from '../src/cloudflare/fetch.ts';
import { identityPort } from '../src/cloudflare/identity.ts';
import { jetstreamPort } from '../src/cloudflare/jetstream.ts';
import { log } from '../src/cloudflare/log.ts';
import { pdsPort } from '../src/cloudflare/pds.ts';
import { Follower } from '../src/follow/follower.ts';
import { IndexerService } from '../src/follow/indexer.ts';
import { Admission } from '../src/ingest/admit.ts';
import { type JobHandlers, JobRunner } from '../src/ingest/jobs.ts';
import { erase, leave } from '../src/ingest/leave.ts';
import { account, author, dependants, sections, space, thread } from '../src/ingest/recompute.ts';
import type { IndexerPort } from '../src/ports/indexer.ts';
import { type ReadContext, SpaceCache } from '../src/reads/index.ts';
import { confirmJob, resolveJob } from '../src/sync/jobs.ts';
import { proveJob } from '../src/sync/prove.ts';
import { repositoryPort } from '../src/sync/repository.ts';
import { baseOf } from '../src/views/address.ts';
import type { WebContext } from '../src/web/app.ts';
import type { OperatorContext } from '../src/xrpc/operator.ts';
import { allows, type Config, readConfig } from './config.ts';

export interface Env {
  DB: D1Database;
  MEDIA: R2Bucket;
  INDEXER: DurableObjectNamespace<IndexerObject>;
}

type Execution = Pick<ExecutionContext, 'waitUntil'>;

const clock = { now: (): number => Date.now() };

let configured: { env: Env; config: Config } | null = null;

/** Read once for each isolate, whose variables do not change. */
export function configOf(env: Env): Config {
  if (configured?.env !== env) configured = { env, config: readConfig({ ...env }) };
  return configured.config;
}

const askers = ({ plcUrl, handleResolver, development }: Config) => {
  const out = outbound({ development });
  return { identity: identityPort({ plcUrl, handleResolver, development, outbound: out }), pds: pdsPort(out) };
};

export const indexerOf = (env: Env): IndexerPort => indexerPort(env.INDEXER);

export function wireIndexer(storage: DurableObjectStorage, env: Env): IndexerService {
  const config = configOf(env);
  const db = env.DB;
  const admission = new Admission(db, clock, allows(config.allowedCollections));
  const asking = askers(config);
  const handlers: JobHandlers = {
    ...{ account, author, dependants, erase, leave, sections, space, thread },
    ...{ resolve: resolveJob(asking), confirm: confirmJob(asking), prove: proveJob(asking) },
  };
  const follower = new Follower({
    ...{ streams: jetstreamPort, keep: keepPort(storage), clock, random: Math.random, admission, log },
    jobs: new JobRunner({ db, clock, admission }, handlers),
    urls: config.jetstreamUrls,
    lookbackMs: config.lookbackMs,
  });
  const { followMode: mode, drainMs } = config;
  return new IndexerService({ follower, db, clock, alarm: alarmPort(storage), mode, drainMs, log });
}

const spaces = new SpaceCache();

/** What one request is given. `db` is given apart, so that it can be metered. */
function readContext(env: Env, db: D1Database, execution: Execution): ReadContext {
  const config = configOf(env);
  return {
    ...{ db, now: clock.now(), indexer: indexerOf(env), spaces },
    later: (work) => execution.waitUntil(work),
    allowed: allows(config.allowedCollections),
    instance: `did:web:${config.instanceHosts[0] ?? 'localhost'}`,
  };
}

export function webContext(env: Env, db: D1Database, execution: Execution): WebContext {
  const { instanceHosts, development } = configOf(env);
  const requestId = crypto.randomUUID();
  const fault = (error: unknown): void => log('a page failed', { requestId, error: describe(error) });
  return { read: readContext(env, db, execution), instanceHosts, development, requestId, fault };
}

export function xrpcContext(
  env: Env,
  db: D1Database,
  execution: Execution,
  request: Request,
  version: string,
): OperatorContext {
  const config = configOf(env);
  const read = readContext(env, db, execution);
  const { instanceHosts, development, adminToken } = config;
  const asking = askers(config);
  const indexer = indexerOf(env);
  const { allowed } = read;
  const repositories = repositoryPort(asking.pds);
  return {
    ...read,
    ...{ request, requestId: crypto.randomUUID(), instanceHosts, version, adminToken },
    base: baseOf(request.url),
    operator: { db, indexer, ...asking, repositories, instanceHosts, development, allowed },
  };
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const WAKE_MS = 60_000;
let wokenAt = 0;

/** Somebody reads: the indexer hears of it at most once a minute from each isolate. */
export function wakeIndexer(env: Env, execution: Execution): void {
  const now = clock.now();
  if (now - wokenAt < WAKE_MS) return;
  wokenAt = now;
  const failed = (error: unknown): void => log('the indexer could not be woken', { error: describe(error) });
  execution.waitUntil(indexerOf(env).wake().catch(failed));
}
