/** What a deployment does, step by step: pure, so that a dry run says the same that a real one does. */
import type { DeployArguments } from './arguments.ts';

export const SECRETS = ['INSTANCE_KEY', 'ADMIN_TOKEN'] as const;
export type SecretName = (typeof SECRETS)[number];

export interface Step {
  what: string;
  /** Arguments of wrangler, where it is wrangler that does it. */
  wrangler?: string[];
}

/** Cloudflare takes the list as the whole: a domain left out would be taken from the Worker. None at all changes none. */
export const allDomains = (
  { instanceHosts, hosts }: Pick<DeployArguments, 'instanceHosts' | 'hosts'>,
  before: string[],
): string[] => [...new Set([...instanceHosts, ...hosts, ...before])];

export const deployCommand = (instanceHosts: string[], domains: string[]): string[] => [
  ...['deploy', '--keep-vars'],
  ...(instanceHosts.length > 0 ? ['--var', `INSTANCE_HOSTS:${instanceHosts.join(',')}`] : []),
  ...domains.flatMap((domain) => ['--domain', domain]),
];

export const WHO = ['whoami'];
export const MIGRATE = ['d1', 'migrations', 'apply', 'DB', '--remote'];
export const LIST_SECRETS = ['secret', 'list', '--format', 'json'];
export const putSecret = (name: SecretName): string[] => ['secret', 'put', name];

/** `before`: domains that were connected earlier; null where nothing was deployed from here yet. */
export function steps(wanted: DeployArguments, before: string[] | null): Step[] {
  const { instanceHosts, space, hosts } = wanted;
  const first = instanceHosts[0] ?? 'the workers.dev address';
  const migration = { what: 'Bring the database up to date', wrangler: MIGRATE };
  const command = deployCommand(instanceHosts, allDomains(wanted, before ?? []));
  const deployment =
    before === null
      ? [
          {
            what: 'Deploy the Worker, which makes its D1 database, its R2 bucket and its Durable Objects',
            wrangler: command,
          },
          ...(instanceHosts.length > 0 ? [] : [{ what: 'Name the workers.dev address in INSTANCE_HOSTS' }]),
          migration,
        ]
      : [migration, { what: 'Deploy the Worker', wrangler: command }];
  return [
    { what: 'Look who is signed in to Cloudflare', wrangler: WHO },
    ...deployment,
    { what: 'Look which secrets are there', wrangler: LIST_SECRETS },
    ...SECRETS.map((name) => ({
      what: `Make ${name} if it is missing, and hand it over unseen`,
      wrangler: putSecret(name),
    })),
    { what: `Wait until ${first} answers` },
    ...(space === undefined ? [] : [{ what: `Add the space ${space} at ${hosts.join(', ')}` }]),
  ];
}

/** What remains for a person to do about names. */
export function dnsWords({ instanceHosts, hosts }: Pick<DeployArguments, 'instanceHosts' | 'hosts'>): string[] {
  const domains = [...instanceHosts, ...hosts];
  if (domains.length === 0) {
    return [
      'Domains: none was named, so the instance is at its workers.dev address only.',
      'A community needs a hostname of its own: run this again with --space and --host.',
    ];
  }
  return [
    `Domains: ${domains.join(', ')}`,
    '  In a zone of your Cloudflare account there is nothing to do: the DNS record and the certificate are made by the deployment,',
    '  and a new name answers within some minutes. If wrangler said that a record is there already, remove that record and run',
    '  this again.',
    '  For a domain that is elsewhere: add it to Cloudflare as a site (the Free plan does), set its nameservers at your registrar',
    '  to the two that Cloudflare names, wait until Cloudflare says it is active, and run this again.',
    ...(hosts.length === 0
      ? []
      : [
          `  To let the group use ${hosts[0]} as its handle, choose that handle at its PDS: the instance answers for it at`,
          `  https://${hosts[0]}/.well-known/atproto-did.`,
        ]),
  ];
}

export interface Size {
  bytes: number;
  gzipBytes: number;
}

/** Cloudflare's limit on a Worker, after gzip. */
const LIMIT = { free: 3 * 1024 * 1024, paid: 10 * 1024 * 1024 };

export function sizeWords({ bytes, gzipBytes }: Size): string {
  const kib = (count: number): string => `${(count / 1024).toFixed(1)} KiB`;
  const fits = gzipBytes <= LIMIT.free ? 'fits the Free plan (3 MiB)' : 'is too large for the Free plan (3 MiB)';
  return `Worker: ${kib(bytes)}, ${kib(gzipBytes)} with gzip; ${gzipBytes <= LIMIT.paid ? fits : 'is too large (10 MiB)'}.`;
}
