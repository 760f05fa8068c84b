/** Reads a file of Jetstream lines into a log, to be served as if the stream had just brought it. */
import { createReadStream } from 'node:fs';
import type { EventLog } from './log.ts';
import { scanBytes } from './wire.ts';

const NEWLINE = 0x0a;
const PIECE_BYTES = 4 * 1024 * 1024;

export async function readLines(path: string, log: EventLog): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  const add = (line: Buffer): void => {
    if (line.length === 0) return;
    const scan = scanBytes(line);
    log.append(line, Math.max(scan.timeUs ?? 0, log.lastTimeUs()), scan);
  };
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      add(bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  add(rest);
}
