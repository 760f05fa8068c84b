// What a founding comes to: the first records of the group's own repository. The same decisions give the same records, so that
// they may be written again until all of them are there.
import { NSID } from './collections.ts';
import { beginRecord, membershipRecord } from './compose.ts';
import { type Founding, nextStep, type PictureName, type Ways } from './founding.ts';
import type { Did, JsonObject } from './model.ts';
import { ACTIONS } from './roles.ts';
import { presetOf, themeOf } from './theme-presets.ts';

export interface FirstRecord {
  collection: string;
  rkey: string;
  record: JsonObject;
}

/** A founding with nothing left to decide. */
export type Decided = { [K in keyof Founding]: NonNullable<Founding[K]> };

export const isDecided = (founding: Founding): founding is Decided => nextStep(founding) === null;

export const STEWARD = 'steward';
const MEMBER = 'member';

/** Blobs in the group's repository. */
export type Pictures = Partial<Record<PictureName, JsonObject>>;

/** The profile last: it is what makes the repository a space. `here`: the instance. */
export function foundingRecords(founding: Decided, pictures: Pictures, here: Did): FirstRecord[] {
  const { group, by, begunAt, stewards, ways } = founding;
  const space = group.did;
  const createdAt = new Date(begunAt).toISOString();
  const self = (collection: string, record: JsonObject): FirstRecord => ({ collection, rkey: 'self', record });
  const preset = presetOf(ways.theme);
  return [
    ...roleRecords(space),
    self(NSID.permissions, permissions(space, ways)),
    ...[...new Set([by, ...stewards.map(({ did }) => did)])].map((member) => ({
      ...{ collection: NSID.membership, rkey: member },
      record: membershipRecord(space, { member, roles: [STEWARD, MEMBER], createdAt }),
    })),
    ...(preset ? [self(NSID.theme, { ...beginRecord(NSID.theme, space, createdAt), ...themeOf(preset) })] : []),
    self(NSID.profile, profile(founding, pictures, createdAt, here)),
  ];
}

const roleRecords = (space: Did): FirstRecord[] => {
  const role = (rkey: string, displayName: string, description: string): FirstRecord => ({
    ...{ collection: NSID.role, rkey },
    record: { $type: NSID.role, space, displayName, description },
  });
  return [role(STEWARD, 'Steward', 'Acts for the space.'), role(MEMBER, 'Member', 'Belongs here.')];
};

/** Where roles say who may post, a plain member may not until a steward gives them one that does. */
const permissions = (space: Did, { postPolicy }: Ways): JsonObject => ({
  $type: NSID.permissions,
  space,
  roles: [
    { role: STEWARD, actions: [...ACTIONS], assignable: [STEWARD, MEMBER] },
    { role: MEMBER, actions: postPolicy === 'roles' ? [] : ['post'], assignable: [] },
  ],
  defaultRoles: [MEMBER],
});

function profile({ about, ways, group, by }: Decided, pictures: Pictures, createdAt: string, here: Did): JsonObject {
  const { displayName, description, lang } = about;
  const { joinPolicy, postPolicy, visibility, external, instances, sections } = ways;
  const isPublic = visibility === 'public';
  return {
    ...beginRecord(NSID.profile, group.did, createdAt),
    ...{ displayName, joinPolicy, postPolicy },
    ...(description === '' ? {} : { description }),
    ...pictures,
    ...(lang === '' ? {} : { langs: [lang] }),
    // A private space says so in no public record.
    visibility: isPublic ? 'public' : 'unlisted',
    allowExternalDiscovery: external && visibility !== 'private',
    ...(instances.length > 0 ? { allowedInstances: instances } : {}),
    sections: sections.map(({ id, name, collections }) => ({ id, name, collections })),
    ...{ owner: group.did, createdBy: by, hostedBy: here },
  };
}
