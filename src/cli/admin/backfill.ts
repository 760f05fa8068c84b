/** `npm run admin -- backfill`: begins the reading of repositories and shows how far it is. */
import { askInstance, type Instance } from '../shared/instance.ts';
import type { AdminAction } from './arguments.ts';
import { type AdminBackfill, backfillBar, backfillWords, isReading } from './words.ts';

type Command = Extract<AdminAction, { action: 'backfill' }>;

const LOOK_MS = 500;

export async function runBackfill(
  { space, cancel, watch }: Command,
  instance: Instance,
  quiet: boolean,
): Promise<{ answer: object; words: string[] }> {
  const which = space === undefined ? {} : { space };
  const method = cancel ? 'cancelBackfill' : 'startBackfill';
  let answer = await askInstance<{ backfill: AdminBackfill }>(instance, method, which);
  while (watch && isReading(answer.backfill)) {
    if (!quiet) draw(backfillBar(answer.backfill));
    await new Promise((done) => setTimeout(done, LOOK_MS));
    answer = await askInstance<{ backfill: AdminBackfill }>(instance, 'getBackfill', undefined, which);
  }
  if (!quiet) draw('');
  return { answer, words: backfillWords(answer.backfill) };
}

/** Over the line before, where somebody looks. */
function draw(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${line}`);
}
