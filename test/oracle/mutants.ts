/** Deliberate bugs: each must make the index diverge from the model, or the oracle sees too little. */
import type { Alteration } from './alterations.ts';

export interface Mutant extends Alteration {
  name: string;
}

const COMMIT = 'src/db/commit.ts';
const TRIGGERS = 'migrations/0001_search_and_counts.sql';
const PLAN = 'src/ingest/plan.ts';
const BATCH = 'src/ingest/batch.ts';
const POSITION = 'src/follow/position.ts';

export const MUTANTS: Mutant[] = [
  {
    name: 'the cursor is committed before the rows',
    file: COMMIT,
    find: '  const results = await db.batch(statements);',
    replace: `  if (work.stream) await db.batch(streamStatements(db, work));
  const results = await db.batch(statements);`,
  },
  {
    name: 'a failed write moves the cursor',
    file: 'src/follow/intake.ts',
    find: '      const poison = await this.failed(batch);',
    replace: `      await this.admission.admit([], parts);
      this.settled(batch, noted);
      const poison = await this.failed(batch);`,
  },
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
    name: 'a second like of the same person counts',
    file: TRIGGERS,
    find: `WHEN new.collection = 'club.commonplace.like' AND new.subject IS NOT NULL AND new.hidden = 0
  AND NOT EXISTS (SELECT 1 FROM record o WHERE o.space = new.space AND o.subject = new.subject AND o.did = new.did
    AND o.uri <> new.uri AND o.hidden = 0 AND o.collection = 'club.commonplace.like')
BEGIN`,
    replace: `WHEN new.collection = 'club.commonplace.like' AND new.subject IS NOT NULL AND new.hidden = 0
BEGIN`,
  },
  {
    name: 'a like counts under a post of another space',
    file: TRIGGERS,
    find: `BEGIN
  UPDATE post SET like_count = like_count + 1 WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.subject);
END;
--> statement-breakpoint
CREATE TRIGGER like_gone`,
    replace: `BEGIN
  UPDATE post SET like_count = like_count + 1 WHERE uri = new.subject;
END;
--> statement-breakpoint
CREATE TRIGGER like_gone`,
  },
  {
    name: 'a reply that is deleted stays counted',
    file: TRIGGERS,
    find: `  UPDATE space SET replies = replies - 1 WHERE did = old.space;
  UPDATE post SET reply_count = reply_count - 1`,
    replace: `  UPDATE space SET replies = replies - 1 WHERE did = old.space;
  UPDATE post SET reply_count = reply_count`,
  },
  {
    name: 'what is deleted can still be found',
    file: TRIGGERS,
    find: '  DELETE FROM search WHERE rowid = old.id;\n',
    replace: '',
  },
  {
    name: 'an edited post is found by its old words',
    file: 'src/ingest/records/post.ts',
    find: '  search(put.space.did, id, put.record, true),',
    replace: '',
  },
  {
    name: 'account events rule in the order of their arrival',
    file: BATCH,
    find: '    at > known.statusAt ||',
    replace: '    at !== known.statusAt ||',
  },
  {
    name: 'deletion of an account erases newer records',
    file: 'src/sync/jobs.ts',
    find: "{ write: 'erased', did, rev: tidAt(deletedAt) },",
    replace: "{ write: 'erased', did, rev: tidAt(deletedAt + 864_000_000) },",
  },
  {
    name: 'deletion of an account is believed without asking',
    file: 'src/sync/account.ts',
    find: "if (word === 'active') return reported === 'active'",
    replace:
      "if (reported === 'deleted') return { verdict: 'deleted' };\n  if (word === 'active') return reported === 'active'",
  },
  {
    name: 'a server that says nothing denies',
    file: 'src/sync/account.ts',
    find: "return { verdict: 'unreachable', why: error instanceof Error ? error.message : String(error) };",
    replace: "return error ? { verdict: 'denied' } : { verdict: 'unreachable', why: '' };",
  },
  {
    name: 'a reactivated author stays hidden',
    file: BATCH,
    find: "    { write: 'job', kind: 'account', key: did },",
    replace: "    ...(status === 'active' ? [] : [{ write: 'job', kind: 'account', key: did } as const]),",
  },
  {
    name: 'takedowns that only a relay knows are followed by all',
    file: 'src/domain/visibility.ts',
    find: "return space.relayTakedowns === 'follow' && (",
    replace: 'return space.relayTakedowns !== undefined && (',
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
    name: 'a createdAt in the future is believed',
    file: 'src/domain/ranking.ts',
    find: 'Math.max(0, Math.min(made, written))',
    replace: 'Math.max(0, made)',
  },
  {
    name: 'refusals are not counted',
    file: COMMIT,
    find: 'if (refused.length === 0) return [];',
    replace: 'if (refused.length >= 0) return [];',
  },
  {
    name: 'an author on the way in is not known yet',
    file: 'src/follow/filter.ts',
    find: '    this.learn(did);\n    return did;',
    replace: '    return did;',
  },
  {
    name: 'a clamped cursor leaves no gap',
    file: POSITION,
    find: "firstUs > position.cursor ? { ...bounds, reason: 'clamped' } : null",
    replace: "firstUs < 0 ? { ...bounds, reason: 'clamped' } : null",
  },
  {
    name: 'another instance is asked for what it has not told yet',
    file: POSITION,
    find: 'export const SWITCH_REWIND_US = 10_000_000;',
    replace: 'export const SWITCH_REWIND_US = -10_000_000;',
  },
  {
    name: 'a cursor from the future is believed',
    file: POSITION,
    find: 'position.cursor <= nowMs * 1000 + AHEAD_US ? position : null',
    replace: 'position.cursor <= nowMs * 1e9 + AHEAD_US ? position : null',
  },
  {
    name: 'after a failed write the facts in memory are taken for those of the database',
    file: 'src/ingest/admit.ts',
    find: `    } catch (error) {
      this.forget();
      throw error;`,
    replace: `    } catch (error) {
      this.remember(facts, writes);
      throw error;`,
  },
  {
    name: 'identity events are passed over',
    file: 'src/ingest/decode.ts',
    find: "if (kind === 'identity') return { kind: 'identity', did };",
    replace: '',
  },
  {
    name: 'a handle that names somebody else is shown',
    file: 'src/cloudflare/identity.ts',
    find: 'return handle !== null && (await resolve(handle)) === did ? handle : null;',
    replace: 'return handle !== null && (await resolve(handle)) !== undefined ? handle : null;',
  },
  {
    name: 'one half makes a member',
    file: 'src/domain/roles.ts',
    find: 'member?.joined === true && member.admitted;',
    replace: 'member !== undefined && (member.joined || member.admitted);',
  },
  {
    name: 'a role without membership may post',
    file: 'src/domain/roles.ts',
    find: '  isMember(member) &&\n',
    replace: '  member !== undefined &&\n',
  },
  {
    name: 'a space that changes who may post keeps what it hid',
    file: 'src/ingest/records/own.ts',
    find: "...(same(old, rest) ? [] : [{ write: 'job', kind: 'space', key: after.did } as const]),",
    replace: '...(same(old, rest) ? [] : []),',
  },
  {
    name: 'a removed space leaves its authors',
    file: 'src/db/leave.ts',
    find: "['author_space', 'address', 'member', 'tag', 'top_list']",
    replace: "['address', 'tag', 'top_list']",
  },
  {
    name: 'a private space is shown',
    file: 'src/reads/spaces.ts',
    find: "(space.visibility === 'unlisted' && where !== 'list') ||",
    replace: "(space.visibility !== 'public' && where !== 'list') ||",
  },
  {
    name: 'others may speak for the group',
    file: 'src/ingest/check.ts',
    find: 'if (isOfTheGroup(event.collection) && record.space !== event.did) {',
    replace: 'if (isOfTheGroup(event.collection) && record.space === null) {',
  },
  {
    name: 'a page of a list begins with the last one of the page before',
    file: 'src/db/queries/feed.ts',
    find: '{raw(id)} < $',
    replace: '{raw(id)} <= $',
  },
  {
    name: 'a retagged post stays under its old tags',
    file: TRIGGERS,
    find: 'WHEN old.tags <> new.tags OR old.sort_at <> new.sort_at BEGIN',
    replace: 'WHEN old.sort_at <> new.sort_at BEGIN',
  },
];
