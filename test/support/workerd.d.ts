/** Names of workerd that files under test on Node may mention. Taking all of its globals would clash with Node's. */
import type * as workerd from '@cloudflare/workers-types';

declare global {
  type D1Database = workerd.D1Database;
  type DurableObjectNamespace<T extends workerd.Rpc.DurableObjectBranded | undefined = undefined> =
    workerd.DurableObjectNamespace<T>;
  type D1PreparedStatement = workerd.D1PreparedStatement;
  type D1Result<T = unknown> = workerd.D1Result<T>;
  type ExecutionContext = workerd.ExecutionContext;
  type R2Bucket = workerd.R2Bucket;
  interface Response {
    readonly webSocket: WebSocket | null;
  }
  interface WebSocket {
    accept(): void;
  }
}
