/** The real PLC directory over its in-memory database, whose operations outlive it in the state folder. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseCid } from '@atproto/lex';
import { Database, PlcServer } from '@did-plc/server';
import { readWholeLines } from './lines.ts';
import { listenOnLoopback } from './loopback.ts';

export interface Plc {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

type MockDatabase = ReturnType<typeof Database.mock>;
type Operations = MockDatabase['contents'][string];

export async function startPlc(options: { port: number; stateDir?: string }): Promise<Plc> {
  const db = Database.mock();
  if (options.stateDir !== undefined) keepOperations(db, join(options.stateDir, 'plc.jsonl'));
  const server = PlcServer.create({ db, port: options.port });
  listenOnLoopback(server.app);
  await server.start();
  return {
    // A PDS asks no directory whose host is an address.
    url: `http://localhost:${options.port}`,
    port: options.port,
    stop: () => server.destroy(),
  };
}

/** A line holds every operation of one DID, because a recovery changes earlier ones; the last line of a DID rules. */
function keepOperations(db: MockDatabase, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  for (const line of readWholeLines(file)) {
    const operations = reviveOperations(line);
    const did = operations[0]?.did;
    if (did !== undefined) db.contents[did] = operations;
  }
  const add = db.validateAndAddOp.bind(db);
  db.validateAndAddOp = async (did, proposed) => {
    await add(did, proposed);
    const stored = (db.contents[did] ?? []).map((entry) => ({ ...entry, cid: entry.cid.toString() }));
    appendFileSync(file, `${JSON.stringify(stored)}\n`);
  };
}

function reviveOperations(line: string): Operations {
  const stored: { cid: string; createdAt: string }[] = JSON.parse(line);
  const revived = stored.map((entry) => ({
    ...entry,
    cid: parseCid(entry.cid),
    createdAt: new Date(entry.createdAt),
  }));
  // The directory carries an older CID class of the same shape inside its bundle.
  return revived as unknown as Operations;
}
