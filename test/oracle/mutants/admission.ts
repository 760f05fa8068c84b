/** Bugs in what an event means. */
import type { Mutant } from './mutant.ts';

const PLAN = 'src/ingest/plan.ts';
const BATCH = 'src/ingest/batch.ts';

export const ADMISSION: Mutant[] = [
  {
    name: 'a snapshot beats an event of the same rev',
    file: 'src/domain/order.ts',
    find: 'Number(b.snapshot) - Number(a.snapshot)',
    replace: 'Number(a.snapshot) - Number(b.snapshot)',
  },
  {
    name: 'a stale rev is accepted',
    file: PLAN,
    find: 'if (last && compareVersions(event, last) <= 0) return seen',
    replace: 'if (last && compareVersions(event, last) === 0) return seen',
  },
  {
    name: 'a deletion leaves no tombstone',
    file: PLAN,
    find: "if (event.operation === 'create' || !concerned) return [];",
    replace: "if (event.operation !== 'nothing' as string) return [];",
  },
  {
    name: 'the first event of a record in a batch is taken for the last',
    file: BATCH,
    find: 'versions.sort((a, b) => compareVersions(b, a))',
    replace: 'versions.sort((a, b) => compareVersions(a, b)).splice(1)',
  },
  {
    name: 'replies are not adopted by a post that comes after them',
    file: 'src/ingest/records/post.ts',
    find: 'return [...writes, ...followers(space.did, uri, facts.hasReplies(space.did, uri))];',
    replace: 'return writes;',
  },
  {
    name: 'replies keep showing below a post that is gone',
    file: 'src/ingest/records/post.ts',
    find: 'remove: (row, facts) => followers(row.space, row.uri, facts.hasReplies(row.space, row.uri)),',
    replace: 'remove: () => [],',
  },
  {
    name: 'what waits for a reference is never planned',
    file: 'src/ingest/recompute.ts',
    find: 'if (events.length === 0 || !facts.spaceOf(job.key)) return DONE;',
    replace: 'if (events.length >= 0) return DONE;',
  },
  {
    name: 'an edited post is found by its old words',
    file: 'src/ingest/records/post.ts',
    find: ', search(put.space.did, id, words, true)]',
    replace: ']',
  },
  {
    name: 'account events rule in the order of their arrival',
    file: BATCH,
    find: '    at > known.statusAt ||',
    replace: '    at !== known.statusAt ||',
  },
  {
    name: 'a reactivated author stays hidden',
    file: 'src/ingest/recompute.ts',
    find: 'return hidden === row.hidden',
    replace: 'return hidden === row.hidden || row.hidden === 1',
  },
  {
    name: 'a record that changes its space stays in the old one',
    file: PLAN,
    find: 'const left = elsewhere ? [...tombstone(event, elsewhere, facts), ...goodbye(event, elsewhere, facts)] : [];',
    replace: 'const left: Write[] = elsewhere ? [] : [];',
  },
  {
    name: 'an update counts as another record of its author',
    file: PLAN,
    find: 'const counted = countAuthor(facts, spaceDid, event, prior?.live ? 0 : 1);',
    replace: 'const counted = countAuthor(facts, spaceDid, event, 1);',
  },
  {
    name: 'the sort time is that of the last version',
    file: PLAN,
    find: 'const sortAt = Math.min(seenSort, last?.sortAt ?? seenSort);',
    replace: 'const sortAt = seenSort;',
  },
  {
    name: 'what gives power is believed without proof',
    file: 'src/domain/power.ts',
    find: 'proven !== true && givesPower(collection)',
    replace: 'proven === undefined && givesPower(collection) && false',
  },
  {
    name: 'a deletion of what gives power is believed without proof',
    file: PLAN,
    find: 'if (isHearsay(event)) return planHearsay',
    replace: 'if (isHearsay(event) && event.record) return planHearsay',
  },
  {
    name: 'others may speak for the group',
    file: 'src/ingest/check.ts',
    find: 'if (isOfTheGroup(event.collection) && record.space !== event.did) {',
    replace: 'if (isOfTheGroup(event.collection) && record.space === null) {',
  },
];
