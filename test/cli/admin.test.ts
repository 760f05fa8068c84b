/** `npm run admin`: its command line, which instance it finds, and what it says. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminAction, parseAdmin } from '../../src/cli/admin/arguments.ts';
import { mediaWords } from '../../src/cli/admin/media-words.ts';
import { addedWords, listWords } from '../../src/cli/admin/words.ts';
import { writeAtmosphere } from '../../src/cli/shared/atmosphere.ts';

const DID = 'did:plc:z72i7hdynmk6r22z27h6tvur';

describe('the command line', () => {
  test.each<[string, AdminAction]>([
    [`space add ${DID} --host a.example.com`, { action: 'add', subject: DID, hosts: ['a.example.com'] }],
    [
      'space add @club.example.com --host=a.example.com --host b.example.com --visibility private',
      { action: 'add', subject: 'club.example.com', hosts: ['a.example.com', 'b.example.com'], visibility: 'private' },
    ],
    ['--json space list', { action: 'list' }],
    ['space set a.example.com --visibility profile', { action: 'set', space: 'a.example.com', visibility: 'profile' }],
    ['space set a --roster private', { action: 'set', space: 'a', roster: 'private' }],
    ['space set a --host b.example.com', { action: 'set', space: 'a', hosts: ['b.example.com'] }],
    ['space pause a.example.com', { action: 'set', space: 'a.example.com', paused: true }],
    [`space resume ${DID}`, { action: 'set', space: DID, paused: false }],
    [`space remove ${DID} --yes`, { action: 'remove', space: DID }],
    ['media', { action: 'media' }],
    ['media a.example.com', { action: 'media', space: 'a.example.com' }],
    ['media sweep', { action: 'sweep' }],
    ['media blocks', { action: 'blocks' }],
    [`media block ${DID} --why court`, { action: 'block', subject: DID, why: 'court' }],
    [`media unblock ${DID}`, { action: 'unblock', subject: DID }],
    ['', { action: 'help' }],
    ['space add --help', { action: 'help' }],
    ['help', { action: 'help' }],
  ])('"%s" is understood', (line, command) => {
    expect(parseAdmin(line.split(' ').filter(Boolean)).command).toEqual(command);
  });

  test('a program need not say twice that a space is to be removed', () => {
    expect(parseAdmin(['space', 'remove', DID], false).command).toEqual({ action: 'remove', space: DID });
  });

  test.each([
    ['space', 'is no command'],
    ['spaces list', '"spaces" is no command'],
    ['space delete x', '"space delete" is no command'],
    ['space add', 'the handle or DID'],
    ['space add a.example.com', '--host'],
    ['space add a b --host c.example.com', 'not b'],
    ['space add a --host', 'host'],
    ['space add a --host b.example.com --visibility secret', 'public, unlisted, private or profile'],
    ['space list all', 'all'],
    ['space set a', '--host, --visibility or --roster'],
    ['space set a --roster public', 'private'],
    ['space remove a', '--yes'],
    ['media block', 'what to block'],
    [`media block ${DID}`, '--why'],
    ['media sweep now', 'no now'],
    ['space list --nonsense', 'nonsense'],
    ['space list --instance home.example.com', 'https://home.example.com'],
  ])('"%s" is refused in words', (line, words) => {
    expect(() => parseAdmin(line.split(' '))).toThrow(
      expect.objectContaining({ message: expect.stringContaining(words), exitCode: 2 }),
    );
  });
});

const space = {
  ...{
    did: DID,
    handle: 'club.example.com',
    hosts: ['club.example.com', 'www.example.com'],
    url: 'https://club.example.com/',
  },
  ...{ displayName: 'The Club', visibility: 'private', heldVisibility: 'private' },
  ...{ postCount: 1, replyCount: 2, memberCount: 0, recordCount: 40 },
};

describe('its words', () => {
  test('tell of media: how much, for whom, and the largest', () => {
    const use = { space: DID, bytes: 3_140_000, blobs: 2 };
    const words = mediaWords({
      ...{ bytes: 3_140_000, blobs: 2, references: 5, orphanBytes: 900, orphans: 1, prefetchedBytes: 0, spaces: [use] },
      members: [{ ...use, did: 'did:plc:ada' }],
      largest: [{ cid: 'bafkrei', space: DID, did: 'did:plc:ada', mimeType: 'image/png', bytes: 3e6, references: 2 }],
    }).join('\n');
    for (const said of [
      '2 files kept, 3.1 MB',
      '1 file that nobody',
      '900 bytes',
      'did:plc:ada in',
      'bafkrei  3.0 MB',
    ]) {
      expect(words).toContain(said);
    }
  });

  test('tell all of a space, and that members’ older records are being read', () => {
    const words = addedWords({ space, records: 4, warnings: ['Something is odd.'] }).join('\n');
    for (const said of [
      'The Club',
      DID,
      'www.example.com',
      'held by the instance',
      '1 post,',
      '2 replies',
      'now read from their own repositories',
      'Something is odd.',
    ]) {
      expect(words).toContain(said);
    }
  });

  test.each([
    [{ mode: 'live', connected: true, instance: 'wss://x', lagMs: 0 }, 'Follows wss://x (live), up to date.'],
    [{ mode: 'live', connected: true, lagMs: 90_000 }, '90 seconds behind'],
    [{ mode: 'drain', connected: false, lagMs: 600_000 }, '10 minutes behind'],
    [{ mode: 'drain', connected: false, lagMs: 8 * 3_600_000 }, '8 hours behind'],
    [{ mode: 'adaptive', connected: false }, 'Has not followed'],
  ])('tell how the stream stands: %j', (stream, words) => {
    expect(listWords({ spaces: [], stream }).join('\n')).toContain(words);
  });
});

describe('the command', () => {
  let folder: string;
  let server: Server;
  let last: { method: string | undefined; url: string | undefined; token: string | undefined; body: string };
  let answer: { status: number; body: object };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'admin-'));
    server = createServer(async (request: IncomingMessage, response) => {
      let body = '';
      for await (const part of request) body += part;
      last = { method: request.method, url: request.url, token: request.headers.authorization, body };
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    }).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const nothing = { pds: '', plc: '', jetstream: '', spaces: [], accounts: [] };
    writeAtmosphere(join(folder, 'state'), { ...nothing, instance: origin(), adminToken: 'local-token' });
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function admin(line: string, env: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
    const tsx = pathToFileURL(resolve('node_modules/tsx/dist/loader.mjs')).href;
    const command = ['--import', tsx, resolve('src/cli/admin.ts'), ...line.split(' ')];
    const all = { PATH: process.env.PATH, STATE_DIR: join(folder, 'state'), ...env };
    return new Promise((done) => {
      execFile(process.execPath, command, { cwd: folder, env: all }, (error, out, err) => {
        done({ code: error ? Number(error.code) : 0, out, err });
      });
    });
  }

  test('asks the local instance with its token, and prints one JSON object', async () => {
    answer = { status: 200, body: { space, records: 4, warnings: [] } };
    const { code, out } = await admin(`space add ${DID} --host a.example.com --json`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(answer.body);
    expect(last).toEqual({
      ...{ method: 'POST', url: '/xrpc/club.commonplace.admin.addSpace', token: 'Bearer local-token' },
      body: JSON.stringify({ subject: DID, hosts: ['a.example.com'] }),
    });
  });

  test('gives a refusal on in words and as JSON, with exit code 1', async () => {
    answer = { status: 400, body: { error: 'HostTaken', message: 'a.example.com belongs to another space' } };
    const words = await admin('space set x --host a.example.com');
    expect(words).toMatchObject({ code: 1, out: '', err: expect.stringContaining('belongs to another space') });
    const { code, out } = await admin('space set x --host a.example.com --json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({ error: 'HostTaken', message: expect.stringContaining('belongs to') });
  });

  test('asks another instance only with a token of its own', async () => {
    answer = { status: 200, body: { did: DID } };
    const elsewhere = await admin(`space remove ${DID} --yes --instance http://localhost:1`);
    expect(elsewhere).toMatchObject({ code: 2, err: expect.stringContaining('ADMIN_TOKEN') });
    await admin(`space remove ${DID} --yes --instance ${origin()}`, {
      ADMIN_TOKEN: 'its-own',
      STATE_DIR: join(folder, 'none'),
    });
    expect(last.token).toBe('Bearer its-own');
    await admin(`space remove ${DID} --instance ${origin()} --admin-token given`);
    expect(last.token).toBe('Bearer given');
  });

  test.each([
    ['no instance is there', 'space list', { STATE_DIR: '/nowhere' }, 3, 'npm start'],
    ['the instance is down', 'space list --instance http://localhost:1', { ADMIN_TOKEN: 'x' }, 3, 'does not answer'],
    ['the line is not understood', 'space fly', {}, 2, 'is no command'],
  ])('says what to do when %s', async (_, line, env, code, words) => {
    expect(await admin(line, env)).toMatchObject({ code, err: expect.stringContaining(words) });
    const asJson = await admin(`${line} --json`, env);
    expect(JSON.parse(asJson.out)).toMatchObject({
      error: expect.any(String),
      message: expect.stringContaining(words),
    });
  });

  test('passwords and tokens are in a file that only its owner reads', () => {
    mkdirSync(join(folder, 'state'), { recursive: true });
    expect(statSync(join(folder, 'state/atmosphere.json')).mode & 0o777).toBe(0o600);
  });
});
