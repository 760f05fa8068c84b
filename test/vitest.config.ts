/** `unit` runs on Node, `workers` in workerd with its D1, R2 and Durable Objects, `e2e` against a running instance. */
import { fileURLToPath } from 'node:url';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const inWorkerd = 'test/**/*.workers.test.ts';
const endToEnd = 'test/e2e/**/*.test.ts';

const NOBODY = 'http://127.0.0.1:9';

process.env.WRANGLER_SEND_METRICS = 'false';

export default defineConfig({
  root,
  test: {
    maxWorkers: 2,
    // What hangs ends some time; how fast a test is on a busy machine says nothing.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    reporters: ['default', './test/support/summary-reporter.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [inWorkerd, endToEnd] },
      },
      {
        extends: true,
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations(`${root}/migrations`),
                // Nobody answers there: tests ask this machine alone.
                ...{
                  PLC_URL: NOBODY,
                  HANDLE_RESOLVER: NOBODY,
                  DOH_URL: NOBODY,
                  RELAY_URLS: 'none',
                  JETSTREAM_URLS: NOBODY,
                },
              },
            },
          })),
        ],
        test: {
          name: 'workers',
          include: [inWorkerd],
          setupFiles: ['./test/support/workers/migrate.ts'],
          // CommonJS that says it is a module of the other kind: bundled as the deployment does it.
          deps: { optimizer: { ssr: { enabled: true, include: ['obscenity'] } } },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: [endToEnd],
          // Two running instances at a time, one for each core: after all the others.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
