// Puts the parts together: which adapter stands behind which port. Nothing is decided here.

import type { OwnDeps } from '../src/actions/own.ts';
import type { SignInDeps } from '../src/auth/sign-in.ts';
import {
  type AccountsObject,
  accountsPort,
  alarmPort,
  type FoundingsObject,
  type GroupsObject,
  type IndexerObject,
  indexerPort,
  keepPort,
  type ListenersObject,
  listenersPort,
  listeningKeep,
  type SignInsObject,
} from '../src/cloudflare/durable.ts';
import { log } from '../src/cloudflare/log.ts';
import { type MediaNamespaceObject, mediaPort } from '../src/cloudflare/media.ts';
import { pdsStreams } from '../src/cloudflare/pds-stream.ts';
import { blobStore } from '../src/cloudflare/r2.ts';
import { draw } from '../src/cloudflare/resvg.ts';
import { jetstreams } from '../src/cloudflare/streams.ts';
import { Follower } from '../src/follow/follower.ts';
import { IndexerService } from '../src/follow/indexer.ts';
import { JetstreamLine } from '../src/follow/jetstream-line.ts';
import type { Line, LineHooks } from '../src/follow/line.ts';
import { Listening } from '../src/follow/listening.ts';
import { PdsLine } from '../src/follow/pds-line.ts';
import { Admission } from '../src/ingest/admit.ts';
import { block } from '../src/ingest/block.ts';
import { heal, reread } from '../src/ingest/heal.ts';
import { type JobHandlers, JobRunner } from '../src/ingest/jobs.ts';
import { Keepers } from '../src/ingest/keepers.ts';
import { erase, leave } from '../src/ingest/leave.ts';
import { account, author, dependants, sections, space, thread } from '../src/ingest/recompute.ts';
import { unban } from '../src/ingest/unban.ts';
import { Listeners } from '../src/listen/listeners.ts';
import { cardMaker } from '../src/media/cards.ts';
import { prefetchJob } from '../src/media/prefetch.ts';
import { sweepJob } from '../src/media/sweep.ts';
import type { IndexerPort } from '../src/ports/indexer.ts';
import type { Door, ListenersPort } from '../src/ports/listeners.ts';
import { type ReadContext, readChanges, SpaceCache } from '../src/reads/index.ts';
import { backfillJob } from '../src/sync/backfill.ts';
import { discoverJob } from '../src/sync/discover.ts';
import { confirmJob, resolveJob } from '../src/sync/jobs.ts';
import { proveJob } from '../src/sync/prove.ts';
import { baseOf } from '../src/views/address.ts';
import type { WebContext } from '../src/web/app.ts';
import type { OperatorContext } from '../src/xrpc/operator.ts';
import { type Askers, askers, clock, keysOf } from './askers.ts';
import { allows, audienceOf, type Config, instanceDid, readConfig } from './config.ts';

export interface Env {
  DB: D1Database;
  MEDIA: R2Bucket;
  INDEXER: DurableObjectNamespace<IndexerObject>;
  LISTENERS: DurableObjectNamespace<ListenersObject>;
  ACCOUNTS: DurableObjectNamespace<AccountsObject>;
  GROUPS: DurableObjectNamespace<GroupsObject>;
  SIGN_INS: DurableObjectNamespace<SignInsObject>;
  FOUNDINGS: DurableObjectNamespace<FoundingsObject>;
  BLOBS: DurableObjectNamespace<MediaNamespaceObject>;
  /** Absent where the deployment has none: then images are shown as they are. */
  IMAGES?: ImagesBinding;
}

export type Execution = Pick<ExecutionContext, 'waitUntil'>;

let configured: { env: Env; config: Config } | null = null;

/** Read once for each isolate, whose variables do not change. */
export function configOf(env: Env): Config {
  if (configured?.env !== env) configured = { env, config: readConfig({ ...env }) };
  return configured.config;
}

const listenersOf = (env: Env): ListenersPort => listenersPort(env.LISTENERS);

export const indexerOf = (env: Env): IndexerPort => indexerPort(env.INDEXER);

