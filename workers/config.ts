// Every variable of the deployment: named, typed, defaulted, documented. Pure.
import type { FoundingPolicy } from '../src/domain/founding.ts';
import type { Did } from '../src/domain/model.ts';
import { serversIn } from '../src/domain/policy.ts';

export type FollowMode = 'adaptive' | 'live' | 'drain';

export type FollowSource = 'jetstream' | 'pds';

export interface Config {
  /** `INSTANCE_HOSTS`: the instance's own hostnames, comma separated; the first names its service, `did:web:<host>`. */
  instanceHosts: string[];
  /**
   * `FOLLOW_SOURCE`: `jetstream`, or `pds`: the members' own servers, without any relay. Those who join from a server where
   * nobody is known yet are then found only once the group's repository names them.
   */
  followSource: FollowSource;
  /**
   * `JETSTREAM_URLS`: addresses of Jetstreams, comma separated, tried in turn: `/subscribe` speaks v1,
   * `/xrpc/network.bsky.jetstream.subscribeEvents` v2.
   */
  jetstreamUrls: string[];
  /** `JETSTREAM_LOOKBACK`: hours a Jetstream remembers; an older cursor leaves a gap. */
  lookbackMs: number;
  /** `PDS_SOCKETS`: with `FOLLOW_SOURCE` = `pds`, how many servers are followed by a stream: those that hold the most members. */
  pdsSockets: number;
  /** `PDS_POLL_MINUTES`: how often the repositories on the others are asked whether they changed. */
  pdsPollMs: number;
  /** `FOLLOW_MODE`: `adaptive`, `live` or `drain`. */
  followMode: FollowMode;
  /** `DRAIN_MINUTES`: how often a sleeping indexer wakes to drain the stream. */
  drainMs: number;
  /** `PLC_URL`: the PLC directory. */
  plcUrl: string;
  /** `HANDLE_RESOLVER`: an origin that answers `com.atproto.identity.resolveHandle`. */
  handleResolver: string;
  /** `RELAY_URLS`: origins that answer `com.atproto.sync.listReposByCollection`, comma separated, tried in turn; `none` for none. */
  relayUrls: string[];
  /** `PEER_INSTANCES`: origins of other instances whose `listReposBySpace` is asked too. */
  peerInstances: string[];
  /** `DOH_URL`: a DNS-over-HTTPS server that answers in JSON, for handles and for checking where names of other servers lead. */
  dohUrl: string;
  /** `ALLOWED_COLLECTIONS`: further collections that spaces may index, comma separated, `a.b.*` for prefixes, `*` for all. */
  allowedCollections: string[];
  /** `MEDIA_RESIZE` = off: images are shown as they are, even where the Images binding could make smaller ones. */
  resizeImages: boolean;
  /** `MEDIA_SPACE_MB`: how much of its members' media is kept for one space. */
  mediaSpaceBytes: number;
  /** `MEDIA_MEMBER_MB`: how much of that for one member. */
  mediaMemberBytes: number;
  /** `MEDIA_PREFETCH_MB`: how much may be fetched each month before anybody asks for it; 0, or nothing, for none. */
  prefetchBytes: number;
  /** `MEDIA_KNOWN_SECONDS`: how long, up to 60, a data centre may go on answering from its cache after media were taken away. */
  mediaKnownMs: number;
  /** `MEDIA_GRACE_DAYS`: how long media that nobody is shown any more are kept before their room is freed. */
  mediaGraceMs: number;
  /** `MEMBER_NAMES` = off: no space gives its members names below its hostname. */
  memberNames: boolean;
  /** `LEGAL_CONTACT`: where legal notices reach the operator: an e-mail address, or the address of a page. */
  legalContact: string | null;
  /** `FOUNDING`: who may found spaces: `operator`, with a code of yours alone; `approved`: accounts that you approved, too; `anyone` who is signed in. */
  founding: FoundingPolicy;
  /** `FOUNDERS_DOMAIN`: where founders get `name.<domain>`; all names below it must lead here. Without it they bring a host of their own. */
  foundersDomain: string | null;
  /** `ARCHIVE_AFTER_DAYS`: spaces in which nobody has written for so long become read-only, after a warning of 30 days; at least 60; off without it. */
  archiveAfterMs: number | null;
  /** `RECOMMENDED_PDS`: origins of servers where people may make an account, comma separated; where a space names none of its own. */
  recommendedPds: string[];
  /** `DEVELOPMENT` = 1: plain http and loopback addresses are allowed. Never in production. */
  development: boolean;
  /** `METER` = 1: answers say in `Server-Timing` how many D1 rows they read. */
  meter: boolean;
  /**
   * `INSTANCE_KEY`: seals credentials, 32 bytes in base64; without it nobody can sign in. To change it put the new one before
   * the old, with a comma: what the old one sealed can still be opened.
   */
  instanceKeys: string[];
  /** `ADMIN_TOKEN`: secret of the operator's commands; without it they are refused. */
  adminToken: string | null;
}

export type Variables = Record<string, unknown>;

