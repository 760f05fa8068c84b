/** The Worker as wrangler bundles it for a deployment, ready for workerd. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export interface Module {
  type: 'ESModule' | 'Text' | 'Data' | 'CompiledWasm';
  path: string;
  contents: Uint8Array;
}

export interface Bundle {
  /** The entry first. */
  modules: Module[];
}

const MODULE_TYPES: [ending: RegExp, type: Module['type']][] = [
  [/\.m?js$/, 'ESModule'],
  [/\.(?:css|txt|html|sql|svg)$/, 'Text'],
  [/\.wasm$/, 'CompiledWasm'],
  [/\.(?:bin|woff2|png|ico)$/, 'Data'],
];

export const WRANGLER = resolve('node_modules/.bin/wrangler');

/** About a second; the same sources are bundled once per process. */
export function bundleWorker(): Promise<Bundle> {
  bundling ??= bundleOnce();
  return bundling;
}
let bundling: Promise<Bundle> | undefined;

/** The sources have changed. */
export function forgetBundle(): void {
  bundling = undefined;
}

const bundleOnce = async (): Promise<Bundle> => ({ modules: await modulesOf() });

/** Another entry than the deployed one, and other sources than these. */
export interface BundledFrom {
  entry?: string;
  root?: string;
}

/** The entry, `app.js`, first. */
export async function modulesOf(from: BundledFrom = {}): Promise<Module[]> {
  const out = mkdtempSync(join(tmpdir(), 'commonplace-bundle-'));
  try {
    await runBundler(out, from);
    const modules = readdirSync(out).flatMap((file): Module[] => {
      const type = MODULE_TYPES.find(([ending]) => ending.test(file))?.[1];
      return type ? [{ type, path: file, contents: readFileSync(join(out, file)) }] : [];
    });
    return modules.sort((a, b) => Number(b.path === 'app.js') - Number(a.path === 'app.js'));
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** Writes the bundle to a folder without deploying it. Returns what wrangler says of it. */
export async function runBundler(out: string, { entry, root = '.' }: BundledFrom = {}): Promise<string> {
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1', FORCE_COLOR: '0' };
  try {
    const args = [WRANGLER, 'deploy', ...(entry ? [entry] : []), '--dry-run', '--outdir', out];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: 10_000_000 });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`The Worker could not be bundled.\n${stdout}${stderr}`.trim(), { cause: error });
  }
}
