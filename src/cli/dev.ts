/** `npm run dev`: the Worker alone, against whatever network its variables name. Bundled anew when its sources change. */
import { existsSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { stateDirectory } from './shared/atmosphere.ts';
import { endOnSignals } from './shared/signals.ts';
import { runCommand, say, usageError } from './shared/terminal.ts';
import { readArguments } from './shared/variables.ts';
import { choosePort, wantedPort } from './start/ports.ts';
import { forgetBundle } from './worker/bundle.ts';
import { type RunningWorker, startWorker } from './worker.ts';

const HELP = `Runs the Worker alone, against the network that its variables name: the live one when they name none.

  npm run dev [-- --var NAME:VALUE]

  .dev.vars  variables and secrets, one NAME=VALUE a line; see .dev.vars.example
  --var      sets one above those, e.g. --var JETSTREAM_URLS:ws://127.0.0.1:6008/subscribe
  PORT       8787 or any free one when it is not set
  STATE_DIR  where its database is kept (.state/dev)`;

const VARIABLES_FILE = '.dev.vars';
const SOURCES = ['src', 'workers'];
/** An editor saves several files at once. */
const SETTLE_MS = 200;

function variablesFile(): Record<string, string> {
  if (!existsSync(VARIABLES_FILE)) return {};
  const entries = Object.entries(parseEnv(readFileSync(VARIABLES_FILE, 'utf8')));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function onChange(changed: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of SOURCES) {
    watch(folder, { recursive: true }, (_event, file) => {
      if (file?.startsWith('cli') && folder === 'src') return;
      clearTimeout(timer);
      timer = setTimeout(changed, SETTLE_MS);
    });
  }
}

await runCommand(async () => {
  const { help, vars } = readArguments(HELP);
  if (help) return say(HELP);
  const port = await choosePort(wantedPort(process.env.PORT));
  const all = { INSTANCE_HOSTS: 'localhost,127.0.0.1', DEVELOPMENT: '1', ...variablesFile(), ...vars };
  const start = async (): Promise<RunningWorker> => {
    const persist = join(stateDirectory(), 'dev');
    const started = await startWorker({ persist, port, vars: all, crons: true, onLog: say });
    // A variable that cannot be read is told by the first request.
    const { ok } = await fetch(`${started.url}/xrpc/_health`);
    if (ok) return started;
    await started.stop();
    throw usageError('The Worker answers nothing with these variables: above is what it says.');
  };
  let worker: RunningWorker | undefined = await start();
  const stop = async (): Promise<void> => worker?.stop();
  endOnSignals(stop);
  say(`Variables set: ${Object.keys(all).sort().join(', ')}`, `ready ${worker.url}`);

  let work: Promise<void> = Promise.resolve();
  const restart = async (): Promise<void> => {
    say('Sources changed: bundling anew ...');
    await worker?.stop();
    worker = undefined;
    forgetBundle();
    worker = await start();
    endOnSignals(stop);
    say(`ready ${worker.url}`);
  };
  onChange(() => {
    work = work.then(restart).catch((error: unknown) => say(String(error), 'It is bundled again at the next change.'));
  });
});
