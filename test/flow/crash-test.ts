/** `npm run crash-test -- --events 20000 --kills 20 --seed 1`: nothing is lost and nothing doubled by twenty kills. */
import { parseArgs } from 'node:util';
import { crashTest } from './crash.ts';

const { values } = parseArgs({
  options: { events: { type: 'string' }, kills: { type: 'string' }, seed: { type: 'string' } },
});

function number(name: 'events' | 'kills' | 'seed', fallback: number): number {
  const value = values[name] ?? String(fallback);
  if (!/^\d+$/.test(value)) throw new TypeError(`--${name} must be a whole number, not ${value}`);
  return Number(value);
}

const log = (line: string): void => void process.stdout.write(`${line}\n`);
const options = { events: number('events', 20_000), kills: number('kills', 20), seed: number('seed', 1) };
log(`${options.events} events, ${options.kills} kills, seed ${options.seed}`);
const began = Date.now();
const { killedAt, events, wrong } = await crashTest({ ...options, log });
const early = killedAt.filter((admitted) => admitted < events);
for (const line of wrong.slice(0, 50)) log(`wrong: ${line}`);
if (wrong.length > 50) log(`and ${wrong.length - 50} more`);
log(`${early.length} kills fell within the replay; ${Math.round((Date.now() - began) / 1000)} s`);
const failed = killedAt.length - early.length + (wrong.length > 0 ? 1 : 0);
process.exitCode = failed > 0 ? 1 : 0;
log(`${killedAt.length + 1 - failed} passed, ${failed} failed`);
