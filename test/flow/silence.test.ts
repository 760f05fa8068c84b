/** A stream that is not there says nothing: that is no drained stream, and what it would have told is still to come. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startWorker } from '../../src/cli/worker.ts';
import { LOOPBACK } from '../network/loopback.ts';

const HOURS = 3_600_000;

test('an instance that takes connections and never answers moves no cursor', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, LOOPBACK);
  await once(silent, 'listening');
  const instance = `ws://${LOOPBACK}:${(silent.address() as AddressInfo).port}/subscribe`;
  const persist = mkdtempSync(join(tmpdir(), 'silence-'));
  const vars = {
    JETSTREAM_URLS: instance,
    DEVELOPMENT: '1',
    FOLLOW_MODE: 'live',
    INSTANCE_HOSTS: 'localhost',
    RELAY_URLS: 'none',
  };
  const worker = await startWorker({ persist, vars });
  try {
    const db = (await worker.miniflare.getD1Database('DB')) as unknown as D1Database;
    const then = Date.now() - 3 * HOURS;
    const standing = 'insert into stream (id, instance, cursor, exact, seq, committed_at) values (1, ?, ?, 1, 1, ?)';
    await db
      .prepare(standing)
      .bind(instance, then * 1000, then)
      .run();
    await (await fetch(`${worker.url}/xrpc/_health`)).body?.cancel();
    // Longer than the two seconds of silence that show a stream drained.
    await sleep(4_500);
    expect(sockets.length, 'the instance must have been connected to').toBeGreaterThan(0);
    expect(await db.prepare('select cursor from stream').first()).toEqual({ cursor: then * 1000 });
  } finally {
    await worker.stop();
    for (const socket of sockets) socket.destroy();
    silent.close();
    rmSync(persist, { recursive: true, force: true });
  }
});
