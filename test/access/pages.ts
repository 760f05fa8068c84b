/**
 * Who may do what at which address of a site: a line for each route, which the table test really asks as everybody there is, in
 * each kind of space. A new route needs a line here.
 */

import type { Action } from '../../src/domain/roles.ts';
import { DARK, LIGHT } from '../../src/web/theme.ts';
import { CID, didOf } from '../support/community.ts';
import { AUTHOR, type Person, type Place, storyKey } from './people.ts';

type Who = (person: Person, place: Place) => boolean;

/** Outcomes are a status, where a redirect leads, and what was done, as `303 /login` or `502 write`. */
export type Told = string | ((person: Person) => string);

export interface PageRule {
  /** Of those who may read the space. */
  who: Who;
  /** To them; `200` where it says nothing. */
  yes?: Told;
  /** To them in a space that is paused, where that is another. */
  paused?: Told;
  /** To them in a private space, where that is another. */
  closed?: Told;
  /** To all others. */
  no?: string;
  /** To those others who are not signed in; as `no` where it says nothing. */
  visitor?: string;
  /** Query, after the path. */
  query?(place: Place): Record<string, string>;
  form?(place: Place): Record<string, string>;
  /** It answers whoever may not read a private space just the same. */
  atTheDoor?: true;
  /** It tells people of spaces that they are in themselves. */
  isPersonal?: true;
}

const anybody: Who = () => true;
const nobody: Who = () => false;
const signedIn: Who = ({ did }) => did !== null;
const may =
  (...any: Parameters<Person['actions']['has']>[0][]): Who =>
  ({ actions }) =>
    any.some((action) => actions.has(action));
const isAuthor: Who = ({ did }) => did === AUTHOR.did;

const read: PageRule = { who: anybody };
const door: PageRule = { who: anybody, atTheDoor: true };
const SIGN_IN = '303 /login';
/** What the account's own server is asked to do; here it is always away. */
const WRITTEN = '502 write';

const story = ({ story: uri }: Place) => ({ uri });
const post = () => ({ title: 'A', text: 'B', tags: '', section: '', warning: '', lang: '', feedback: '' });
const home = () => ({ to: 'https://instance.example', from: 'https://instance.example', visit: 'x', next: '/' });

/** Parts of addresses. */
export const PARTS: Record<string, (place: Place) => string> = {
  ':file': () => 'x.css',
  ':token': () => 'x'.repeat(43),
  ':did': ({ space }) => space,
  ':tag': () => 'whispered-tag',
  ':who': () => AUTHOR.did ?? '',
  ':section': () => 'stories',
  ':name': ({ space }) => space,
  ':post': ({ kind }) => storyKey(kind),
  ':nsid': () => 'club.commonplace.feed.getFeed',
  ':kind': () => 'topic',
  ':picture': () => 'avatar',
};

const SIGNING: Record<string, PageRule> = {
  'GET /login': door,
  'POST /login': { ...door, yes: '400', form: () => ({ who: 'not a name' }) },
  'GET /login/names': { ...door, query: () => ({ q: 'xa' }) },
  'GET /login/pull': { ...door, yes: '303 /login/give', query: home },
  'GET /login/give': { ...door, who: signedIn, yes: '303 /login/carry', no: SIGN_IN, query: home },
  'GET /login/carry': { ...door, yes: '400' },
  'GET /login/back': { ...door, yes: '303 /', query: home },
  'GET /oauth/callback': { ...door, yes: '400' },
  'GET /account': { ...door, isPersonal: true },
  'POST /account/use': { ...door, who: signedIn, yes: '303 /account', no: '400', form: () => ({}) },
  'POST /logout': { ...door, who: signedIn, yes: '303 / signOut', no: '400', form: () => ({}) },
};

/** What is one's own; nobody's right in the space makes a difference. */
const own = (yes = '200'): PageRule => ({ who: signedIn, yes, no: SIGN_IN, isPersonal: true });
const ownForm = (yes: string, form: Record<string, string> = {}): PageRule => ({ ...own(yes), form: () => form });

