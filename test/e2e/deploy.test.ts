/** `npm run deploy -- --dry-run` with the real wrangler, offline. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a dry run names every step and the size of the bundle, and needs no network', async () => {
  const args = ['run', '-s', 'deploy', '--', '--dry-run', '--host', 'club.example.org', '--space', 'club.example.org'];
  const { stdout } = await promisify(execFile)('npm', args, { maxBuffer: 10_000_000 });
  for (const step of ['wrangler deploy', 'migrations apply', 'INSTANCE_KEY', 'ADMIN_TOKEN', 'DNS']) {
    expect(stdout).toContain(step);
  }
  const size = /Worker: ([\d.]+) KiB, ([\d.]+) KiB with gzip/.exec(stdout);
  expect(Number(size?.[2])).toBeGreaterThan(50);
  // The platform takes 3 MB on its free plan.
  expect(Number(size?.[2])).toBeLessThan(2_000);
});
