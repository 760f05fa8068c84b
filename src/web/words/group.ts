// Words for the group account, a part of the catalogue in ../messages.ts.
import type { GroupDeed } from '../../ports/groups.ts';

const deeds: Record<GroupDeed['deed'], string> = {
  connect: 'connected the group account',
  end: 'disconnected the group account',
  over: 'was disconnected by its server',
  admit: 'became a member, or was given other roles',
  eject: 'was removed',
  found: 'wrote a first record of the space',
  configure: 'changed what the space says of itself',
  act: 'wrote as the group',
  upload: 'uploaded a file for the group',
  token: 'called another service as the group',
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
  disconnect: 'Disconnect it',
  groupLog: 'What was done for the group',
  noDeeds: 'Nothing yet.',
  deed: (deed: GroupDeed['deed']) => deeds[deed],
  deedFailed: (why: string) => `not done: ${why}`,
  deedBegun: 'begun; how it ended is not known',
  toGroup: 'The group account and its connection',
};
