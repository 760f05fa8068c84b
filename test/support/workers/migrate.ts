/** Runs before each test file inside workerd, whose storage is its own: all migrations in one round trip. */
import { env } from 'cloudflare:workers';

const statements = env.TEST_MIGRATIONS.flatMap(({ queries }) => queries);
await env.DB.batch(statements.map((statement) => env.DB.prepare(statement)));
