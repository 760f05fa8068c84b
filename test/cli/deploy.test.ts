/** `npm run deploy` against a wrangler that only takes notes, and an instance that only answers. */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeployArguments, parseDeploy } from '../../src/cli/deploy/arguments.ts';
import { allDomains, deployCommand, dnsWords, sizeWords, steps } from '../../src/cli/deploy/steps.ts';

const FAKE_WRANGLER = `
const { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const [command, verb] = args;
let input = '';
const read = (name) => (existsSync(name) ? readFileSync(name, 'utf8') : '');
const done = () => {
  appendFileSync('calls.ndjson', JSON.stringify({ args, input }) + '\\n');
  if (args.includes('--outdir')) writeFileSync(args[args.indexOf('--outdir') + 1] + '/app.js', 'x'.repeat(2048));
  else if (command === 'deploy') writeFileSync(process.env.WRANGLER_OUTPUT_FILE_PATH,
    JSON.stringify({ type: 'wrangler-session' }) + '\\n' + JSON.stringify({ type: 'deploy', targets: [process.env.FAKE_TARGET] }) + '\\n');
  if (command === 'secret' && verb === 'list')
    console.log(JSON.stringify(read('secrets').split('\\n').filter(Boolean).map((name) => ({ name, type: 'secret_text' }))));
  if (command === 'secret' && verb === 'put') appendFileSync('secrets', args[2] + '\\n');
  process.exit(read('fails') === command ? 1 : 0);
};
if (verb === 'put') process.stdin.on('data', (part) => (input += part)).on('end', done);
else done();
`;

interface Call {
  args: string[];
  input: string;
}

