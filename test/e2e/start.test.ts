/** `npm start` as a newcomer runs it: two living communities, a record written by a real client, Ctrl-C, and again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AtpAgent } from '@atproto/api';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import { launchBrowser } from '../support/chromium.ts';
import { send } from '../support/http.ts';
import { checkPage } from '../web/check-page.ts';
import { signIn } from './browser.ts';
import { eventually } from './harness.ts';

interface Atmosphere {
  pds: string;
  instance: string;
  adminToken: string;
  spaces: { did: string; handle: string; host: string; password: string; collections: string[] }[];
  accounts: { handle: string; did: string; password: string; memberOf: string[]; steward: string[] }[];
}

const state = mkdtempSync(join(tmpdir(), 'start-'));
let running: ChildProcess;
let output = '';
let home: Atmosphere;

async function start(): Promise<void> {
  output = '';
  running = spawn('npm', ['start'], { env: { ...process.env, STATE_DIR: state }, stdio: ['ignore', 'pipe', 'pipe'] });
  const hear = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  running.stdout?.on('data', hear);
  running.stderr?.on('data', hear);
  await eventually(
    async () => output,
    (text) => /^ready http/m.test(text) || running.exitCode !== null,
    170_000,
  );
  expect(output).toMatch(/^ready http:\/\/localhost:\d+$/m);
  expect(output.trimEnd().split('\n').at(-1)).toMatch(/^ready /);
  home = JSON.parse(readFileSync(join(state, 'atmosphere.json'), 'utf8'));
}

/** As Ctrl-C does: the whole foreground group hears of it. */
async function interrupt(): Promise<void> {
  const ended = new Promise((resolve) => running.once('exit', resolve));
  running.kill('SIGINT');
  await ended;
}

beforeAll(start, 180_000);
afterAll(async () => {
  if (running.exitCode === null) await interrupt();
  await rm(state, { recursive: true, force: true });
});

const html = async (host: string, path: string): Promise<string> =>
  (await send(`${home.instance}${path}`, { host })).text();

test('it tells of two communities, a dozen members and how to be one of them', () => {
  expect(home.spaces).toHaveLength(2);
  expect(home.accounts.length).toBeGreaterThanOrEqual(12);
  for (const { did, handle, host, password, collections } of home.spaces) {
    expect([did, handle, host, password]).not.toContain('');
    expect(collections.length).toBeGreaterThan(0);
    expect(output).toContain(host);
  }
  expect(home.accounts.some(({ steward }) => steward.length > 0)).toBe(true);
  expect(output).toContain(home.accounts[0]?.handle);
  expect(output).not.toContain(home.adminToken);
});

test('a record written with @atproto/api is on the page within three seconds, and gone as fast', async () => {
  const [space] = home.spaces;
  const account = home.accounts.find(({ memberOf }) => memberOf.includes(space?.did ?? ''));
  if (!space || !account) throw new Error('no member');
  const agent = new AtpAgent({ service: home.pds });
  await agent.login({ identifier: account.handle, password: account.password });
  const record = {
    $type: NSID.topic,
    space: space.did,
    title: 'Fresh ink',
    text: 'Still wet.',
    createdAt: new Date().toISOString(),
  };
  const { data } = await agent.com.atproto.repo.createRecord({ repo: account.did, collection: NSID.topic, record });
  await eventually(
    () => html(space.host, '/'),
    (page) => page.includes('Fresh ink'),
    3_000,
  );
  const rkey = data.uri.split('/').pop() ?? '';
  await agent.com.atproto.repo.putRecord({
    repo: account.did,
    collection: NSID.topic,
    rkey,
    record: { ...record, title: 'Dry ink' },
  });
  await eventually(
    () => html(space.host, '/'),
    (page) => page.includes('Dry ink'),
    3_000,
  );
  await agent.com.atproto.repo.deleteRecord({ repo: account.did, collection: NSID.topic, rkey });
  await eventually(
    () => html(space.host, '/'),
    (page) => !page.includes('Dry ink'),
    3_000,
  );
});

describe('in a real browser', () => {
  test.each([
    ['a phone', 390, 844],
    ['a desktop', 1280, 900],
  ] as const)(
    'every page is accessible, runs no script and fits %s',
    async (_, width, height) => {
      const browser = await launchBrowser();
      try {
        const context = await browser.newContext({ viewport: { width, height } });
        expect(await walk(await context.newPage())).toEqual([]);
      } finally {
        await browser.close();
      }
    },
    150_000,
  );

  test('who joins the open community is a member at once: its group account is connected', async () => {
    const space = home.spaces.find(({ handle }) => handle.startsWith('terraces'));
    const person = home.accounts.find(({ memberOf }) => memberOf.length === 0);
    if (!space || !person) throw new Error('nobody is left to join');
    const origin = `http://${space.host}:${new URL(home.instance).port}`;
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await signIn(page, `${origin}/login?next=/join`, { ...person, agent: new AtpAgent({ service: home.pds }) });
      await page.getByRole('button', { name: 'Join' }).click();
      await page.getByText('You are a member').first().waitFor();
      const group = new AtpAgent({ service: home.pds });
      const { data } = await group.com.atproto.repo.listRecords({ repo: space.did, collection: NSID.membership });
      expect(data.records.map(({ value }) => value.member)).toContain(person.did);
    } finally {
      await browser.close();
    }
  }, 120_000);

  /** What is wrong with any page, each named. */
  async function walk(page: Page): Promise<string[]> {
    const { port } = new URL(home.instance);
    const found: string[] = [];
    const look = async (url: string, status = 200): Promise<void> => {
      found.push(...(await checkPage(page, url, status)).map((what) => `${url}: ${what}`));
    };
    await look(`${home.instance}/`);
    for (const { host } of home.spaces) {
      const at = (path: string): string => `http://${host}:${port}${path}`;
      await look(at('/?sort=active'));
      const thread = await page.locator('main h2 a').first().getAttribute('href');
      const author = await page.locator('main a[href^="/author/"]').first().getAttribute('href');
      for (const path of ['/', '/about', '/status', '/search?q=the', thread, author])
        await look(at(path ?? '/missing'));
      await look(at('/nothing/here'), 404);
    }
    return found;
  }
});

test('Ctrl-C ends all of it, and it starts again from where it was', async () => {
  const [space] = home.spaces;
  const before = await html(space?.host ?? '', '/about');
  await interrupt();
  expect(running.exitCode === 0 || running.signalCode === 'SIGINT' || running.exitCode === 130).toBe(true);
  await expect(fetch(`${home.pds}/xrpc/_health`)).rejects.toThrow();
  await expect(fetch(home.instance)).rejects.toThrow();
  const { instance, pds } = home;
  await start();
  expect([home.instance, home.pds]).toEqual([instance, pds]);
  expect(await html(space?.host ?? '', '/about')).toBe(before);
}, 180_000);

test('npm run clean removes what was kept', async () => {
  await interrupt();
  const clean = spawn('npm', ['run', 'clean'], { env: { ...process.env, STATE_DIR: state }, stdio: 'ignore' });
  await new Promise((resolve) => clean.once('exit', resolve));
  expect(existsSync(join(state, 'atmosphere.json'))).toBe(false);
});
