/** Bugs in following the stream, and in what is asked of others. */
import type { Mutant } from './mutant.ts';

const COMMIT = 'src/db/commit.ts';
const POSITION = 'src/follow/position.ts';

export const FOLLOWING: Mutant[] = [
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
    name: 'a server that the account has left is believed',
    file: 'src/sync/account.ts',
    find: 'if (home !== pds) throw',
    replace: 'if (home === did) throw',
  },
  {
    name: 'what a server has said itself it cannot take back',
    file: 'src/sync/jobs.ts',
    find: "known.confirmation === 'confirmed' ?",
    replace: "known.confirmation === ('taken back' as string) ?",
  },
  {
    name: 'nobody asks after an account that went unheard',
    file: 'src/sync/backfill.ts',
    find: 'concerns.has(repo.did) ? [gone, ask]',
    replace: "concerns.has('nobody') ? [gone, ask]",
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
    find: "first.timeUs > position.cursor ? { ...bounds, reason: 'clamped' } : null",
    replace: "first.timeUs < 0 ? { ...bounds, reason: 'clamped' } : null",
  },
  {
    name: 'another instance that answers leaves no gap',
    file: POSITION,
    find: 'if (position.instance !== instance || countsAnew(position, instance, first))',
    replace: 'if (countsAnew(position, instance, first))',
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
    find: "if (kind === 'identity' || kind === 'sync')",
    replace: "if (kind === 'sync')",
  },
  {
    name: 'a handle that names somebody else is shown',
    file: 'src/cloudflare/identity.ts',
    find: 'handle !== null && (await resolve(handle)) === did ? handle : null;',
    replace: 'handle !== null && (did === handle || (await resolve(handle)) !== undefined) ? handle : null;',
  },
];