const PERSONAL: Record<string, PageRule> = {
  'GET /notifications': own(),
  'POST /notifications/seen': ownForm('303 /notifications', { until: '1' }),
  'POST /notifications/feed': ownForm('200'),
  'POST /notifications/feed/revoke': ownForm('303 /notifications'),
  // Whoever is signed in: it is for whom the address was made.
  'GET /notifications/feed/:token': { who: nobody, no: '404' },
  'GET /account/mutes': own(),
  'POST /account/mutes': ownForm('303 /', { subject: 'did:plc:zzzzzzzzzzzzzzzzzzzzzzzz' }),
  'GET /account/data': own('200 drafts'),
  'POST /account/data/export': ownForm('200 drafts'),
  'GET /account/data/erase': own(),
  // What the account of a space wrote is the space.
  'POST /account/data/erase': {
    ...{
      who: ({ did, isGroup }) => did !== null && !isGroup,
      yes: '200 forget drafts operate signOut',
      no: '400',
      visitor: SIGN_IN,
    },
    ...{ isPersonal: true, form: () => ({ sure: '1' }) },
  },
};

const FILES: Record<string, PageRule> = {
  'GET /assets/:file': door,
  'GET /robots.txt': door,
  'GET /favicon.svg': door,
  'GET /favicon.ico': door,
};

const DOCS: Record<string, PageRule> = {
  'GET /docs': { ...read, yes: '302 /docs/api' },
  'GET /docs/api': read,
  'GET /docs/api/:nsid': read,
};

const joiner = () => ({ did: didOf('xjoined') });
const looksAfter: Who = ({ actions }) =>
  ['admit', 'eject', 'role.assign'].some((action) => actions.has(action as Action));
/** Where who is in is told to nobody, neither is who came by which invitation. */
const seesInvites: Who = (person, place) =>
  person.actions.has('invite') && (place.kind !== 'private' || looksAfter(person, place));
const manages: Who = ({ actions }) => actions.has('eject') || actions.has('role.assign');

/** Where nobody but this instance knows who is in. */
const enters: Told = ({ inside, admitted, banned, name }) =>
  banned ? '403' : inside ? '303 /join' : admitted || name === 'left' ? '303 /join hold answer' : '303 /join hold hold';

/** Of who is banned nothing is held here. */
const hasJoined: Who = ({ joined, banned }, { kind }) => joined && !(banned && kind === 'private');

/** By which one comes in and goes, at the host of a private space too. */
const DOOR: Record<string, PageRule> = {
  'GET /join': door,
  'POST /join': {
    ...{ ...door, who: signedIn, paused: '403', closed: enters, visitor: SIGN_IN },
    yes: ({ banned }) => (banned ? '403' : WRITTEN),
    form: () => ({}),
  },
  'POST /join/withdraw': { ...door, who: signedIn, yes: '404', visitor: SIGN_IN, form: () => ({}) },
  'POST /join/decline': { ...door, who: signedIn, yes: '404', visitor: SIGN_IN, form: () => ({}) },
  'GET /leave': { ...door, who: hasJoined, no: '303 /join', visitor: SIGN_IN },
  'POST /leave': {
    ...{ ...door, who: signedIn, yes: WRITTEN, visitor: SIGN_IN, form: () => ({}) },
    closed: '303 /join settle unname hold',
  },
  'GET /invite/:token': { ...door, yes: '404' },
  'POST /invite/:token': { ...door, who: signedIn, yes: '404', visitor: SIGN_IN, form: () => ({}) },
};

const STAFF: Record<string, PageRule> = {
  'POST /follow': { who: signedIn, yes: WRITTEN, paused: '403', visitor: SIGN_IN, form: () => ({ follow: '1' }) },
  'GET /members': { who: (person, place) => place.kind !== 'private' || looksAfter(person, place), no: '404' },
  'GET /members/requests': { who: may('admit'), no: '404', visitor: SIGN_IN },
  'POST /members/requests': {
    ...{ who: may('admit'), yes: '303 /members/requests decline', closed: '303 /members/requests decline hold' },
    ...{ no: '404', visitor: SIGN_IN, form: joiner },
  },
  'GET /members/invites': { who: seesInvites, no: '404', visitor: SIGN_IN },
  'POST /members/invites': {
    ...{ who: seesInvites, yes: '200 link', paused: '403', no: '404', visitor: SIGN_IN },
    form: () => ({ act: 'create', uses: '1', days: '7' }),
  },
  'GET /members/bans': { who: may('eject'), no: '404', visitor: SIGN_IN },
  'POST /members/bans': {
    who: may('eject'),
    yes: '303 /members/bans unban',
    no: '404',
    visitor: SIGN_IN,
    form: joiner,
  },
  'GET /members/:who': { who: manages, no: '404', visitor: SIGN_IN },
  // Of the person in the address, who has a role that is in nobody's reach but the group's.
  'POST /members/:who': {
    ...{ who: manages, yes: ({ isGroup }) => (isGroup ? '502 act' : '403'), no: '404', visitor: SIGN_IN },
    closed: ({ isGroup }) => (isGroup ? `303 /members/${AUTHOR.did} hold` : '403'),
    form: () => ({ act: 'eject' }),
  },
};
const MEMBERS: Record<string, PageRule> = { ...DOOR, ...STAFF };

