// DNS over HTTPS, in the JSON that Cloudflare, Google and others answer: workerd has no resolver of its own to ask.

import { isObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import { Expiring } from './expiring.ts';
import { FetchError, type Outbound } from './fetch.ts';

/** Both throw a FetchError when the answer could not be had, which says nothing about the name. */
export interface Dns {
  /** A and AAAA records behind the name, by whatever aliases; empty when it has none. */
  addresses(host: string): Promise<string[]>;
  /** The name's TXT records, each in one piece. */
  txt(name: string): Promise<string[]>;
}

export interface DnsOptions {
  /** `DOH_URL`. */
  url: string;
  /** It asks the operator's own choice of server, and needs no DNS to do so. */
  outbound: Outbound;
  clock: Clock;
}

const TYPES = { CNAME: 5, TXT: 16, A: 1, AAAA: 28 };
type Type = keyof typeof TYPES;

const NO_ERROR = 0;
const NO_SUCH_NAME = 3;
const BOUNDS = { maxBytes: 64_000, timeoutMs: 3_000, redirects: 0, accept: 'application/dns-json' };
const MAX_NAMES = 2_000;
const SECONDS = { least: 30, most: 3_600, none: 60 };

export function dnsOverHttps({ url, outbound, clock }: DnsOptions): Dns {
  const known = new Expiring<string[]>(clock, MAX_NAMES);

  const ask = async (name: string, type: Type): Promise<string[]> => {
    const key = `${type} ${name}`;
    const remembered = known.get(key);
    if (remembered) return remembered;
    const address = new URL(url);
    address.searchParams.set('name', name);
    address.searchParams.set('type', type);
    const { status, body } = await outbound.json(address.href, BOUNDS);
    const answer = readAnswer(body, name, type);
    if (status !== 200 || answer === null) {
      throw new FetchError('unreachable', url, `answered nothing useful about ${name} (${status})`);
    }
    known.put(key, answer.data, answer.seconds * 1000);
    return answer.data;
  };

  return {
    async addresses(host) {
      return (await Promise.all([ask(host, 'A'), ask(host, 'AAAA')])).flat();
    },
    async txt(name) {
      return (await ask(name, 'TXT')).map(textOf);
    },
  };
}

interface DnsRecord {
  name: string;
  type: number;
  TTL: number;
  data: string;
}

/** Null where it is no complete answer. Only what the name or its aliases lead to counts. */
function readAnswer(body: Json, name: string, type: Type): { data: string[]; seconds: number } | null {
  const whole = isObject(body) && body.TC !== true && (body.Status === NO_ERROR || body.Status === NO_SUCH_NAME);
  const listed = whole ? (body.Answer ?? []) : null;
  if (!Array.isArray(listed) || !listed.every((entry) => isObject(entry) && isRecord(entry))) return null;
  const records = listed as unknown as DnsRecord[];
  const names = new Set([plainName(name)]);
  // Each round finds the next alias, in whatever order they are told.
  for (let before = 0; names.size > before; ) {
    before = names.size;
    for (const record of records) {
      if (record.type === TYPES.CNAME && names.has(plainName(record.name))) names.add(plainName(record.data));
    }
  }
  const found = records.filter((record) => record.type === TYPES[type] && names.has(plainName(record.name)));
  const told = found.length === 0 ? SECONDS.none : Math.min(...records.map(({ TTL }) => TTL));
  const seconds = Math.min(SECONDS.most, Math.max(SECONDS.least, told));
  return { data: [...new Set(found.map(({ data }) => data))], seconds };
}

const isRecord = ({ name, type, TTL, data }: JsonObject): boolean =>
  typeof name === 'string' && typeof type === 'number' && typeof TTL === 'number' && typeof data === 'string';

const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** A TXT record comes in quotes, in pieces of at most 255 bytes (RFC 1035, section 5.1); some servers leave the quotes out. */
function textOf(data: string): string {
  if (!data.startsWith('"')) return data;
  const pieces = data.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  return pieces.map((piece) => piece.slice(1, -1).replace(/\\(\d{3}|.)/g, unescaped)).join('');
}

const unescaped = (_: string, escaped: string): string =>
  escaped.length === 3 ? String.fromCharCode(Number(escaped)) : escaped;
