/** The command line of `npm run deploy`, as data. */
import { parseArgs } from 'node:util';
import { VISIBILITIES } from '../admin/arguments.ts';
import { usageError } from '../shared/terminal.ts';

export interface DeployArguments {
  help: boolean;
  dryRun: boolean;
  json: boolean;
  /** Of the instance itself, the first one names its service. Empty: its workers.dev address. */
  instanceHosts: string[];
  /** Of the space, or of spaces that are there already. */
  hosts: string[];
  /** Handle or DID of the group account to add. */
  space?: string;
  visibility?: string;
}

export const HELP = `Puts an instance on Cloudflare, or a newer version of it. Safe to run again: each step does only what is missing.

  npm run deploy -- [--instance-host <hostname>] [--space <handle or DID> --host <hostname>]

  --instance-host  A hostname of the instance itself, such as home.example.com; again for further ones. Without any, its
                   workers.dev address.
  --space          A community to add when all is up: the handle or DID of its group account.
  --host           A hostname for it, such as club.example.com; again for further ones. The domain must be in your Cloudflare
                   account. Without --space: connects the hostname of a space that was added before.
  --visibility     Of the new space: public, unlisted, private or profile.
  --dry-run        Changes nothing and needs no network: says each step, and how large the Worker is.
  --json           Prints one JSON object, last.

It uses the account that "npx wrangler login" or CLOUDFLARE_API_TOKEN gives. What it has connected is noted in .instance.json; from
another machine, name all hostnames again.`;

const OPTIONS = {
  'instance-host': { type: 'string', multiple: true },
  host: { type: 'string', multiple: true },
  space: { type: 'string' },
  visibility: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Throws a usage error in words. */
export function parseDeploy(argv: string[]): DeployArguments {
  const values = parse(argv);
  const { space, visibility } = values;
  const hosts = (values.host ?? []).map(domain);
  if (space !== undefined && hosts.length === 0) {
    throw usageError('--space needs a hostname for its site: --host club.example.com');
  }
  if (visibility !== undefined && space === undefined)
    throw usageError('--visibility is for the space that --space names.');
  if (visibility !== undefined && !VISIBILITIES.includes(visibility)) {
    throw usageError(`--visibility is public, unlisted, private or profile, not "${visibility}".`);
  }
  return {
    ...{ help: values.help ?? false, dryRun: values['dry-run'] ?? false, json: values.json ?? false },
    ...{ instanceHosts: (values['instance-host'] ?? []).map(domain), hosts },
    ...(space === undefined ? {} : { space: space.replace(/^@/, '') }),
    ...(visibility === undefined ? {} : { visibility }),
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS }).values;
  } catch (error) {
    throw usageError(`${(error as Error).message}\n\n${HELP}`);
  }
}

/** The instance looks closer; this keeps what is no hostname from a command line of wrangler. */
function domain(host: string): string {
  const name = host.trim().toLowerCase();
  if (!/^(?!-)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(name)) {
    throw usageError(`A hostname is given alone, such as club.example.com, not "${host}".`);
  }
  return name;
}
