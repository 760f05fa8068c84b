/** Everybody there is to a space, and a space of each kind: who they are, and what they may, said by hand. */
import { keepOrder } from '../../src/db/roster.ts';
import { DAY_MS } from '../../src/domain/admission.ts';
import type { Did } from '../../src/domain/model.ts';
import { ACTIONS, type Action } from '../../src/domain/roles.ts';
import { Community, didOf } from '../support/community.ts';

export const KINDS = ['public', 'unlisted', 'private', 'paused'] as const;
export type Kind = (typeof KINDS)[number];

export interface Person {
  name: string;
  /** Null for who is not signed in. */
  did: Did | null;
  /** Which halves of a membership there are. */
  joined: boolean;
  admitted: boolean;
  /** Of the space: a member by both halves, or its own account. */
  inside: boolean;
  /** For a time; whatever halves there are count for nothing meanwhile. */
  banned: boolean;
  actions: ReadonlySet<Action>;
  isGroup: boolean;
}

const roleOf = (action: Action): string => action.replace('.', '-');

const person = (name: string, more: Partial<Person> = {}): Person => ({
  ...{ name, did: didOf(`x${name}`), joined: false, admitted: false },
  ...{ inside: false, banned: false, isGroup: false },
  actions: new Set<Action>(),
  ...more,
});
const member = (name: string, actions: readonly Action[]): Person =>
  person(name, { joined: true, admitted: true, inside: true, actions: new Set(actions) });

/** Wrote all that there is to read. */
export const AUTHOR = member('author', ['post']);
export const PEOPLE: readonly Person[] = [
  person('visitor', { did: null }),
  person('operator', { did: null }),
  person('stranger'),
  person('joined', { joined: true }),
  person('named', { admitted: true }),
  person('left', { admitted: true }),
  person('ejected', { joined: true }),
  // As a ban leaves them; and where another client wrote the group's half anew, with every role.
  person('banned', { joined: true, banned: true }),
  person('banned with roles', { joined: true, admitted: true, banned: true }),
  member('member', []),
  ...ACTIONS.map((action) => member(action, [action])),
  member('steward', ACTIONS),
  AUTHOR,
  person('group', { inside: true, isGroup: true, actions: new Set(ACTIONS) }),
];

export interface Place {
  kind: Kind;
  space: Did;
  host: string;
  story: string;
  reply: string;
}

/** No record is in two spaces. */
export const storyKey = (kind: Kind): string => `3${kind.slice(0, 2)}aaaaaaaaaa`;
/** What only those who may read the space may be told. */
export const SECRETS = ['Whispered title', 'whispered answer', 'whispered-tag', didOf('xauthor'), 'keeper-of-keys'];

/** The account of a person; the group's is another in each space. */
export const didAt = ({ did, isGroup }: Person, { space }: Pick<Place, 'space'>): Did | null => (isGroup ? space : did);

export async function foundPlaces(db: D1Database): Promise<Place[]> {
  const places: Place[] = [];
  for (const kind of KINDS) places.push(await found(db, kind));
  return places;
}

async function found(db: D1Database, kind: Kind): Promise<Place> {
  const club = await Community.found(db, kind, {
    hosts: [`${kind}.example`],
    ...(kind === 'private' ? { held: 'private' } : {}),
    profile: { displayName: `The ${kind}`, postPolicy: 'roles', ...(kind === 'unlisted' ? { visibility: kind } : {}) },
  });
  const roles = [
    ...ACTIONS.map((action) => ({ role: roleOf(action), actions: [action], assignable: [] })),
    { role: 'keeper-of-keys', actions: [...ACTIONS], assignable: [] },
  ];
  await club.put(club.space, 'club.commonplace.space.permissions', { roles, defaultRoles: [] }, 'self');
  for (const role of roles)
    await club.put(club.space, 'club.commonplace.space.role', { displayName: role.role }, role.role);
  for (const someone of PEOPLE) await enter(db, club, kind, someone);
  const author = AUTHOR.did ?? '';
  const tags = ['whispered-tag'];
  const story = await club.story(author, 'Whispered title', { text: 'whispered text', tags }, storyKey(kind));
  const reply = await club.reply(author, story, story, 'whispered answer');
  if (kind === 'paused') await db.prepare('update space set paused_at = 1 where did = ?').bind(club.space).run();
  return { kind, space: club.space, host: `${kind}.example`, story, reply };
}

/** Everybody at every host. */
export async function signInAll(
  places: Place[],
  more: string[],
  signIn: (did: Did, hosts: string[]) => Promise<void>,
): Promise<void> {
  const hosts = [...more, ...places.map(({ host }) => host)];
  const people = PEOPLE.flatMap(({ did, isGroup }) => (did === null || isGroup ? [] : [did]));
  for (const did of [...people, ...places.map(({ space }) => space)]) await signIn(did, hosts);
}

async function enter(
  db: D1Database,
  club: Community,
  kind: Kind,
  { name, did, joined, admitted, banned, isGroup, actions }: Person,
): Promise<void> {
  if (did === null || isGroup) return;
  const [first] = actions;
  const roles = actions.size > 1 || banned ? ['keeper-of-keys'] : first ? [roleOf(first)] : [];
  if (banned) {
    const ban = { by: club.space, at: club.now, until: Date.now() + DAY_MS, told: 'x', reason: 'y' };
    await keepOrder(db, { order: 'ban', space: club.space, did, ban }, club.now);
  }
  if (kind === 'private') {
    // Nobody is a member there by a record.
    await club.hold(did, { joined, admitted, roles });
    return;
  }
  const join = (): Promise<string> => club.put(did, 'club.commonplace.actor.join', {}, club.space);
  const admit = (): Promise<string> =>
    club.put(club.space, 'club.commonplace.space.membership', { member: did, roles }, did);
  if (joined || name === 'left') await join();
  if (admitted || name === 'ejected') await admit();
  if (name === 'left') await club.remove(`at://${did}/club.commonplace.actor.join/${club.space}`);
  if (name === 'ejected') await club.remove(`at://${club.space}/club.commonplace.space.membership/${did}`);
}
