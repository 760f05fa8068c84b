// Words for the group account, a part of the catalogue in ../messages.ts.
import type { PasswordProblem } from '../../auth/app-password.ts';
import type { GroupDeed } from '../../domain/group-deed.ts';

const deeds: Record<GroupDeed['deed'], string> = {
  connect: 'connected the group account',
  end: 'disconnected the group account',
  over: 'was disconnected by its server',
  admit: 'gave or changed the membership of',
  eject: 'ended the membership of',
  found: 'wrote a first record of the space',
  configure: 'changed what the space says of itself',
  act: 'wrote as the group',
  upload: 'uploaded a file for the group',
  token: 'called another service as the group',
};

/** What it was done to, as the log has it: `<act> <collection>/<rkey>`, `<method> <audience>`, `<bytes> <type>`. */
const ACTS: Record<string, string> = { create: 'created', put: 'wrote', delete: 'deleted' };
const RECORDS: Record<string, string> = {
  'club.commonplace.space.profile': 'what the space says of itself',
  'club.commonplace.space.theme': 'the look',
  'club.commonplace.space.rule': 'a rule',
  'club.commonplace.space.role': 'the role',
  'club.commonplace.space.permissions': 'what roles may do',
  'club.commonplace.space.membership': 'the membership of',
  'club.commonplace.space.pin': 'a pin',
  'club.commonplace.space.lock': 'a lock',
  'club.commonplace.space.feature': 'a feature',
};
/** Whose key says something to people. */
const KEYED = ['club.commonplace.space.role', 'club.commonplace.space.membership'];

function deedWhat(what: string): string {
  const [, act = '', collection = '', rkey = ''] = /^(create|put|delete) ([^/]+)\/(.*)$/.exec(what) ?? [];
  const known = Object.hasOwn(RECORDS, collection) ? RECORDS[collection] : undefined;
  if (act === '') return what;
  if (known === undefined) return `${ACTS[act]} ${collection}/${rkey}`;
  return `${ACTS[act]} ${known}${KEYED.includes(collection) ? ` ${rkey}` : ''}`;
}

const kinds: Record<string, string> = {
  ...{
    act: 'Written',
    configure: 'Settings',
    found: 'Founded',
    admit: 'Members in',
    eject: 'Members out',
    upload: 'Files',
  },
  ...{ token: 'Other services', connect: 'Connected', end: 'Disconnected', over: 'Ended by the server' },
};

export const group = {
  groupAccount: 'The group account',
  groupText:
    'This space is an account of its own. Connected, the site can act for it: it then confirms whoever joins an open space at once, and ' +
    'takes what stewards change in its settings. Nobody is ever given its password.',
  isConnected: 'The account is connected.',
  isConnectedMore: 'The account is connected, and may do all that members with the action “act for the group” want.',
  notConnected: 'The account is not connected: nobody who joins is confirmed, and nothing can be changed here.',
  groupLost:
    'The server of the group account has ended the connection. Nobody who joins is confirmed until it is connected anew; what waits ' +
    'then goes on by itself.',
  groupTroubled: 'The server of the group account refuses what is asked of it.',
  groupTroubledSince: 'Since',
  groupTroubledWhy: (why: string) => `What it says: ${why}`,
  groupTroubleNote:
    'The group account is out of reach: nobody who joins is confirmed, and nothing can be changed in its name.',
  toReconnect: 'See why, and connect it anew',
  connect: 'Connect the account',
  connectAgain: 'Connect it anew',
  connectText:
    'You are led to the server of the group account. Sign in there as the group, and allow this site to write the records of a space: its profile, rules, roles and members. It asks for nothing else.',
  connectMore: 'Allow more',
  connectMoreText:
    'Members whose role has the action “act for the group” can then write any other records in its name, from any client, and call other ' +
    'services as the group. Its account, its password and its name stay out of reach. Connecting it anew takes this back.',
  byPassword:
    'It is connected by an app password: the weaker way. As soon as its server knows OAuth, connect it anew, and delete that password there.',
  passwordText:
    'The server of the group account does not know OAuth, by which an account allows one thing and no other. All that is left is an app ' +
    'password, which is worse: whoever had it could write anything as the group, and delete everything. It is kept sealed, used for nothing ' +
    'but what members may have the group do, and can be taken back at that server at any time.',
  appPassword: 'App password',
  appPasswordHint:
    'Made at the server of the group account for this site alone. Never its real password: that is refused.',
  passwordProblems: <Record<PasswordProblem, string>>{
    'has-oauth': 'Its server knows OAuth, or does not answer just now: connect the account without any password.',
    'server-down': 'The server of the group account does not answer just now. Try again in a moment.',
    'wrong-password': 'The server of the group account does not take this password.',
    'main-password':
      'This is the real password of the account, which is never taken. Change it now, and make an app password.',
  },
  disconnect: 'Disconnect it',
  groupLog: 'What was done for the group',
  noDeeds: 'Nothing yet.',
  deed: (deed: GroupDeed['deed']) => deeds[deed],
  /** Of what somebody caused for themselves. */
  ownDeed: (deed: GroupDeed['deed']) =>
    deed === 'admit' ? 'became a member' : deed === 'eject' ? 'left' : deeds[deed],
  deedFailed: (why: string) => `not done: ${why}`,
  deedBegun: 'begun; how it ended is not known',
  deedNav: 'Kinds of deeds',
  allDeeds: 'All',
  deedKinds: Object.keys(kinds),
  deedKind: (kind: string) => kinds[kind] ?? kind,
  deedWhat,
  deedMore: (n: number) => `and ${n} more`,
  olderDeeds: 'Older',
  toLog: 'All that was done for the group',
  toGroup: 'The group account and its connection',
};
