// Names: how a space is asked for, and which names a space gives its members, `name.<hostname>`.
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity';
import { isReservedName, looksLike } from './likeness.ts';
import { type Refusal, refuse } from './outcome.ts';

/** What may be meant by a name as people write it, in the order it is tried. */
export type Meant = { by: 'did' | 'handle' | 'host'; name: string } | { by: 'label'; name: string; instance: string };

const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * `!name@host` is the space at the hostname `name.<host>`; else the one with that handle; else, where `host` is the instance's own, the
 * only one whose handle begins with `name.`. `@handle` is a handle; a DID is a DID; anything else is a handle.
 */
export function meantBy(given: string): Meant[] {
  const name = given.trim();
  if (name.length > 512) return [];
  if (name.startsWith('did:')) return [{ by: 'did', name }];
  if (!name.startsWith('!')) return [{ by: 'handle', name: name.replace(/^@/, '').toLowerCase() }];
  const [label = '', host = '', ...more] = name.slice(1).toLowerCase().split('@');
  if (more.length > 0 || !LABEL.test(label) || !HOST.test(host)) return [];
  const full = `${label}.${host}`;
  return [
    { by: 'host', name: full },
    { by: 'handle', name: full },
    { by: 'label', name: label, instance: host },
  ];
}

/** Whether somebody means one space, and not words to look for. */
export const isSpaceName = (given: string): boolean =>
  /^(?:did:|@[^\s@]+\.[^\s@]+$|![^\s@]+@[^\s@]+$)/.test(given.trim());

/** How long a name is kept for who has left. */
export const RELEASED_AFTER_MS = 30 * 86_400_000;
export const NAME_LENGTH = { least: 3, most: 30 };

const profanity = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });

export const isProfane = (label: string): boolean =>
  profanity.hasMatch(label) || profanity.hasMatch(label.replaceAll('-', ''));

/** As typed, with or without what comes after the first dot. */
export const labelFrom = (typed: string, hostname: string): string =>
  typed
    .trim()
    .toLowerCase()
    .replace(/^@/, '')
    .replace(new RegExp(`\\.${hostname.replaceAll('.', '\\.')}$`), '');

/**
 * Null for a name that a member may have. `own`: what the space is called by, and those who act for it; nobody may be taken for them.
 */
export function refuseName(label: string, own: string[]): Refusal | null {
  const no = (why: string): Refusal => refuse('InvalidRequest', why);
  if (label.length < NAME_LENGTH.least || label.length > NAME_LENGTH.most)
    return no(`a name has ${NAME_LENGTH.least} to ${NAME_LENGTH.most} letters`);
  if (!LABEL.test(label)) return no('a name has only letters from a to z, digits, and hyphens between them');
  if (isReservedName(label)) return no('this name is kept for the space itself');
  if (isProfane(label)) return no('this name offends people');
  return own.some((name) => looksLike(name, label))
    ? no('this name would be taken for the space or its stewards')
    : null;
}

/** The name and the host that it stands before; null where it stands before none. */
export function splitHost(hostname: string): { label: string; host: string } | null {
  const [label = '', ...rest] = hostname.toLowerCase().split('.');
  return LABEL.test(label) && rest.length > 0 ? { label, host: rest.join('.') } : null;
}
