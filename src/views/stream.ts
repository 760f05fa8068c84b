// Changes as messages of Jetstream's `/subscribe` (v1). `time_us` is the cursor: the change's own seq.
import type { AccountChange, Change, RecordChange } from '../domain/change.ts';

/** `isKnown`: the listener was told of the record since it began to show. */
export const streamMessage = (change: Change, isKnown: boolean): string =>
  change.is === 'account' ? accountMessage(change) : commitMessage(change, isKnown);

/** Around the record's JSON as it is stored, which need not be parsed for it. */
function commitMessage({ did, seq, rev, collection, rkey, version }: RecordChange, isKnown: boolean): string {
  const operation = version === null ? 'delete' : isKnown ? 'update' : 'create';
  const commit = JSON.stringify({ rev, operation, collection, rkey });
  const written = version && `${commit.slice(0, -1)},"record":${version.value},"cid":${JSON.stringify(version.cid)}}`;
  return `{"did":${JSON.stringify(did)},"time_us":${seq},"kind":"commit","commit":${written ?? commit}}`;
}

function accountMessage({ did, seq, inactive, at }: AccountChange): string {
  const status = inactive === null ? {} : { status: inactive };
  const account = { active: inactive === null, did, seq, ...status, time: new Date(at).toISOString() };
  return JSON.stringify({ did, time_us: seq, kind: 'account', account });
}
