// Records and repositories of a space as the sync methods give them.
import type { AtUriString, CidString, DidString, TidString } from '@atproto/lex';
import type { RecordItem, Repo } from '../domain/model.ts';
import type { Record as RecordView } from '../lexicons/club/commonplace/sync/listRecords.ts';
import type { Repo as RepoView } from '../lexicons/club/commonplace/sync/listReposBySpace.ts';

export const recordView = ({ uri, cid, value }: RecordItem): RecordView => ({
  uri: uri as AtUriString,
  cid: cid as CidString,
  value,
});

export const repoView = ({ did, rev, count }: Repo): RepoView => ({
  did: did as DidString,
  rev: rev as TidString,
  count,
});
