/** The Worker as it is deployed, and beside it, under `/bench/`, what the benches ask for. */
import app from '../../../workers/app.ts';
import type { Env as AppEnv } from '../../../workers/wire.ts';
import { admitLines, measureKind } from './admit.ts';
import { fixedPage } from './one-query.ts';
import { cacheMatch, countingEnv, keepYardstick, operations } from './stored.ts';
import { follow, held, prepare, tell } from './stream.ts';
import { rowsWritten } from './written.ts';
import type { Yardstick } from './yardstick.ts';

export { Accounts, Foundings, Groups, Listeners, SignIns } from '../../../workers/app.ts';
export { Blobs } from './stored.ts';
export { Indexer } from './written.ts';
export { Yardstick } from './yardstick.ts';

export interface Env extends AppEnv {
  YARDSTICK: DurableObjectNamespace<Yardstick>;
}

const PREFIX = '/bench/';

const kept = async ({ url }: { url: string }, env: Env, ctx: ExecutionContext): Promise<Response> =>
  app.fetch(new Request(url), countingEnv(env), ctx);

/** `POST /bench/<name>` with its parameters as JSON. */
async function bench(name: string, request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  const yardstick = env.YARDSTICK.get(env.YARDSTICK.idFromName('bench'));
  switch (name) {
    case 'prepare':
      return Response.json(await prepare(env, await request.json()));
    case 'follow':
      return Response.json(await follow(env, await request.json()));
    case 'held':
      return Response.json(await held(env.DB, await request.json()));
    case 'tell':
      return Response.json(await tell(env, await request.json()));
    case 'receive':
      return Response.json(await yardstick.receive(await request.json()));
    case 'keyed':
      return Response.json(await yardstick.insert(await request.json()));
    case 'admit':
      return Response.json(await admitLines(env.DB, await request.text()));
    case 'kind':
      return Response.json(await measureKind(env.DB, await request.json()));
    case 'operations':
      return Response.json({ count: operations() });
    case 'keep':
      await keepYardstick(await kept(await request.json(), env, ctx));
      return Response.json({});
    case 'written':
      return Response.json({ rows: rowsWritten() });
    default:
      return new Response('no such bench', { status: 404 });
  }
}

export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === `${PREFIX}one-query`) return fixedPage(env.DB);
    if (pathname === `${PREFIX}cache-match`) return cacheMatch();
    if (pathname.startsWith(PREFIX)) return bench(pathname.slice(PREFIX.length), request, env, ctx);
    return app.fetch(request, countingEnv(env), ctx);
  },
  scheduled: app.scheduled,
} satisfies ExportedHandler<Env>;
