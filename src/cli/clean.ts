/** `npm run clean`: removes the local network, its accounts and the instance's index. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { stateDirectory } from './shared/atmosphere.ts';
import { CommandError, EXIT, runCommand, say } from './shared/terminal.ts';
import { takeLock } from './start/lock.ts';
import { whyNotRemove } from './start/removal.ts';

await runCommand(async () => {
  const stateDir = stateDirectory();
  const why = whyNotRemove(stateDir);
  if (why !== null) {
    throw new CommandError(`STATE_DIR is ${stateDir}. That is not removed: ${why}.`, EXIT.usage, 'NotRemoved');
  }
  if (!existsSync(stateDir)) return say(`There is nothing at ${stateDir}.`);
  // Refused while it runs; ends a workerd that was left over.
  await takeLock(stateDir);
  await rm(stateDir, { recursive: true });
  say(`Removed ${stateDir}.`);
});
