/** Rows that D1 bills for a record of each kind, through the real admission, without the stream's own cursor row. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KindRows } from './answers.ts';
import { Community, type Kind } from './community.ts';
import { SPACE } from './mixes.ts';
import { startBenchWorker } from './workerd.ts';
import { LineWriter } from './writer.ts';

const AUTHORS = 10;
const EACH = 100;

/** Posts carry no tags: each would be one row more. */
export async function measureRows(): Promise<Record<Kind, KindRows>> {
  return { post: await measure('post'), reply: await measure('reply'), like: await measure('like') };
}

async function measure(kind: Kind): Promise<KindRows> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'lines.jsonl');
  const writer = new LineWriter(path, Date.now() - 3_600_000);
  const community = new Community(writer, SPACE, { from: 1000, count: AUTHORS });
  community.profile();
  for (let i = 0; i < 10 * AUTHORS; i++) community.create('post', { tags: false });
  const before = writer.expected.lines;
  for (let i = 0; i < EACH; i++) community.create(kind, { tags: false });
  writer.close();
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  rmSync(folder, { recursive: true });
  const worker = await startBenchWorker({ vars: { FOLLOW_MODE: 'drain' } });
  try {
    return await worker.ask<KindRows>('kind', { before: lines.slice(0, before), lines: lines.slice(before) });
  } finally {
    await worker.stop();
  }
}
