/** Who and what the generated histories are about. */
import type { Did, Json, JsonObject } from '../../src/domain/model.ts';
import { Dice } from './dice.ts';
import type { World } from './nouns.ts';
import { OURS } from './soundness.ts';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

export const didOf = (name: string): Did => `did:plc:${name.padEnd(24, 'a')}`;

export const LETTERS = didOf('letters');
export const LEAGUE = didOf('league');
/** A space that this instance does not follow. */
export const ELSEWHERE = didOf('elsewhere');

export const NOW = Date.UTC(2026, 10, 1, 12);

export const COMMENT = 'org.example.comment';
export const ESSAY = 'org.example.essay';
export const BADGE = 'org.example.badge';
/** Asked for by the spaces and not allowed by the operator. */
export const FORBIDDEN = 'org.example.forbidden';

export const world = (now = NOW): World => ({ spaces: [LETTERS, LEAGUE], allowed: [COMMENT, ESSAY, BADGE], now });

export const authors = (count: number): Did[] => Array.from({ length: count }, (_, n) => didOf(`author${letters(n)}`));

/** A number in letters: DIDs of this method have no 0, 1, 8 or 9. */
function letters(n: number): string {
  return n < 26 ? (BASE32[n] as string) : `${letters(Math.floor(n / 26))}${BASE32[n % 26]}`;
}

const COLLECTIONS: JsonObject[] = [
  { collection: COMMENT, rule: 'reference', path: 'subject.uri' },
  { collection: ESSAY, rule: 'field', path: 'community' },
  { collection: BADGE, rule: 'rkey' },
  { collection: FORBIDDEN, rule: 'field', path: 'community' },
];

const section = (id: string, ...collections: string[]): JsonObject => ({ id, name: id, collections });
const [story, topic, crosspost] = ['story', 'topic', 'crosspost'].map((name) => OURS + name) as [
  string,
  string,
  string,
];

/** What a profile may say of its sections; null says nothing. What they take beside stories and topics comes and goes. */
export const SECTIONS: (JsonObject[] | null)[] = [
  [section('tales', story), section('talk', topic, crosspost)],
  [section('writing', story, topic, ESSAY), section('links')],
  [section('talk', topic), section('links', crosspost), section('tales', story)],
  [section('talk', topic)],
  null,
];
export const SECTION_IDS = ['tales', 'talk', 'writing', 'links', 'no-such-section'];

export function profile(
  space: Did,
  postPolicy: string | null,
  sections: JsonObject[] | null,
  createdAt: string,
): JsonObject {
  return {
    $type: `${OURS}space.profile`,
    ...{
      space,
      displayName: `The ${space.slice(8, 16)}`,
      joinPolicy: 'open',
      createdAt,
      collections: COLLECTIONS as Json[],
    },
    ...(postPolicy === null ? {} : { postPolicy }),
    ...(sections === null ? {} : { sections: sections as Json[] }),
  };
}

export const ROLES = ['writer', 'reader'];

export function permissions(space: Did, granting: Record<string, string[]>): JsonObject {
  const roles = Object.entries(granting).map(([role, actions]) => ({ role, actions, assignable: [] }));
  return { $type: `${OURS}space.permissions`, space, roles, defaultRoles: [] };
}

/** A well-formed CID; what it is said to be the hash of plays no part here. */
export function cidOf(seed: number): string {
  const dice = new Dice(seed);
  const bytes = [0x01, 0x71, 0x12, 0x20, ...Array.from({ length: 32 }, () => dice.below(256))];
  let [bits, held, text] = [0, 0, 'b'];
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= 5) {
      held -= 5;
      text += BASE32[(bits >> held) & 31];
    }
    bits &= (1 << held) - 1;
  }
  return held > 0 ? text + BASE32[(bits << (5 - held)) & 31] : text;
}
