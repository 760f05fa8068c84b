/** Running wrangler: seen by whoever deploys, or silently for its answer. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CommandError, EXIT } from '../shared/terminal.ts';
import { WRANGLER } from '../worker/bundle.ts';

const quiet = { ...process.env, WRANGLER_SEND_METRICS: 'false' };

/** On the terminal, because it asks before it takes over a DNS record or another Worker's domain; it does not without one. */
export async function runWrangler(args: string[], env: Record<string, string> = {}): Promise<void> {
  const child = spawn(process.execPath, [WRANGLER, ...args], { stdio: 'inherit', env: { ...quiet, ...env } });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw failed(args);
}

/** Where the Worker now answers. */
export async function runDeploy(args: string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'commonplace-deploy-'));
  const file = join(folder, 'output.ndjson');
  try {
    await runWrangler(args, { WRANGLER_OUTPUT_FILE_PATH: file });
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as { type: string; targets?: string[] });
    return entries.find(({ type }) => type === 'deploy')?.targets ?? [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function askWrangler(args: string[]): Promise<string> {
  try {
    const options = { env: { ...quiet, CI: 'true', NO_COLOR: '1' }, maxBuffer: 10_000_000 };
    return (await promisify(execFile)(process.execPath, [WRANGLER, ...args], options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    process.stderr.write(`${stdout}${stderr}`);
    throw failed(args);
  }
}

/** A secret goes through a pipe: it is in no argument, no environment and no output. */
export async function tellWrangler(args: string[], secret: string): Promise<void> {
  const options = { stdio: ['pipe', 'ignore', 'inherit'] as const, env: quiet };
  const child = spawn(process.execPath, [WRANGLER, ...args], { ...options, stdio: [...options.stdio] });
  child.stdin?.end(`${secret}\n`);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw failed(args);
}

const failed = (args: string[]): CommandError =>
  new CommandError(
    `"wrangler ${args.join(' ')}" failed; what it said stands above. When that is put right, run this again: it goes on where it stopped.`,
    EXIT.refused,
    'WranglerFailed',
  );