describe('the script', () => {
  let folder: string;
  let server: Server;
  let asked: { url: string; token: string | undefined; body: unknown }[];

  beforeEach(async () => {
    asked = [];
    folder = mkdtempSync(join(tmpdir(), 'deploy-'));
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
    const wrangler = join(folder, 'node_modules/.bin/wrangler');
    writeFileSync(wrangler, FAKE_WRANGLER);
    chmodSync(wrangler, 0o755);
    server = createServer(async (request, response) => {
      let text = '';
      for await (const part of request) text += part;
      const body = text === '' ? null : JSON.parse(text);
      asked.push({ url: request.url ?? '', token: request.headers.authorization, body });
      const space = {
        did: 'did:plc:x',
        hosts: ['club.example.com'],
        url: 'https://club.example.com/',
        displayName: 'Club',
      };
      const view = { ...space, visibility: 'public', postCount: 0, replyCount: 0, memberCount: 0, recordCount: 3 };
      const code = { code: 'a-code', url: `${origin()}/setup?code=a-code`, expiresAt: '2026-11-21T00:00:00.000Z' };
      response.end(JSON.stringify({ version: '0', space: view, records: 3, warnings: [], spaces: [view], ...code }));
    }).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
  });
  afterEach(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** The target has the word by which a workers.dev address is known. */
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const calls = (): Call[] =>
    readFileSync(join(folder, 'calls.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  function deploy(...args: string[]): Promise<{ code: number; output: string }> {
    const tsx = pathToFileURL(resolve('node_modules/tsx/dist/loader.mjs')).href;
    const command = ['--import', tsx, resolve('src/cli/deploy.ts'), ...args];
    const { ADMIN_TOKEN: _, ...rest } = process.env;
    const env = { ...rest, FAKE_TARGET: `${origin()}/#x.workers.dev` };
    return new Promise((done) => {
      execFile(process.execPath, command, { cwd: folder, env }, (error, stdout, stderr) => {
        done({ code: error ? Number(error.code) : 0, output: stdout + stderr });
      });
    });
  }

  test('deploys, migrates, makes secrets and adds the first space; run again, it makes nothing twice', async () => {
    const first = await deploy('--space', '@club.example.com', '--host', 'club.example.com');
    expect(first).toMatchObject({ code: 0 });
    const done = calls();
    expect(done.map(({ args }) => args.slice(0, 3).join(' '))).toEqual([
      expect.stringMatching(/^deploy --dry-run --outdir/),
      'whoami',
      'deploy --keep-vars --domain',
      'deploy --keep-vars --var',
      'd1 migrations apply',
      'secret list --format',
      'secret put INSTANCE_KEY',
      'secret put ADMIN_TOKEN',
    ]);
    expect(done[3]?.args).toEqual([
      ...['deploy', '--keep-vars', '--var', 'INSTANCE_HOSTS:127.0.0.1', '--domain', 'club.example.com'],
    ]);
    const [key, token] = done.slice(-2).map(({ input }) => input.trim());
    expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32);
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    for (const secret of [key, token]) {
      expect(first.output).not.toContain(secret);
      for (const { args } of done) expect(args.join(' ')).not.toContain(secret);
    }
    expect(first.output).toContain('.instance.json');
    expect(JSON.parse(readFileSync(join(folder, '.instance.json'), 'utf8'))).toEqual({
      url: origin(),
      domains: ['club.example.com'],
      adminToken: token,
    });
    expect(asked.at(-1)).toMatchObject({ url: '/xrpc/club.commonplace.admin.createFoundingCode' });
    expect(first.output).toContain(`${origin()}/setup?code=a-code`);
    expect(asked.at(-2)).toEqual({
      url: '/xrpc/club.commonplace.admin.addSpace',
      token: `Bearer ${token}`,
      body: { subject: 'club.example.com', hosts: ['club.example.com'] },
    });

    const before = calls().length;
    expect(await deploy('--host', 'other.example.com')).toMatchObject({ code: 0 });
    const again = calls().slice(before);
    expect(again.filter(({ args }) => args[1] === 'put')).toEqual([]);
    // What is deployed then finds its tables.
    expect(again.map(({ args }) => args.slice(0, 2).join(' ')).slice(2, 4)).toEqual([
      'd1 migrations',
      'deploy --keep-vars',
    ]);
    expect(
      again.filter(({ args }) => args[0] === 'deploy' && args[1] === '--keep-vars').map(({ args }) => args),
    ).toEqual([['deploy', '--keep-vars', '--domain', 'other.example.com', '--domain', 'club.example.com']]);
  });

  test('stops where wrangler fails, and says that it can be run again', async () => {
    writeFileSync(join(folder, 'fails'), 'd1');
    const { code, output } = await deploy();
    expect(code).toBe(1);
    expect(output).toContain('run this again');
    expect(calls().at(-1)?.args[0]).toBe('d1');
    expect(existsSync(join(folder, 'secrets'))).toBe(false);
  });

  test('dry changes nothing, asks nobody, and says the size', async () => {
    const { code, output } = await deploy('--dry-run', '--json');
    expect(code).toBe(0);
    expect(calls().map(({ args }) => args.slice(0, 2))).toEqual([['deploy', '--dry-run']]);
    expect(asked).toEqual([]);
    expect(existsSync(join(folder, '.instance.json'))).toBe(false);
    const last = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({ bytes: 2048, gzipBytes: expect.any(Number), steps: expect.any(Array) });
  });
});

const wanted: DeployArguments = { help: false, dryRun: false, json: false, instanceHosts: [], hosts: [] };

describe('the command line', () => {
  test('is understood', () => {
    expect(
      parseDeploy(['--instance-host', 'Home.Example.com', '--space', '@a.example.com', '--host', 'b.example.com']),
    ).toEqual({
      ...wanted,
      instanceHosts: ['home.example.com'],
      space: 'a.example.com',
      hosts: ['b.example.com'],
    });
  });

  test.each([
    [['--space', 'a.example.com'], '--host'],
    [['--host', 'https://a.example.com'], 'hostname'],
    [['--host', 'a.example.com:8787'], 'hostname'],
    [['--host=--domain.x'], 'hostname'],
    [['--instance-host', 'localhost'], 'hostname'],
    [['--visibility', 'private'], '--space'],
    [['--space', 'a.example.com', '--host', 'a.example.com', '--visibility', 'secret'], 'public, unlisted'],
    [['--nonsense'], 'nonsense'],
    [['nonsense'], 'nonsense'],
  ])('%j is refused in words', (argv, words) => {
    expect(() => parseDeploy(argv)).toThrow(words);
  });
});

test('Cloudflare is told every domain, those from before too, or none', () => {
  const all = allDomains({ instanceHosts: ['home.example.com'], hosts: ['a.example.com'] }, [
    'a.example.com',
    'b.example.com',
  ]);
  expect(all).toEqual(['home.example.com', 'a.example.com', 'b.example.com']);
  expect(deployCommand([], [])).toEqual(['deploy', '--keep-vars']);
});

test('a dry run has a step for everything that a real one does', () => {
  const adding = { ...wanted, space: 'a.example.com', hosts: ['a.example.com'] };
  const commands = (before: string[] | null): (string | undefined)[] =>
    steps(adding, before).flatMap(({ wrangler }) => wrangler?.slice(0, 2).join(' ') ?? []);
  const secrets = ['secret list', 'secret put', 'secret put'];
  expect(commands(null)).toEqual(['whoami', 'deploy --keep-vars', 'd1 migrations', ...secrets]);
  expect(commands([])).toEqual(['whoami', 'd1 migrations', 'deploy --keep-vars', ...secrets]);
  expect(steps(adding, null).at(-1)?.what).toContain('a.example.com');
});

test('what remains to be done about names is said', () => {
  expect(dnsWords({ instanceHosts: [], hosts: [] }).join('\n')).toContain('workers.dev');
  expect(dnsWords({ instanceHosts: [], hosts: ['a.example.com'] }).join('\n')).toMatch(/nameservers[\s\S]*atproto-did/);
});

test.each([
  [100_000, 'fits the Free plan'],
  [4_000_000, 'too large for the Free plan'],
  [11_000_000, 'too large (10 MiB)'],
])('%d bytes: %s', (gzipBytes, words) => expect(sizeWords({ bytes: 4 * gzipBytes, gzipBytes })).toContain(words));
