// Words for what the instance holds about somebody, a part of the catalogue in ../messages.ts.
import type { HoldingName } from '../../actions/holdings.ts';
import { counted } from './counted.ts';

const holdings: Record<HoldingName, string> = {
  identity: 'Your account as the network tells of it: name, server, state',
  memberships: 'Your memberships: since when, and your roles',
  roster: 'What is kept here alone: memberships, requests, invitations, bans',
  readings: 'When your repository was read, and for which space',
  media: 'Pictures, sound and video of yours that are kept here',
  notices: 'What you were told',
  seen: 'Up to when you have seen what you were told',
  mutes: 'Whom and what you mute',
  feeds: 'Addresses of your private feed: when they were made',
  names: 'Names that spaces gave you',
  drafts: 'Your drafts',
  founding: 'A space that you began to found, and whether you may',
  signIns: 'Where you are signed in',
  groupLog: 'Lines of the groups’ logs that name you',
  blocks: 'That you are kept out, and why',
};

export const data = {
  yourData: 'Your data',
  yourDataText:
    'All that this instance holds about you, in all of its spaces. What you write is kept in your own repository; here are copies, so that it can be read and found.',
  heldRecords: 'Copies of your records',
  recordCount: counted('record', 'records'),
  noRecords: 'None.',
  heldElse: 'Beside them',
  holding: (name: HoldingName) => holdings[name],
  entries: counted('entry', 'entries'),
  showEntries: 'Show',
  exportData: 'Download it all',
  exportText: 'One ZIP archive: a JSON file for each of these, and your records as they are, a line for each.',
  eraseData: 'Erase it',
  eraseTitle: 'Erase what is held about you?',
  eraseText:
    'All of this goes from here: copies of what you wrote, your memberships, your names, your drafts, what you mute, your notifications and feeds. You are signed out everywhere. ' +
    'Nothing is changed in your own repository, and copies that others on the network made cannot be called back.',
  eraseUntil:
    'Nothing of yours is taken in again until you sign in here again. Should you do so, what is still in your repository may come back, and you can join again.',
  eraseKept: 'What stays',
  eraseKeeps: [
    'Lines of the groups’ logs that say what was done for a group and by whom: they cannot be changed.',
    'A group’s own record that you are a member: it is in the group’s repository, and its stewards can take it back.',
    'Bans that have not ended yet, and why.',
    'That you wanted this: your DID, so that nothing of yours is taken in again; and the operator’s reasons, should they keep you out.',
    'The short names in the addresses of what you wrote, so that nobody else gets them; and, for seven days, that there was something to be deleted.',
  ],
  eraseSure: 'I understand that this cannot be undone here.',
  eraseNow: 'Erase it all',
  eraseNotSure: 'Nothing was erased: tick the box if this is what you want.',
  eraseIsSpace: 'This is the account of a space: what it says about itself goes when the operator takes the space off.',
  eraseLastSteward:
    'Nothing was erased: you are the last in one of your spaces who may configure the group account and give roles. Give another member such a role first.',
  erased: 'It is erased',
  erasedText: 'What was held about you goes within moments. You are signed out everywhere.',
};
