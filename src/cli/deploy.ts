/** `npm run deploy`: an instance on Cloudflare, from nothing or from an older version, in one command that can be repeated. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { codeWords, type FoundingCode } from './admin/founding.ts';
import { type AdminSpace, addedWords } from './admin/words.ts';
import { type DeployArguments, HELP, parseDeploy } from './deploy/arguments.ts';
import {
  allDomains,
  deployCommand,
  dnsWords,
  LIST_SECRETS,
  MIGRATE,
  putSecret,
  SECRETS,
  type Size,
  sizeWords,
  steps,
  WHO,
} from './deploy/steps.ts';
import { askWrangler, runDeploy, runWrangler, tellWrangler } from './deploy/wrangler.ts';
import { askInstance, DEPLOYED_FILE, readDeployed, writeDeployed } from './shared/instance.ts';
import { CommandError, EXIT, runCommand, say, sayJson } from './shared/terminal.ts';
import { newSecrets } from './start/secrets.ts';
import { runBundler } from './worker/bundle.ts';

async function measure(): Promise<Size> {
  const out = mkdtempSync(join(tmpdir(), 'commonplace-deploy-'));
  try {
    await runBundler(out);
    const parts = readdirSync(out).filter((file) => !/\.(?:map|md)$/.test(file));
    const contents = parts.map((file) => readFileSync(join(out, file)));
    const sum = (sizes: number[]): number => sizes.reduce((total, size) => total + size, 0);
    return {
      bytes: sum(contents.map(({ length }) => length)),
      gzipBytes: sum(contents.map((content) => gzipSync(content).length)),
    };
  } finally {
    rmSync(out, { recursive: true });
  }
}

function dryRun(wanted: DeployArguments, size: Size): void {
  const planned = steps(wanted, readDeployed()?.domains ?? null);
  const lines = planned.map(({ what, wrangler }, index) => {
    const command = wrangler ? `\n     wrangler ${wrangler.join(' ')}` : '';
    return `${String(index + 1).padStart(2)}. ${what}${command}`;
  });
  say('This would be done:', '', ...lines, '', ...dnsWords(wanted), '', sizeWords(size));
  if (wanted.json) sayJson({ ...size, steps: planned });
}

interface Target {
  /** Address of the instance. */
  url: string;
  domains: string[];
}

/** Domains from before: those noted here, and those of spaces added since, as far as the instance can be asked. */
async function domainsBefore(): Promise<string[]> {
  const deployed = readDeployed();
  if (!deployed) return [];
  const listed = askInstance<{ spaces: AdminSpace[] }>(deployed, 'listSpaces');
  // A broken instance must not keep its own repair from being deployed.
  const { spaces } = await listed.catch(() => ({ spaces: [] }));
  return [...new Set([...deployed.domains, ...spaces.flatMap(({ hosts }) => hosts)])];
}

async function deploy(wanted: DeployArguments): Promise<Target> {
  const { instanceHosts } = wanted;
  const domains = allDomains(wanted, await domainsBefore());
  const targets = await runDeploy(deployCommand(instanceHosts, domains));
  const before = readDeployed();
  if (instanceHosts[0] !== undefined) return { url: `https://${instanceHosts[0]}`, domains };
  if (before) return { url: before.url, domains };
  const address = targets.find((target) => target.includes('.workers.dev'));
  if (address === undefined) {
    throw new CommandError(
      'The Worker has no workers.dev address. Name a hostname for it: --instance-host home.example.com',
    );
  }
  const { origin, hostname } = new URL(address);
  await runDeploy(deployCommand([hostname], domains));
  return { url: origin, domains };
}

/** The admin token, when it was made now or is known from before. */
async function makeSecrets(target: Target): Promise<string | null> {
  const listed = JSON.parse(await askWrangler(LIST_SECRETS)) as { name: string }[];
  const missing = SECRETS.filter((name) => !listed.some((secret) => secret.name === name));
  const made = newSecrets();
  const isNew = missing.includes('ADMIN_TOKEN');
  const adminToken = isNew ? made.ADMIN_TOKEN : (process.env.ADMIN_TOKEN ?? readDeployed()?.adminToken ?? null);
  // Noted before it is handed over: afterwards nobody could read it again.
  if (adminToken !== null) writeDeployed({ ...target, adminToken });
  for (const name of missing) {
    say(`Making ${name} ...`);
    await tellWrangler(putSecret(name), made[name]);
  }
  const where = `The admin token is in ${DEPLOYED_FILE}, which git ignores: "npm run admin" finds it there.`;
  if (isNew) say(`${where} Keep a copy in a safe place.`);
  return adminToken;
}

const PATIENCE_MS = 120_000;

/** False when the name does not lead there yet. */
async function answers(url: string): Promise<boolean> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const response = await fetch(`${url}/xrpc/_health`, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
    if (response?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
  return false;
}

async function run(wanted: DeployArguments): Promise<void> {
  const size = await measure();
  if (wanted.dryRun) return dryRun(wanted, size);
  say(sizeWords(size));
  await runWrangler(WHO);
  const isNew = readDeployed() === null;
  // An earlier Worker can do with tables that have more; a new one cannot do with tables that have less.
  if (!isNew) await runWrangler(MIGRATE);
  const target = await deploy(wanted);
  const { url } = target;
  // Only a deployment makes the database.
  if (isNew) await runWrangler(MIGRATE);
  const adminToken = await makeSecrets(target);
  say(`Waiting until ${url} answers ...`);
  if (!(await answers(url))) {
    say(...dnsWords(wanted));
    throw new CommandError(
      `${url} does not answer yet. When its name does, run this again.`,
      EXIT.unreachable,
      'Unreachable',
    );
  }
  await addFirstSpace(wanted, url, adminToken);
  say('', ...dnsWords(wanted), '', `The instance is at ${url}`, ...(await foundingWords(url, adminToken)));
  if (wanted.json) sayJson({ instance: url, ...size });
}

/** Nothing depends on it: the code can be had at any time. */
async function foundingWords(url: string, adminToken: string | null): Promise<string[]> {
  if (adminToken === null) return [];
  const code = askInstance<FoundingCode>({ url, adminToken }, 'createFoundingCode', {});
  return code.then(
    (made) => [codeWords(made)],
    () => [],
  );
}

async function addFirstSpace(
  { space, hosts, visibility }: DeployArguments,
  url: string,
  adminToken: string | null,
): Promise<void> {
  if (space === undefined) return;
  if (adminToken === null) {
    throw new CommandError(
      `The space was not added: the admin token is not known here. Set ADMIN_TOKEN and run this again.`,
    );
  }
  const input = { subject: space, hosts, visibility };
  const added = await askInstance<Parameters<typeof addedWords>[0]>({ url, adminToken }, 'addSpace', input);
  say(...addedWords(added));
}

const json = process.argv.includes('--json');
await runCommand(
  async () => {
    const wanted = parseDeploy(process.argv.slice(2));
    if (wanted.help) return say(HELP);
    await run(wanted);
  },
  { json },
);
