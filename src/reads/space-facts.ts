// A space's row and own records as nouns.
import type { OwnRecord, SpaceRow } from '../db/queries/spaces.ts';
import { opensTo } from '../domain/access.ts';
import { NSID } from '../domain/collections.ts';
import { dormancyOf } from '../domain/dormancy.ts';
import { shortHash } from '../domain/hash.ts';
import { isObject, objectIn, objectsIn, stringsIn } from '../domain/json.ts';
import { isBlobCid } from '../domain/media.ts';
import type { Did, Json, JsonObject, Role, Rule, Space, SpaceDetails } from '../domain/model.ts';
import {
  discoveryOf,
  joinPolicyOf,
  joinQuestionsOf,
  recommendedPdsOf,
  spacePolicy,
  visibilityOf,
} from '../domain/policy.ts';
import { oneLine, withoutTricks } from '../domain/text.ts';
import { parseUri, validDid } from '../domain/uri.ts';

type Allowed = (collection: string) => boolean;

const MAX_NAME = 64;

export function spaceOf(row: SpaceRow, allowed: Allowed): Space {
  const profile = object(row.profile);
  return {
    did: row.did,
    handle: row.handle,
    hosts: JSON.parse(row.hosts) as string[],
    displayName: oneLine(row.displayName, MAX_NAME),
    description: withoutTricks(string(profile?.description) ?? ''),
    url: webAddress(profile?.url),
    avatar: blobCid(profile?.avatar),
    banner: blobCid(profile?.banner),
    joinPolicy: joinPolicyOf(profile),
    joinQuestions: joinQuestionsOf(profile),
    visibility: visibilityOf(profile, row.held),
    roster: row.heldRoster === 'private' ? 'private' : 'public',
    discovery: discoveryOf(profile),
    policy: spacePolicy(row.did, profile, object(row.permissions), allowed),
    labelers: objectsIn(profile?.labelers).flatMap(({ did, mode }) =>
      validDid(did) ? [{ did, mode: mode === 'mandatory' ? mode : 'default' }] : [],
    ),
    langs: stringsIn(profile?.langs),
    createdAt: string(profile?.createdAt),
    addedAt: row.addedAt,
    paused: row.pausedAt !== null,
    dormancy: dormancyOf(row.warnedAt, row.archivedAt),
    posts: row.posts,
    replies: row.replies,
    members: row.members,
    themeHash: row.theme === null ? null : shortHash(row.theme).toString(36),
  };
}

export function detailsOf(row: SpaceRow, own: OwnRecord[], allowed: Allowed): SpaceDetails {
  const space = spaceOf(row, allowed);
  const profile = object(row.profile);
  const defaults = stringsIn(object(row.permissions)?.defaultRoles);
  const records = own.flatMap(({ uri, value }) => {
    const parts = parseUri(uri);
    const record = object(value);
    return parts && record ? [{ uri, record, ...parts }] : [];
  });
  const of = (collection: string) => records.filter((record) => record.collection === collection);
  return {
    ...space,
    rules: rulesOf(of(NSID.rule)),
    roles: of(NSID.role).map(({ rkey, record }) => roleOf(space, rkey, record, defaults)),
    theme: object(row.theme),
    owner: did(profile?.owner),
    recommendedPds: recommendedPdsOf(profile),
    createdBy: did(profile?.createdBy),
    hostedBy: did(profile?.hostedBy),
    previousHost: did(profile?.previousHost),
  };
}

/** Lowest `order` first; those without one last, by key. */
function rulesOf(records: { uri: string; record: JsonObject }[]): Rule[] {
  const order = ({ order: value }: JsonObject): number => (typeof value === 'number' ? value : Number.MAX_SAFE_INTEGER);
  return records
    .toSorted((a, b) => order(a.record) - order(b.record) || (a.uri < b.uri ? -1 : 1))
    .map(({ uri, record }) => ({
      uri,
      title: oneLine(string(record.title) ?? '', MAX_NAME),
      text: string(record.text) ?? '',
    }));
}

const roleOf = (space: Space, id: string, record: JsonObject, defaults: string[]): Role => ({
  id,
  displayName: oneLine(string(record.displayName) ?? id, MAX_NAME),
  description: string(record.description),
  actions: space.policy.actions[id] ?? [],
  isDefault: defaults.includes(id),
});

/** Instances that are not its home list a space only as far as its profile lets them. */
export function mayBeListedBy(instance: Did, row: SpaceRow): boolean {
  const discovery = discoveryOf(object(row.profile));
  return opensTo(discovery, instance, discovery.home ?? instance);
}

function object(text: string | null): JsonObject | null {
  const value: unknown = text === null ? null : JSON.parse(text);
  return isObject(value) ? value : null;
}

const string = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
const did = (value: Json | undefined): Did | null => (validDid(value) ? value : null);

const webAddress = (value: Json | undefined): string | null =>
  typeof value === 'string' && /^https?:\/\/[^\s]+$/i.test(value) && URL.canParse(value) ? value : null;

function blobCid(value: Json | undefined): string | null {
  const { $link } = objectIn(objectIn(value).ref);
  return isBlobCid($link) ? $link : null;
}
