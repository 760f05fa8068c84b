/** Counts the rows that the indexer writes: all of them go through batches. */
import { Indexer as Deployed } from '../../../workers/app.ts';
import type { Env } from '../../../workers/wire.ts';

let rows = 0;

/** Since the last time this was asked. */
export function rowsWritten(): number {
  const counted = rows;
  rows = 0;
  return counted;
}

function counting(db: D1Database): D1Database {
  return {
    prepare: (query: string) => db.prepare(query),
    async batch<T>(statements: D1PreparedStatement[]) {
      const results = await db.batch<T>(statements);
      for (const { meta } of results) rows += meta.rows_written;
      return results;
    },
  } as D1Database;
}

export class Indexer extends Deployed {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, { ...env, DB: counting(env.DB) });
  }
}
