/** `npm start`: the local network and the instance over it, until Ctrl-C. */
import { codeWords } from './admin/founding.ts';
import { type Atmosphere, stateDirectory } from './shared/atmosphere.ts';
import { endOnSignals } from './shared/signals.ts';
import { runCommand, say } from './shared/terminal.ts';
import { readArguments } from './shared/variables.ts';
import { connectGroups } from './start/connect.ts';
import { wantedPort } from './start/ports.ts';
import { type Running, startAll } from './start/running.ts';

const HELP = `Starts a local atmosphere (PLC directory, PDS, Jetstream) and the instance over it. Ctrl-C ends all of it.

  npm start [-- --var NAME:VALUE]

  STATE_DIR  where everything is kept (.state); "npm run clean" removes it
  PORT       of the instance; 8787 or any free one when it is not set
  --var      sets a variable of the Worker, such as METER:1`;

/** What a person needs to look around and to sign in. */
function describe({ instance, pds, plc, jetstream, spaces, accounts }: Atmosphere, stateDir: string): string[] {
  const { port } = new URL(instance);
  const nameOf = new Map(spaces.map(({ did, handle }) => [did, handle]));
  const where = (dids: string[], more = ''): string => dids.map((did) => `${nameOf.get(did)}${more}`).join(', ');
  const people = accounts.map(({ handle, memberOf, steward }) => {
    const member = memberOf.filter((did) => !steward.includes(did));
    const roles = [where(steward, ' (steward)'), where(member)].filter((text) => text !== '').join(', ');
    return `  ${handle.padEnd(22)} ${roles || 'no member yet'}`;
  });
  return [
    '',
    `Instance   ${instance}`,
    ...spaces.map(({ host, handle }) => `Community  http://${host}:${port}  (${handle})`),
    `PDS        ${pds}`,
    `PLC        ${plc}`,
    `Jetstream  ${jetstream}`,
    '',
    `Accounts, all with the password "${accounts[0]?.password}":`,
    ...people,
    '',
    `Passwords and addresses are in ${stateDir}/atmosphere.json, what the Worker logs is in ${stateDir}/worker.log.`,
  ];
}

await runCommand(async () => {
  const { help, vars } = readArguments(HELP);
  if (help) return say(HELP);
  const stateDir = stateDirectory();
  const port = wantedPort(process.env.PORT);
  const starting = startAll({ stateDir, port, vars, progress: say });
  // Told to end before it is up, it ends when it is.
  const stop = async (): Promise<void> => (await starting.catch((): Partial<Running> => ({}))).stop?.();
  endOnSignals(stop);
  const { atmosphere, code, isNew } = await starting;
  endOnSignals(stop);
  if (isNew) {
    say('Connecting the accounts of the communities, so that members can act through them ...');
    await connectGroups(atmosphere).catch((error: unknown) =>
      say(`That failed: ${error instanceof Error ? error.message : error}`, 'A steward can do it at /group.'),
    );
  }
  say(...describe(atmosphere, stateDir), codeWords(code), `ready ${atmosphere.instance}`);
});
