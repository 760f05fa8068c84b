/** Watches the indexer write, all of which goes through batches: how many rows, and when it has come how far. */
import { Indexer as Deployed } from '../../../workers/app.ts';
import type { Env } from '../../../workers/wire.ts';

let rows = 0;
/** When the last batch was written, and who waits for the next. */
let writtenAt = 0;
const watching: (() => void)[] = [];

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
      writtenAt = Date.now();
      for (const written of watching.splice(0)) written();
      return results;
    },
  } as D1Database;
}

export class Indexer extends Deployed {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, { ...env, DB: counting(env.DB) });
  }

  /** When the batch was written that brought the cursor there. Nothing is asked meanwhile: that would cost time as well. */
  async until(endUs: number): Promise<number> {
    for (;;) {
      const at = writtenAt;
      if (((await this.status()).cursorUs ?? 0) >= endUs) return at;
      if (at === writtenAt) await new Promise<void>((written) => watching.push(written));
      // The position follows the batch by some turns.
      await new Promise((done) => setTimeout(done, 1));
    }
  }
}
