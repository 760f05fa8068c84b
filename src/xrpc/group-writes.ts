// Writes of com.atproto.repo as the group's object takes them, and what came of them as com.atproto.repo tells it.
import type { AtUriString } from '@atproto/lex';
import type { JsonObject } from '../domain/model.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import type * as applyWritesOfGroup from '../lexicons/club/commonplace/group/applyWrites.ts';
import * as applyWrites from '../lexicons/com/atproto/repo/applyWrites.ts';
import type { NotWritten, RepoAct } from '../ports/accounts.ts';
import type { GroupWrites, GroupWritten } from '../ports/groups.ts';

type Options = Pick<GroupWrites, 'swapCommit' | 'validate'>;

interface Input {
  swapCommit?: string | undefined;
  validate?: boolean | undefined;
}

export const optionsOf = ({ swapCommit, validate }: Input): Options => ({
  ...(swapCommit === undefined ? {} : { swapCommit }),
  ...(validate === undefined ? {} : { validate }),
});

const { create, update, createResult, updateResult, deleteResult } = applyWrites;
const remove = applyWrites.delete;

type Write = applyWritesOfGroup.$InputBody['writes'][number];

/** The union is open; a write of an unknown kind is none. */
export function actsFrom(writes: readonly Write[]): RepoAct[] | Refusal {
  const acts: RepoAct[] = [];
  for (const write of writes) {
    if (create.isTypeOf(write)) {
      const { collection, rkey, value } = write;
      const named = rkey === undefined ? {} : { rkey };
      acts.push({ act: 'create', collection, ...named, record: value as JsonObject });
    } else if (update.isTypeOf(write)) {
      const { collection, rkey, value } = write;
      acts.push({ act: 'put', collection, rkey, record: value as JsonObject });
    } else if (remove.isTypeOf(write)) {
      acts.push({ act: 'delete', collection: write.collection, rkey: write.rkey });
    } else {
      return refuse('InvalidRequest', `each write must be one of ${create.$type}, ${update.$type}, ${remove.$type}`);
    }
  }
  return acts;
}

const RESULTS = { create: createResult.$type, put: updateResult.$type, delete: deleteResult.$type };

export const resultsOf = (acts: RepoAct[], written: GroupWritten) => ({
  ...commitOf(written),
  results: acts.map(({ act }, index) => ({
    $type: RESULTS[act],
    ...(act === 'delete' ? {} : recordOf(written.results[index])),
  })),
});

export const commitOf = ({ commit }: GroupWritten) => (commit === null ? {} : { commit });

export function oneWritten(answer: GroupWritten | NotWritten | Refusal) {
  return 'commit' in answer ? { ...recordOf(answer.results[0]), ...commitOf(answer) } : answer;
}

const recordOf = (result: GroupWritten['results'][number] | undefined) => ({
  ...{ uri: (result?.uri ?? '') as AtUriString, cid: result?.cid ?? '' },
  ...(result?.status ? { validationStatus: result.status } : {}),
});
