/** `npm run dev`: the Worker alone, as its variables say, or words about what they do not say. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const state = mkdtempSync(join(tmpdir(), 'dev-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

/** What it said, once it is ready or has ended. */
async function dev(...vars: string[]): Promise<{ said: string; running: ChildProcess; ended: Promise<number | null> }> {
  const given = vars.flatMap((text) => ['--var', text]);
  const running = spawn(process.execPath, ['--import', 'tsx', 'src/cli/dev.ts', ...given], {
    env: { ...process.env, STATE_DIR: state, PORT: '' },
  });
  let said = '';
  const ended = new Promise<number | null>((resolve) => running.once('close', resolve));
  const ready = new Promise<void>((resolve) => {
    for (const stream of [running.stdout, running.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (/^ready /m.test(said)) resolve();
      });
    }
  });
  await Promise.race([ready, ended]);
  return { said, running, ended };
}

test('runs the Worker alone, and Ctrl-C ends it', async () => {
  const { said, running, ended } = await dev('JETSTREAM_URLS:ws://127.0.0.1:1/subscribe', 'INSTANCE_HOSTS:a.example');
  const [, origin] = /^ready (http:\/\/localhost:\d+)$/m.exec(said) ?? [];
  expect((await fetch(`${origin}/xrpc/_health`)).status).toBe(200);
  running.kill('SIGINT');
  expect(await ended).toBe(0);
}, 60_000);

test('says which variable cannot be read, instead of being ready', async () => {
  const { said, ended } = await dev('FOLLOW_MODE:sometimes');
  expect(await ended).toBe(2);
  expect(said).toContain('FOLLOW_MODE must be adaptive, live or drain, not "sometimes"');
  expect(said).not.toContain('ready');
}, 60_000);