export function readConfig(env: Variables): Config {
  const text = (name: string, fallback: string): string => {
    const value = env[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : fallback;
  };
  const list = (name: string, fallback: string): string[] =>
    text(name, fallback)
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  const number = (name: string, fallback: number): number => {
    const value = Number(text(name, String(fallback)));
    if (!Number.isFinite(value) || value <= 0)
      throw new Error(`${name} must be a positive number, not "${text(name, '')}"`);
    return value;
  };
  const address = (name: string, fallback: string): string => {
    const value = text(name, fallback);
    if (!URL.canParse(value)) throw new Error(`${name} must be an address such as ${fallback}, not "${value}"`);
    return value;
  };
  const mode = text('FOLLOW_MODE', 'adaptive');
  if (mode !== 'adaptive' && mode !== 'live' && mode !== 'drain') {
    throw new Error(`FOLLOW_MODE must be adaptive, live or drain, not "${mode}"`);
  }
  const source = text('FOLLOW_SOURCE', 'jetstream');
  if (source !== 'jetstream' && source !== 'pds') {
    throw new Error(`FOLLOW_SOURCE must be jetstream or pds, not "${source}"`);
  }
  const founding = text('FOUNDING', 'operator');
  if (founding !== 'operator' && founding !== 'approved' && founding !== 'anyone') {
    throw new Error(`FOUNDING must be operator, approved or anyone, not "${founding}"`);
  }
  return {
    founding,
    foundersDomain:
      text('FOUNDERS_DOMAIN', '')
        .toLowerCase()
        .replace(/^\.|\.$/g, '') || null,
    archiveAfterMs: archiveAfter(text('ARCHIVE_AFTER_DAYS', ''), () => number('ARCHIVE_AFTER_DAYS', 1)),
    instanceHosts: list('INSTANCE_HOSTS', 'localhost').map((host) => host.toLowerCase()),
    followSource: source,
    jetstreamUrls: list('JETSTREAM_URLS', DEFAULT_JETSTREAMS),
    lookbackMs: number('JETSTREAM_LOOKBACK', 24) * 3_600_000,
    pdsSockets: number('PDS_SOCKETS', 8),
    pdsPollMs: number('PDS_POLL_MINUTES', 5) * 60_000,
    followMode: mode,
    drainMs: number('DRAIN_MINUTES', 10) * 60_000,
    relayUrls: list('RELAY_URLS', DEFAULT_RELAYS).filter((url) => url !== 'none'),
    peerInstances: list('PEER_INSTANCES', ''),
    plcUrl: address('PLC_URL', 'https://plc.directory'),
    handleResolver: address('HANDLE_RESOLVER', 'https://public.api.bsky.app'),
    dohUrl: address('DOH_URL', 'https://cloudflare-dns.com/dns-query'),
    allowedCollections: list('ALLOWED_COLLECTIONS', ''),
    resizeImages: text('MEDIA_RESIZE', '') !== 'off',
    mediaSpaceBytes: number('MEDIA_SPACE_MB', 5_000) * 1_000_000,
    mediaMemberBytes: number('MEDIA_MEMBER_MB', 1_000) * 1_000_000,
    prefetchBytes: text('MEDIA_PREFETCH_MB', '0') === '0' ? 0 : number('MEDIA_PREFETCH_MB', 1) * 1_000_000,
    mediaKnownMs: number('MEDIA_KNOWN_SECONDS', 30) * 1000,
    mediaGraceMs: number('MEDIA_GRACE_DAYS', 7) * 86_400_000,
    memberNames: text('MEMBER_NAMES', '') !== 'off',
    legalContact: text('LEGAL_CONTACT', '') || null,
    recommendedPds: serversIn(list('RECOMMENDED_PDS', '')),
    development: text('DEVELOPMENT', '') === '1',
    meter: text('METER', '') === '1',
    instanceKeys: list('INSTANCE_KEY', ''),
    adminToken: text('ADMIN_TOKEN', '') || null,
  };
}

/** Shorter, a space would be warned before it could have been quiet. */
const LEAST_ARCHIVE_DAYS = 60;

function archiveAfter(given: string, days: () => number): number | null {
  if (given === '') return null;
  if (days() < LEAST_ARCHIVE_DAYS)
    throw new Error(`ARCHIVE_AFTER_DAYS must be at least ${LEAST_ARCHIVE_DAYS}, not ${days()}`);
  return days() * 86_400_000;
}

const DEFAULT_JETSTREAMS = [
  'wss://jetstream1.us-east.bsky.network/subscribe',
  'wss://jetstream2.us-east.bsky.network/subscribe',
  'wss://jetstream1.us-west.bsky.network/subscribe',
].join(',');

const DEFAULT_RELAYS = 'https://relay1.us-east.bsky.network,https://relay1.us-west.bsky.network';

/** Whether the operator lets spaces index a further collection. */
export const allows =
  (patterns: string[]) =>
  (collection: string): boolean =>
    patterns.some((p) => p === '*' || p === collection || (p.endsWith('.*') && collection.startsWith(p.slice(0, -1))));

/** The instance as a service. */
export const instanceDid = ({ instanceHosts: [first = 'localhost'] }: Config): Did => `did:web:${first}`;

/** In development a `did:web` has the port, by which servers of this machine find it. */
export function audienceOf(config: Config, url: string): Did[] {
  const here = instanceDid(config);
  const { port } = new URL(url);
  return config.development && port !== '' ? [`${here}%3A${port}`, here] : [here];
}
