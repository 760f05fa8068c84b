// Names that are taken for one another: compared by what a hurried reader sees.
import { readableLabel } from './punycode.ts';

/** Letters of other scripts, and digits, that look like Latin ones. */
const LOOKS: Record<string, string> = Object.fromEntries(
  [
    ...[
      'аa',
      'αa',
      'вb',
      'βb',
      'сc',
      'ϲc',
      'ԁd',
      'еe',
      'εe',
      'єe',
      'ԍg',
      'нh',
      'һh',
      'іl',
      'ıl',
      'ιl',
      'јj',
      'кk',
      'κk',
    ],
    ...[
      'мm',
      'ոn',
      'оo',
      'οo',
      'σo',
      'рp',
      'ρp',
      'ԛq',
      'гr',
      'ѕs',
      'тt',
      'τt',
      'υu',
      'ѵv',
      'νv',
      'ѡw',
      'ωw',
      'хx',
      'χx',
      'уy',
      'γy',
    ],
    ...['0o', '1l', 'il', '|l', '3e', '4a', '5s', '7t', '8b', '$s', '@a', '!l'],
  ].map((pair) => [pair.slice(0, -1), pair.slice(-1)]),
);

/** The same for all names that look alike. */
export const skeleton = (name: string): string =>
  Array.from(name.normalize('NFKD').toLowerCase(), (letter) => LOOKS[letter] ?? letter)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');

/** Names without any letter look like nothing. */
export const looksLike = (one: string, other: string): boolean =>
  skeleton(one) !== '' && skeleton(one) === skeleton(other);

/** As browsers show a hostname: dots count, for they say whose name it is. */
export const hostsLookAlike = (one: string, other: string): boolean => {
  const [labels = [], others = []] = [one, other].map((host) => host.split('.').map(readableLabel));
  return labels.length === others.length && labels.every((label, i) => looksLike(label, others[i] ?? ''));
};

/** What an operator's domain needs for itself, or what would pass for the operator. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'abuse account accounts admin administrator api app apps auth autoconfig autodiscover billing blog cdn commonplace contact dns dev ' +
    'directory docs donate email ftp help home host hostmaster imap info instance ipv4 ipv6 jetstream legal localhost login mail media ' +
    'moderation moderator mx news noreply ns ns1 ns2 oauth official operator pds plc pop postmaster privacy relay root search security ' +
    'setup shop signup smtp spam ssl staff stage static status steward support sysadmin system team terms test tls trust vpn webmail ' +
    'webmaster www xrpc'
  ).split(' '),
);

/** Whether a name of an operator's domain is kept from founders: too short, reserved, or like one that is. */
export const isReservedName = (label: string): boolean =>
  label.length < 3 || label.startsWith('xn--') || [...RESERVED].some((reserved) => looksLike(reserved, label));
