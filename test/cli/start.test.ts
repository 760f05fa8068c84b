/** The small decisions of `npm start` and `npm run clean`. */
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseVariables } from '../../src/cli/shared/variables.ts';
import { takeLock } from '../../src/cli/start/lock.ts';
import { choosePort, DEFAULT_PORT, wantedPort } from '../../src/cli/start/ports.ts';
import { whyNotRemove } from '../../src/cli/start/removal.ts';
import { secretsIn } from '../../src/cli/start/secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the port', () => {
  test.each([
    [undefined, undefined],
    ['', undefined],
    ['8080', 8080],
  ])('%s is %s', (value, port) => expect(wantedPort(value)).toBe(port));

  test.each(['0', '-1', '65536', '80.5', 'eighty', '8080x'])('"%s" is none', (value) => {
    expect(() => wantedPort(value)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining('PORT') }),
    );
  });

  test('that was asked for and is taken is an error that says so; another is found when none was', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    await expect(choosePort(port)).rejects.toThrow(`Port ${port} is taken`);
    const found = await choosePort(undefined, `http://localhost:${port}`);
    expect(found).not.toBe(port);
    server.close();
    await once(server, 'close');
    expect(await choosePort(port)).toBe(port);
    expect(await choosePort(undefined, `http://localhost:${port}`)).toBe(port);
    expect(DEFAULT_PORT).toBe(8787);
  });
});

describe('--var', () => {
  test('takes names and values as wrangler does', () => {
    expect(parseVariables(['METER:1', 'JETSTREAM_URLS:ws://127.0.0.1:6008/subscribe', 'A=b', 'EMPTY:'])).toEqual({
      ...{ METER: '1', JETSTREAM_URLS: 'ws://127.0.0.1:6008/subscribe', A: 'b', EMPTY: '' },
    });
    expect(parseVariables()).toEqual({});
  });

  test.each(['METER', 'meter:1', ':1', '1A:1', ''])('"%s" is refused', (text) => {
    expect(() => parseVariables([text])).toThrow('NAME:VALUE');
  });
});

describe('a state folder', () => {
  test('has one "npm start" at a time', async () => {
    const lock = await takeLock(folder);
    // A parent of this process is a node, and alive.
    writeFileSync(join(folder, 'running.json'), JSON.stringify({ pid: process.ppid, workerd: [] }));
    await expect(takeLock(folder, 'node')).rejects.toThrow(String(process.ppid));
    lock.release();
    expect(existsSync(join(folder, 'running.json'))).toBe(false);
  });

  test('whose process is gone, or has another’s number now, is free', async () => {
    writeFileSync(join(folder, 'running.json'), JSON.stringify({ pid: 99_999_999, workerd: [process.pid] }));
    (await takeLock(folder)).release();
    writeFileSync(join(folder, 'running.json'), JSON.stringify({ pid: process.ppid, workerd: [] }));
    (await takeLock(folder, 'another program')).release();
  });

  test('keeps its secrets', () => {
    const secrets = secretsIn(folder);
    expect(Buffer.from(secrets.INSTANCE_KEY, 'base64')).toHaveLength(32);
    expect(secretsIn(folder)).toEqual(secrets);
  });
});

describe('cleaning', () => {
  const home = tmpdir();
  const cwd = join(tmpdir(), '.');
  const why = (path: string, places: { cwd?: string; home?: string } = {}) =>
    whyNotRemove(path, { cwd: folder, home: folder, ...places });

  test('takes away what npm start made', () => {
    const state = join(folder, '.state');
    expect(why(state)).toBeNull();
    mkdirSync(join(state, 'network'), { recursive: true });
    for (const file of ['atmosphere.json', 'secrets.json', 'worker.log']) writeFileSync(join(state, file), '');
    expect(why(state)).toBeNull();
  });

  test.each([
    ['the root', '/'],
    ['the folder it runs in', '.'],
    ['a folder around it', '..'],
  ])('refuses %s', (_, path) => expect(why(join(path === '/' ? '/' : folder, path))).toContain('is in it'));

  test('refuses the home folder, and what is around it', () => {
    mkdirSync(join(folder, 'home/me'), { recursive: true });
    const places = { cwd, home: join(folder, 'home/me') };
    expect(why(join(folder, 'home/me'), places)).toContain('home');
    expect(why(join(folder, 'home'), places)).toContain('home');
    expect(home).not.toBe('');
  });

  test('refuses folders with anything else in them, files and links', () => {
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other/thesis.txt'), '');
    symlinkSync(join(folder, 'other'), join(folder, 'link'));
    expect(why(join(folder, 'other'))).toContain('thesis.txt');
    expect(why(join(folder, 'other/thesis.txt'))).toContain('no folder');
    expect(why(join(folder, 'link'))).toContain('link');
  });
});
