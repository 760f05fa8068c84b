/** A real D1 (workerd's SQLite, by Miniflare) with the migrations applied, driven from Node. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';

const migrations = fileURLToPath(new URL('../../migrations/', import.meta.url));

/** Every statement of migrations/, in order. */
export function migrationStatements(): string[] {
  const files = readdirSync(migrations).filter((name) => name.endsWith('.sql'));
  return files.sort().flatMap((name) => readFileSync(migrations + name, 'utf8').split('--> statement-breakpoint'));
}

export interface TestDatabase {
  db: D1Database;
  stop(): Promise<void>;
}

export async function openDatabase(): Promise<TestDatabase> {
  const script = 'export default { fetch: () => new Response() }';
  const options = { modules: true, script, d1Databases: ['DB'], compatibilityDate: '2026-11-01' };
  const miniflare = new Miniflare(convertV4MiniflareOptions(options));
  const db = (await miniflare.getD1Database('DB')) as unknown as D1Database;
  await db.batch(migrationStatements().map((statement) => db.prepare(statement)));
  return { db, stop: () => miniflare.dispose() };
}
