/** The Worker as it is deployed; beside it, under `/oracle/`, what a simulator does to it. */
import type { RecordEvent } from '../../../src/domain/event.ts';
import type { NewSpace } from '../../../src/ports/indexer.ts';
import app, { Indexer as Deployed } from '../../../workers/app.ts';
import type { Env as AppEnv } from '../../../workers/wire.ts';
import { type Failing, fail, failed, failing } from './failing.ts';

export { Accounts, Blobs, Foundings, Groups, Listeners, SignIns } from '../../../workers/app.ts';

export interface Env extends Omit<AppEnv, 'INDEXER'> {
  INDEXER: DurableObjectNamespace<Indexer>;
}

export class Indexer extends Deployed {
  private readonly storage: DurableObjectStorage;
  private readonly db: D1Database;
  private readonly end: () => void;

  constructor(ctx: DurableObjectState, env: AppEnv) {
    const end = (): void => ctx.abort('the oracle ends this object');
    super(ctx, { ...env, DB: failing(env.DB, end) });
    this.end = end;
    this.db = env.DB;
    this.storage = ctx.storage;
  }

  /** All that it knew is gone, save what is committed. */
  die(): void {
    this.end();
  }

  /** The alarm, now. */
  tick(): Promise<void> {
    return this.alarm();
  }

  /** To be called of one that has not begun to follow. */
  async wipe(): Promise<void> {
    const tables = await this.db
      .prepare(`select name from sqlite_master where type = 'table' and name not glob 'sqlite_*' and name not glob 'd1_*'
        and name not glob '_cf_*' and name not glob 'search_*' order by name = 'post' desc`)
      .all<{ name: string }>();
    await this.db.batch(tables.results.map(({ name }) => this.db.prepare(`delete from "${name}"`)));
    await this.storage.deleteAll();
    await this.storage.deleteAlarm();
  }
}

const PREFIX = '/oracle/';
const NOTHING = {};

/** `POST /oracle/<name>` with its parameter as JSON. */
async function oracle(name: string, given: unknown, env: Env): Promise<object> {
  const indexer = env.INDEXER.get(env.INDEXER.idFromName('indexer'));
  switch (name) {
    case 'die':
      await indexer.die().catch(() => undefined);
      return NOTHING;
    case 'wipe':
      fail(null);
      await indexer.wipe();
      return NOTHING;
    case 'tick':
      await indexer.tick();
      return NOTHING;
    case 'set-cursor':
      await env.DB.prepare('update stream set cursor = ?, exact = 1').bind(given).run();
      return NOTHING;
    case 'fail':
      fail(given as Failing | null);
      return NOTHING;
    case 'failed':
      return failed;
    case 'admit':
      return await indexer.admit(given as RecordEvent[]);
    case 'add-space':
      await indexer.addSpace(given as NewSpace);
      return NOTHING;
    case 'remove-space':
      await indexer.removeSpace(given as string);
      return NOTHING;
    default:
      throw new Error(`nothing answers to ${name}`);
  }
}

export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(PREFIX)) return app.fetch(request, env as unknown as AppEnv, ctx);
    try {
      return Response.json(await oracle(pathname.slice(PREFIX.length), await request.json(), env));
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
} satisfies ExportedHandler<Env>;
