/** Which port the instance answers on. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { CommandError, EXIT, usageError } from '../shared/terminal.ts';

export const DEFAULT_PORT = 8787;

/** `PORT`, or nothing; throws a usage error when it is no port. */
export function wantedPort(value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw usageError(`PORT must be a port number, not "${value}".`);
  return port;
}

/**
 * A port that was asked for is taken or refused; otherwise the one used last time, the default, or any that is free.
 * @param before address of the instance when it ran last
 */
export async function choosePort(wanted: number | undefined, before?: string): Promise<number> {
  if (wanted !== undefined) {
    if (await isFree(wanted)) return wanted;
    throw new CommandError(
      `Port ${wanted} is taken by another program. End it, or set PORT to another one.`,
      EXIT.unreachable,
      'PortTaken',
    );
  }
  const last = before === undefined ? undefined : Number(new URL(before).port);
  for (const port of [last, DEFAULT_PORT]) {
    if (port && (await isFree(port))) return port;
  }
  return freePort();
}

const isFree = (port: number): Promise<boolean> => probe(port).then((found) => found !== null);

async function freePort(): Promise<number> {
  const port = await probe(0);
  if (port === null) throw new Error('this machine has no free port');
  return port;
}

/** Listens for a moment; null when the port is taken. */
async function probe(port: number): Promise<number | null> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : null;
  } catch {
    // Taken, or not allowed: either way not for us.
    return null;
  } finally {
    server.close();
  }
}
