/** What a group says about itself, as records of its own repository. */
import { NSID } from '../../../domain/collections.ts';
import type { Name } from '../people.ts';
import type { SampleNotice, SampleSpace } from '../types.ts';
import { type NewRecord, uploadPicture, type Writer, writeAll } from './repository.ts';
import { daysAgo } from './times.ts';

export type DidOf = (who: Name) => string;

/** Everything but what needs its members' posts to exist. `home` is the address of its site. */
export async function writeGroup(sample: SampleSpace, group: Writer, didOf: DidOf, home: string): Promise<void> {
  const [avatar, banner] = await Promise.all([
    uploadPicture(group, sample.avatar),
    uploadPicture(group, sample.banner),
  ]);
  const founded = daysAgo(sample.founded);
  const publication = { name: sample.displayName, description: sample.description, url: home };
  const [site] = await writeAll(group, [{ collection: NSID.publication, value: publication }]);
  await writeAll(group, [
    { collection: NSID.profile, rkey: 'self', value: { ...profile(sample, didOf, group.did), avatar, banner } },
    { collection: NSID.theme, rkey: 'self', value: { space: group.did, ...sample.theme, createdAt: founded } },
    ...rules(sample, group.did),
    ...roles(sample, group.did),
    ...memberships(sample, group.did, didOf),
    ...sample.notices.map((notice) => document(notice, site?.uri ?? home)),
  ]);
}

function profile(sample: SampleSpace, didOf: DidOf, space: string): NewRecord['value'] {
  const { displayName, description, joinPolicy, postPolicy, sections, langs, members } = sample;
  const founder = members[0] ? { createdBy: didOf(members[0].who) } : {};
  return {
    ...{ space, displayName, description, joinPolicy, postPolicy, sections, langs },
    ...founder,
    owner: space,
    createdAt: daysAgo(sample.founded),
  };
}

const rules = (sample: SampleSpace, space: string): NewRecord[] =>
  sample.rules.map((rule, order) => ({ collection: NSID.rule, value: { space, ...rule, order } }));

function roles(sample: SampleSpace, space: string): NewRecord[] {
  const permissions = {
    space,
    roles: sample.roles.map(({ id, actions, assignable }) => ({ role: id, actions, assignable })),
    defaultRoles: ['member'],
  };
  return [
    ...sample.roles.map(({ id, displayName, description }) => ({
      ...{ collection: NSID.role, rkey: id, value: { space, displayName, description } },
    })),
    { collection: NSID.permissions, rkey: 'self', value: permissions },
  ];
}

/** The group's half; the members write theirs. */
const memberships = (sample: SampleSpace, space: string, didOf: DidOf): NewRecord[] =>
  sample.members.map(({ who, roles = [] }, index) => {
    const member = didOf(who);
    const createdAt = daysAgo(sample.founded - index);
    return {
      collection: NSID.membership,
      rkey: member,
      value: { space, member, roles: [...roles, 'member'], createdAt },
    };
  });

const document = ({ days, title, path, description, text, tags }: SampleNotice, site: string): NewRecord => ({
  collection: NSID.document,
  value: { site, title, path, description, textContent: text, tags, publishedAt: daysAgo(days) },
});

/** What each person says of themselves to the space: that they join it, or follow it. */
export function personal(sample: SampleSpace, space: string): Map<Name, NewRecord[]> {
  const said = new Map<Name, NewRecord[]>();
  const say = (who: Name, collection: string, days: number): void => {
    const value = { space, createdAt: daysAgo(days) };
    said.set(who, [{ collection, rkey: space, value }]);
  };
  sample.members.forEach(({ who }, index) => {
    say(who, NSID.join, sample.founded - index);
  });
  for (const who of sample.asking) say(who, NSID.join, 1);
  for (const who of sample.followers) say(who, NSID.subscription, 2);
  return said;
}
