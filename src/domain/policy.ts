// What a space's own records say, read with defaults: unknown values fall back as the lexicon's descriptions tell.
import { ADMISSION } from './admission.ts';
import { isKnown, MAX_FURTHER } from './collections.ts';
import { objectsIn, stringsIn } from './json.ts';
import type {
  BelongingRule,
  Did,
  Discovery,
  JoinPolicy,
  JoinQuestion,
  Json,
  JsonObject,
  PostPolicy,
  Section,
  SpacePolicy,
  Visibility,
} from './model.ts';
import { DEFAULT_SECTIONS, isSectionId } from './sections.ts';
import { oneLine } from './text.ts';
import { validDid } from './uri.ts';

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
const oneOf = <T extends string>(value: Json | undefined, known: readonly T[], absent: T, unknown: T): T =>
  value === undefined ? absent : (known.find((name) => name === value) ?? unknown);

/** `allowed` decides which further collections count: the operator's `ALLOWED_COLLECTIONS`. */
export function spacePolicy(
  did: Did,
  profile: JsonObject | null,
  permissions: JsonObject | null,
  allowed: (collection: string) => boolean,
): SpacePolicy {
  return {
    did,
    postPolicy: oneOf<PostPolicy>(profile?.postPolicy, ['anyone', 'members', 'roles'], 'members', 'roles'),
    relayTakedowns: oneOf(profile?.relayTakedowns, ['follow', 'ignore'], 'follow', 'follow'),
    sections: sectionsOf(profile),
    rules: rulesOf(profile, allowed),
    actions: byRole(permissions, 'actions'),
    reach: byRole(permissions, 'assignable'),
  };
}

/** One entry for each role: of several the first counts. */
function byRole(permissions: JsonObject | null, what: 'actions' | 'assignable'): Record<string, string[]> {
  const found: Record<string, string[]> = Object.create(null);
  for (const entry of objectsIn(permissions?.roles)) {
    const role = text(entry.role);
    if (role !== null) found[role] ??= stringsIn(entry[what]);
  }
  return found;
}

function sectionsOf(profile: JsonObject | null): Section[] {
  const sections: Section[] = [];
  for (const entry of objectsIn(profile?.sections).slice(0, 20)) {
    const id = text(entry.id);
    if (!id || !isSectionId(id) || sections.some((section) => section.id === id)) continue;
    const description = text(entry.description);
    sections.push({
      id,
      name: text(entry.name) ?? id,
      collections: stringsIn(entry.collections),
      ...(description ? { description } : {}),
    });
  }
  return sections.length > 0 ? sections : DEFAULT_SECTIONS;
}

function rulesOf(profile: JsonObject | null, allowed: (collection: string) => boolean): BelongingRule[] {
  return objectsIn(profile?.collections)
    .slice(0, MAX_FURTHER.space)
    .flatMap((entry): BelongingRule[] => {
      const collection = text(entry.collection);
      if (!collection || isKnown(collection) || !allowed(collection)) return [];
      const by = oneOf(entry.rule, ['field', 'rkey', 'reference', 'repo'], 'repo', 'repo');
      const path = text(entry.path) ?? (by === 'field' ? 'space' : '');
      return by === 'reference' && path === '' ? [] : [{ collection, by, path }];
    });
}

export const joinPolicyOf = (profile: JsonObject | null): JoinPolicy =>
  oneOf<JoinPolicy>(profile?.joinPolicy, ['open', 'approval', 'invite'], 'invite', 'invite');

export const joinQuestionsOf = (profile: JsonObject | null): JoinQuestion[] =>
  objectsIn(profile?.joinQuestions)
    .flatMap(({ text: asked, required }) =>
      typeof asked === 'string' ? [{ text: oneLine(asked, ADMISSION.question), required: required === true }] : [],
    )
    .slice(0, ADMISSION.questions);

/** What the instance holds (`private`) stands above what the public record says. */
export const visibilityOf = (profile: JsonObject | null, heldHere: Visibility | null): Visibility =>
  heldHere ?? oneOf<Visibility>(profile?.visibility, ['public', 'unlisted'], 'public', 'unlisted');

export const discoveryOf = (profile: JsonObject | null): Discovery => ({
  home: validDid(profile?.hostedBy) ? profile.hostedBy : null,
  external: profile?.allowExternalDiscovery !== false,
  instances: stringsIn(profile?.allowedInstances),
});

const MAX_RECOMMENDED = 5;

/** Origins of servers for who has no account; what is no web address is not there. */
export function serversIn(values: string[]): string[] {
  const urls = values.flatMap((value) => URL.parse(value) ?? []);
  const origins = urls.filter(({ protocol }) => /^https?:$/.test(protocol)).map(({ origin }) => origin);
  return [...new Set(origins)].slice(0, MAX_RECOMMENDED);
}

export const recommendedPdsOf = (profile: JsonObject | null): string[] => serversIn(stringsIn(profile?.recommendedPds));

export const rolesOf = (membership: JsonObject): string[] => [...new Set(stringsIn(membership.roles))].slice(0, 100);