export function wireIndexer(storage: DurableObjectStorage, env: Env): IndexerService {
  const config = configOf(env);
  const db = env.DB;
  const admission = new Admission(db, clock, allows(config.allowedCollections), config.prefetchBytes > 0);
  const asking = askers(config);
  const handlers: JobHandlers = {
    ...{ account, author, dependants, erase, leave, sections, space, thread, heal, reread, block, unban },
    ...{ resolve: resolveJob(asking), confirm: confirmJob(asking), prove: proveJob(asking) },
    discover: discoverJob({ relay: asking.relay, relays: config.relayUrls, instances: config.peerInstances }),
    backfill: backfillJob({ ...asking, allowed: allows(config.allowedCollections) }),
    ...mediaJobs(env, config),
  };
  const follower: Follower = new Follower({
    ...{ line: lineTo(config, db, asking), keep: keepPort(storage), clock, random: Math.random, admission, log },
    jobs: new JobRunner({ db, clock, admission }, handlers),
  });
  const listening = new Listening({ keep: listeningKeep(storage), listeners: listenersOf(env), log });
  const lost = (error: unknown): void => log('who listens is not known', { error: describe(error) });
  admission.onChanged = (spaces) => void listening.changed(spaces).catch(lost);
  const { followMode: mode, drainMs } = config;
  const keepers = new Keepers({ db, clock, admission });
  return new IndexerService({ follower, keepers, db, clock, alarm: alarmPort(storage), listening, mode, drainMs, log });
}

function mediaJobs(env: Env, { mediaGraceMs: graceMs, prefetchBytes: budgetBytes }: Config) {
  const objects = mediaPort(env.BLOBS);
  const sweep = sweepJob({ store: blobStore(env.MEDIA), objects, graceMs });
  return { sweep, prefetch: prefetchJob({ objects, budgetBytes }) };
}

export function wireListeners(door: Door, env: Env): Listeners {
  const db = env.DB;
  const config = configOf(env);
  const source = { db, allowed: allows(config.allowedCollections) };
  return new Listeners({
    ...{ door, db, clock, indexer: indexerOf(env), here: instanceDid(config), log },
    read: (space, after) => readChanges(source, space, after),
    wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  });
}

/** What the indexer follows the network by. */
function lineTo(config: Config, db: D1Database, asking: Askers): (hooks: LineHooks) => Line {
  const { jetstreamUrls: urls, lookbackMs, pdsSockets: sockets, pdsPollMs: pollMs } = config;
  const common = { clock, random: Math.random, log };
  if (config.followSource === 'pds') {
    const deps = { ...common, ...asking, streams: pdsStreams(asking.out), db, sockets, pollMs };
    return (hooks) => new PdsLine(deps, hooks);
  }
  const deps = { ...common, streams: jetstreams(asking.out), urls, lookbackMs };
  return (hooks) => new JetstreamLine(deps, hooks);
}

const spaces = new SpaceCache();

/** What one request is given. `db` is given apart, so that it can be metered. */
export function readContext(env: Env, db: D1Database, execution: Execution): ReadContext {
  const config = configOf(env);
  return {
    ...{ db, viewer: null, now: clock.now(), indexer: indexerOf(env), spaces },
    later: (work) => execution.waitUntil(work),
    allowed: allows(config.allowedCollections),
    instance: instanceDid(config),
  };
}

/** What everything that writes for somebody needs. */
const ownDeps = (env: Env, db: D1Database, { accounts, groups, identity }: SignInDeps): OwnDeps => ({
  ...{ accounts, groups, identity, db, indexer: indexerOf(env), clock, log },
});

export function webContext(
  env: Env,
  db: D1Database,
  execution: Execution,
  auth: SignInDeps,
): Omit<WebContext, 'methods' | 'founding'> {
  const { instanceHosts, development, legalContact, memberNames, recommendedPds, resizeImages } = configOf(env);
  const requestId = crypto.randomUUID();
  const fault = (error: unknown): void => log('a page failed', { requestId, error: describe(error) });
  const resizes = resizeImages && env.IMAGES !== undefined;
  const cards = cardMaker({ store: blobStore(env.MEDIA), draw });
  return {
    read: readContext(env, db, execution),
    auth,
    own: ownDeps(env, db, auth),
    instanceHosts,
    resizes,
    cards,
    legalContact,
    memberNames,
    recommendedPds,
    development,
    requestId,
    spent: null,
    fault,
  };
}

export function xrpcContext(
  env: Env,
  db: D1Database,
  execution: Execution,
  request: Request,
  auth: SignInDeps,
): Omit<OperatorContext, 'version' | 'operator' | 'foundings'> {
  const config = configOf(env);
  const read = readContext(env, db, execution);
  const { instanceHosts, adminToken } = config;
  return {
    ...read,
    ...{ request, requestId: crypto.randomUUID(), instanceHosts, adminToken },
    ...{ base: baseOf(request.url), keys: keysOf(config), listeners: listenersOf(env) },
    ...{ tokens: accountsPort(env.ACCOUNTS), audience: audienceOf(config, request.url) },
    ...{ own: ownDeps(env, db, auth), signIns: auth.signIns },
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
