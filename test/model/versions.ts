/** What is known of each record: its versions in order, and the space that each belongs to. */
import type { RecordEvent } from '../../src/domain/event.ts';
import type { Did, Json, JsonObject } from '../../src/domain/model.ts';
import type { Index, LiveRecord, World } from './nouns.ts';
import { asObject, OURS, objectsIn } from './soundness.ts';

export interface Version {
  event: RecordEvent;
  space: Did | null;
}

export const uriOf = (event: RecordEvent): string => `at://${event.did}/${event.collection}/${event.rkey}`;

/** Later versions win; of the same rev, what an event says wins over what a snapshot says. */
function compareVersions(a: RecordEvent, b: RecordEvent): number {
  if (a.rev !== b.rev) return a.rev < b.rev ? -1 : 1;
  return Number(b.snapshot) - Number(a.snapshot);
}

export function assignSpaces(sound: RecordEvent[], world: World): Map<string, Version[]> {
  const byUri = Map.groupBy(sound, uriOf);
  const rules = furtherRules(byUri, world);
  const direct = (event: RecordEvent): Did | null => {
    const { record } = event;
    if (record === null) return null;
    const named = record.space;
    if (event.collection.startsWith(OURS)) return world.spaces.find((did) => did === named) ?? null;
    const takers = rules.filter(({ collection }) => collection === event.collection);
    const by = (test: (taker: Rule) => boolean) => takers.find(test)?.space ?? null;
    if (typeof named === 'string') return by(({ space }) => space === named);
    return (
      by(({ space }) => space === event.did) ??
      by(({ space, rule, path }) => rule === 'field' && record[path || 'space'] === space) ??
      by(({ space, rule }) => rule === 'rkey' && event.rkey === space)
    );
  };
  const versions = new Map(
    [...byUri].map(([uri, of]) => [
      uri,
      of.toSorted(compareVersions).map((event): Version => ({ event, space: direct(event) })),
    ]),
  );
  for (const version of [...versions.values()].flat()) {
    if (version.space !== null || version.event.record === null || 'space' in version.event.record) continue;
    for (const { collection, rule, path, space } of rules) {
      if (collection !== version.event.collection || rule !== 'reference') continue;
      const target = versions.get(String(at(version.event.record, path)));
      if (target?.at(-1)?.space === space) version.space = space;
    }
  }
  return versions;
}

interface Rule {
  space: Did;
  collection: string;
  rule: string;
  path: string;
}

/** What the profiles in force say of collections that are not ours. */
function furtherRules(byUri: Map<string, RecordEvent[]>, world: World): Rule[] {
  return world.spaces.flatMap((space) => {
    const versions = byUri.get(`at://${space}/${OURS}space.profile/self`) ?? [];
    const collections = versions.toSorted(compareVersions).at(-1)?.record?.collections;
    return objectsIn(collections).flatMap(({ collection, rule, path }) => {
      if (typeof collection !== 'string' || !world.allowed.includes(collection)) return [];
      return [{ space, collection, rule: String(rule), path: typeof path === 'string' ? path : '' }];
    });
  });
}

function at(record: JsonObject, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((value, name) => asObject(value)?.[name], record);
}

/** Of every space that ever held a record of theirs: the newest rev of a version it took, and how many are live there. */
export function authorsOf(versions: Map<string, Version[]>, records: LiveRecord[]): Index['authors'] {
  const authors = new Map<string, Index['authors'][number]>();
  for (const { event, space } of [...versions.values()].flat()) {
    if (space === null) continue;
    const { did, rev } = event;
    const author = authors.get(`${did} ${space}`) ?? { did, space, rev, count: 0 };
    if (rev > author.rev) author.rev = rev;
    authors.set(`${did} ${space}`, author);
  }
  for (const { did, space } of records) {
    const author = authors.get(`${did} ${space}`);
    if (author !== undefined) author.count += 1;
  }
  return [...authors.values()];
}
