// Hostnames of a space's site, as an operator gives them.
import { type Refusal, refuse } from '../domain/outcome.ts';

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Lower case and in ASCII, or why it is none. In development names under `localhost` are hosts too. */
export function hostname(given: string, development: boolean): string | Refusal {
  const no = (why: string): Refusal => refuse('InvalidHost', `"${given.slice(0, 100)}" ${why}`);
  const host = given.trim().replace(/\.$/, '');
  if (/^[a-z]+:\/\//i.test(host)) return no('is an address: give the hostname alone, such as club.example.com');
  if (/[/?#@\s%\\]/.test(host)) return no('is no hostname: give it alone, such as club.example.com');
  if (host.includes(':'))
    return no('names a port or a numeric address: give a hostname alone, such as club.example.com');
  if (!URL.canParse(`https://${host}`)) return no('is no hostname');
  const ascii = new URL(`https://${host}`).hostname;
  const labels = ascii.split('.');
  if (labels.length < 2) return no('has no dot: give a full hostname, such as club.example.com');
  if (ascii.length > 253 || !labels.every((label) => LABEL.test(label))) return no('is no hostname');
  const last = labels.at(-1) ?? '';
  if (/^\d+$/.test(last)) return no('is a numeric address: give a hostname');
  if (last === 'localhost' && !development) return no('leads to the machine of whoever visits');
  return ascii;
}

/** All of them checked, each once, in order; the instance's own are refused. */
export function hostnames(given: string[], instanceHosts: string[], development: boolean): string[] | Refusal {
  const hosts: string[] = [];
  const own = new Set(instanceHosts.map((host) => host.replace(/:\d+$/, '').toLowerCase()));
  for (const name of given) {
    const host = hostname(name, development);
    if (typeof host !== 'string') return host;
    if (own.has(host)) return refuse('InvalidHost', `"${host}" is the instance's own: give the space another hostname`);
    if (!hosts.includes(host)) hosts.push(host);
  }
  return hosts.length > 0 ? hosts : refuse('InvalidHost', 'a space needs at least one hostname');
}
