// Words for how a place is doing, a part of the catalogue in ../messages.ts.
import { counted } from './counted.ts';

export const standing = {
  status: 'How this place is doing',
  statusLink: 'Status',
  statusDescription: 'How far this place is with following the network.',
  notFollowedYet: 'The network has not been followed yet.',
  upToDate: 'Everything that happens on the network is here within seconds.',
  followedUntil: 'The network has been followed up to what happened',
  reading: 'Reading from the members’ own repositories',
  readOf: (read: number, known: number) => `${read} of ${known}`,
  stillReading: 'Some repositories are still being looked for and read: more will appear.',
  allRead: 'All repositories that are known have been read.',
  readRepos: counted('repository read', 'repositories read'),
  readRecords: counted('record found in them', 'records found in them'),
  repairedRecords: counted(
    'record was missing or out of date, and is mended',
    'records were missing or out of date, and are mended',
  ),
  goneRepos: counted('repository is no longer at its server', 'repositories are no longer at their servers'),
  failedRepos: counted(
    'repository could not be read and is tried again later',
    'repositories could not be read and are tried again later',
  ),
  waitingThere: counted('repository left', 'repositories left'),
  gaps: 'Times that may have been missed',
  noGaps: 'None.',
  gapFilled: 'made up for',
  gapFilling: 'being made up for',
  gapOpen: 'not made up for yet',
  refusedRecords: 'Records that were not accepted',
  refusedFor: (reason: string, count: number) => `${reason}: ${count}`,
};
