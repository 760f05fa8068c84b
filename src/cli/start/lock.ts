/** One `npm start` at a time per state folder, and no workerd left over from one that was killed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../shared/terminal.ts';

interface Running {
  pid: number;
  workerd: number[];
}

export interface Lock {
  /** Processes to end should this one be killed before it can. */
  note(workerd: number[]): void;
  release(): void;
}

/** `program` is in the command line of whoever may hold it. */
export async function takeLock(stateDir: string, program = 'cli/start'): Promise<Lock> {
  mkdirSync(stateDir, { recursive: true });
  const file = join(stateDir, 'running.json');
  const before: Running | null = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  if (before && before.pid !== process.pid && isAlive(before.pid, program)) {
    throw new CommandError(
      `It is running already from ${stateDir} (process ${before.pid}). End that one, or set STATE_DIR to another folder.`,
    );
  }
  for (const pid of before?.workerd ?? []) {
    if (isAlive(pid, 'workerd')) await end(pid);
  }
  const write = (workerd: number[]): void => writeFileSync(file, JSON.stringify({ pid: process.pid, workerd }));
  write([]);
  return { note: write, release: () => rmSync(file, { force: true }) };
}

/** Waits for the end, because its port and its files are free only then. */
async function end(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  for (let tries = 0; tries < 100 && isAlive(pid, 'workerd'); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Process ids are used again, so the program's name is looked at, too. */
function isAlive(pid: number, program: string): boolean {
  try {
    process.kill(pid, 0);
    return commandOf(pid).includes(program);
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  const proc = `/proc/${pid}/cmdline`;
  return existsSync(proc)
    ? readFileSync(proc, 'utf8')
    : execFileSync('ps', ['-p', String(pid), '-o', 'command=']).toString();
}