const GROUP: Record<string, PageRule> = {
  'GET /group': { who: may('group.configure'), no: '404', visitor: SIGN_IN },
  'POST /space/revive': {
    ...{ who: may('space.configure'), yes: '303 / operate', no: '404', visitor: SIGN_IN, form: () => ({}) },
  },
  'GET /group/log': { who: may('group.configure', 'mod.read'), no: '404', visitor: SIGN_IN },
  'POST /group/connect': { who: may('group.configure'), yes: '502', no: '404', visitor: SIGN_IN, form: () => ({}) },
  'POST /group/password': { who: may('group.configure'), yes: '400', no: '404', visitor: SIGN_IN, form: () => ({}) },
  'POST /group/disconnect': {
    ...{ who: may('group.configure'), yes: '303 /group release', no: '404', visitor: SIGN_IN, form: () => ({}) },
  },
};

const configures = (action: 'space.configure' | 'group.configure'): PageRule => ({
  ...{ who: may(action), no: '404', visitor: SIGN_IN },
});
/** Nobody has connected the group account. */
const sets = (action: 'space.configure' | 'group.configure', form: () => Record<string, string>): PageRule => ({
  ...{ ...configures(action), form, yes: '409', paused: '403' },
});
const colours = Object.fromEntries(
  Object.entries({ light: LIGHT, dark: DARK }).flatMap(([scheme, palette]) =>
    Object.entries(palette).map(([name, colour]) => [`${scheme}-${name}`, colour]),
  ),
);
const SETTINGS: Record<string, PageRule> = {
  'GET /settings': configures('space.configure'),
  'GET /settings/sections': configures('space.configure'),
  'GET /settings/rules': configures('space.configure'),
  'GET /settings/look': configures('space.configure'),
  'GET /settings/roles': configures('group.configure'),
  'POST /settings': sets('space.configure', () => ({
    ...{ seen: CID, displayName: 'A', joinPolicy: 'open', postPolicy: 'members', visibility: 'public' },
  })),
  'POST /settings/sections': sets('space.configure', () => ({ seen: CID, id: 'stories', name: 'A', order: '1' })),
  'POST /settings/rules': sets('space.configure', () => ({ title: 'A', text: 'B' })),
  'POST /settings/look': sets('space.configure', () => colours),
  'POST /settings/roles': sets('group.configure', () => ({ seenPermissions: CID, id: 'new', displayName: 'New' })),
};

const answer = ({ story: to }: Place) => ({ to, text: 'I see.' });
const WRITING: Record<string, PageRule> = {
  'GET /write/reply': { who: may('post'), no: '303 /join', visitor: SIGN_IN, query: answer },
  'POST /write/reply': { who: may('post'), paused: '403', yes: WRITTEN, no: '403', visitor: '401', form: answer },
  'POST /write/like': { who: may('post'), paused: '403', yes: WRITTEN, no: '403', visitor: SIGN_IN, form: story },
  'GET /write/edit': { who: isAuthor, no: '404', visitor: SIGN_IN, query: story },
  'POST /write/edit': {
    ...{ who: isAuthor, paused: '403', yes: WRITTEN, no: '404', visitor: '401' },
    form: (place) => ({ ...post(), ...story(place) }),
  },
  'GET /write/delete': { who: isAuthor, no: '404', visitor: SIGN_IN, query: story },
  'POST /write/delete': { who: isAuthor, yes: WRITTEN, no: '404', visitor: SIGN_IN, form: story },
  // Of a private space nothing is shown elsewhere; and there is no space of the name that is asked for.
  'GET /write/crosspost': {
    ...{ who: (person, place) => signedIn(person, place) && place.kind !== 'private', query: story },
    ...{ no: '404', visitor: SIGN_IN },
  },
  'POST /write/crosspost': {
    ...{ who: (_, { kind }) => kind === 'private', yes: '404', no: '403', visitor: SIGN_IN },
    form: (place) => ({ ...story(place), space: 'x' }),
  },
  'GET /write/drafts': { who: signedIn, yes: '200 drafts', no: SIGN_IN },
  'POST /write/drafts/delete': {
    who: signedIn,
    yes: '303 /write/drafts drafts',
    no: SIGN_IN,
    form: () => ({ draft: 'x' }),
  },
  'GET /write/:kind': { who: may('post'), no: '303 /join', visitor: SIGN_IN },
  'POST /write/:kind': { who: may('post'), paused: '403', yes: WRITTEN, no: '403', visitor: '401', form: post },
};

