/** Brings a local D1 up to date, and notes it the way `wrangler d1 migrations` does, so that both agree. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Miniflare } from 'miniflare';
import { unstable_splitSqlQuery as splitStatements } from 'wrangler';

type Database = Awaited<ReturnType<Miniflare['getD1Database']>>;

const TABLE = `create table if not exists d1_migrations (id integer primary key autoincrement, name text unique,
  applied_at timestamp default current_timestamp not null)`;

/** Returns the names of those applied now. */
export async function migrate(db: Database, folder = 'migrations'): Promise<string[]> {
  await db.prepare(TABLE).run();
  const { results } = await db.prepare('select name from d1_migrations').all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  const missing = files.filter((file) => !applied.has(file)).sort();
  for (const file of missing) {
    const statements = splitStatements(readFileSync(join(folder, file), 'utf8'));
    const note = db.prepare('insert into d1_migrations (name) values (?)').bind(file);
    await db.batch([...statements.map((statement) => db.prepare(statement)), note]);
  }
  return missing;
}
