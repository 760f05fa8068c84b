// Words for the group account, a part of the catalogue in ../messages.ts.
import type { GroupDeed } from '../../ports/groups.ts';

const deeds: Record<GroupDeed['deed'], string> = {
  connect: 'connected the group account',
  end: 'disconnected the group account',
  admit: 'became a member, or was given other roles',
  eject: 'was removed',
  found: 'wrote a first record of the space',
  configure: 'changed what the space says of itself',
};

export const group = {
  groupAccount: 'The group account',
  groupText:
    'This space is an account of its own. Connected, the site can act for it: it then confirms whoever joins an open space at once. ' +
    'Nobody is ever given its password.',
  isConnected: 'The account is connected.',
  notConnected: 'The account is not connected, or its server has ended the connection: nobody who joins is confirmed.',
  connect: 'Connect the account',
  connectAgain: 'Connect it anew',
  connectText:
    'You are led to the server of the group account. Sign in there as the group, and allow this site to write the records of a space: its profile, rules, roles and members. It asks for nothing else.',
  disconnect: 'Disconnect it',
  groupLog: 'What was done for the group',
  noDeeds: 'Nothing yet.',
  deed: (deed: GroupDeed['deed']) => deeds[deed],
  deedFailed: (why: string) => `not done: ${why}`,
  toGroup: 'The group account and its connection',
};