/** Names would tell who is in a private space. */
const mayBeNamed: Who = ({ joined, admitted, banned }, { kind }) => joined && admitted && !banned && kind !== 'private';
const NAMES: Record<string, PageRule> = {
  'GET /account/name': own(),
  // One that nobody may have; who may have none hears of that first.
  'POST /account/name': {
    ...{ who: mayBeNamed, yes: '400', paused: '403', no: '403', visitor: SIGN_IN, form: () => ({ name: 'admin' }) },
  },
  'POST /account/name/drop': ownForm('303 /account/name'),
  'POST /account/name/switch': {
    ...{
      who: may('space.configure'),
      yes: '303 /account/name',
      no: '403',
      visitor: SIGN_IN,
      form: () => ({ give: '1' }),
    },
  },
};

export const SPACE_PAGES: Record<string, PageRule> = {
  ...{ ...FILES, ...SIGNING, ...DOCS, ...MEMBERS, ...GROUP, ...SETTINGS, ...WRITING, ...PERSONAL, ...NAMES },
  'GET /.well-known/atproto-did': door,
  'GET /theme/:did/:file': { who: nobody, no: '404' },
  'GET /': read,
  'GET /about': read,
  'GET /contact': read,
  'GET /status': read,
  'GET /search': { ...read, query: () => ({ q: 'whispered' }) },
  'GET /tag/:tag': read,
  'GET /author/:who': read,
  'GET /card/:section/:post': read,
  'GET /versions': { ...read, query: story },
  'GET /:section': read,
  'GET /:section/:post': read,
};

/** What a private space's host has for those who may not read it. */
export const FRONT_PAGES: Record<string, PageRule> = {
  ...{ ...FILES, ...SIGNING, ...DOOR },
  'GET /': door,
  'GET /.well-known/atproto-did': door,
};

/** Of a host that is nobody's: nothing of anybody. */
export const NOBODYS_PAGES: Record<string, PageRule> = {
  'GET /assets/:file': door,
  'GET /robots.txt': door,
  'GET /favicon.svg': door,
  // Below no host of a space there is no member's name either.
  'GET /.well-known/atproto-did': { who: nobody, no: '404' },
};

/** Here spaces are founded with a code alone, which nobody has. */
const step: PageRule = { who: signedIn, yes: '303 /setup', no: SIGN_IN };
const sent: PageRule = { ...step, form: () => ({}) };
const SETUP: Record<string, PageRule> = {
  'GET /setup': read,
  'POST /setup/begin': { ...sent, yes: '403' },
  'POST /setup/drop': sent,
  'GET /setup/group': step,
  'POST /setup/group/server': sent,
  'POST /setup/group/make': sent,
  'POST /setup/group/name': sent,
  'POST /setup/group/connect': sent,
  'GET /setup/host': step,
  'POST /setup/host': sent,
  'GET /setup/about': step,
  'POST /setup/about': sent,
  'GET /setup/picture/:picture': { who: nobody, no: '404' },
  'GET /setup/ways': step,
  'POST /setup/ways': sent,
  'GET /setup/stewards': step,
  'POST /setup/stewards': sent,
  'GET /setup/open': step,
  'POST /setup/open': sent,
};

export const INSTANCE_PAGES: Record<string, PageRule> = {
  ...{ ...FILES, ...SIGNING, ...DOCS, ...SETUP, ...PERSONAL },
  'GET /': read,
  'GET /search': { ...read, query: () => ({ q: 'the' }) },
  'GET /contact': read,
  'GET /status': read,
  'GET /.well-known/did.json': read,
  // The space of this test is private: nobody outside of it finds it by any name.
  'GET /s/:name': { who: ({ inside }) => inside, yes: '302 /', no: '404' },
};
