// The Worker: every request, the watchdog, and the Durable Objects.
import { configOf, type Env, indexerOf } from './wire.ts';

export { Indexer } from './indexer.ts';

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const config = configOf(env);
    return Response.json({
      hosts: config.instanceHosts,
      status: await indexerOf(env).status(),
      host: new URL(request.url).host,
    });
  },
  /** Re-arms the indexer's alarm should it be lost or stuck in the past. */
  async scheduled(_event: ScheduledController, env: Env): Promise<void> {
    await indexerOf(env).watch();
  },
} satisfies ExportedHandler<Env>;
