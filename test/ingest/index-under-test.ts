/** Admission and its work in slices over a real database, driven batch by batch. */
import type { AccountEvent, StreamEvent } from '../../src/domain/event.ts';
import type { Did } from '../../src/domain/model.ts';
import { Admission, type Admitted } from '../../src/ingest/admit.ts';
import { block } from '../../src/ingest/block.ts';
import { heal, reread } from '../../src/ingest/heal.ts';
import { type Alone, type AskHandler, JobRunner } from '../../src/ingest/jobs.ts';
import { erase, leave } from '../../src/ingest/leave.ts';
import { account, author, dependants, sections, space, thread } from '../../src/ingest/recompute.ts';
import { unban } from '../../src/ingest/unban.ts';
import type { IdentityPort } from '../../src/ports/identity.ts';
import type { PdsPort } from '../../src/ports/pds.ts';
import { confirmJob, resolveJob } from '../../src/sync/jobs.ts';
import { proveJob } from '../../src/sync/prove.ts';
import { NOW, world } from '../model/cast.ts';
import type { Index } from '../model/nouns.ts';
import { breaches, type Query, readIndex } from '../model/tables.ts';

const TABLES =
  'record post tag search address author_space identity job member space stream waiting claim drop_count dropped'.split(
    ' ',
  );
const alone: Alone = (work) => work();
const unasked = async (): Promise<never> => {
  throw new Error('admission asks no repository');
};

const proven = (event: StreamEvent): StreamEvent => (event.kind === 'record' ? { ...event, proven: true } : event);

/** Far more slices than any history of these tests asks for. */
const ENDLESS = 5_000;

const nothing: AskHandler = async () => ({ writes: [], next: null });
const NOBODY_ELSE = { expect: () => () => undefined, admit: unasked };

export class IndexUnderTest {
  readonly admission: Admission;
  readonly jobs: JobRunner;
  private readonly db: D1Database;

  /** Called before an account's server answers. */
  onAsked: () => Promise<unknown> = async () => undefined;
  /** What accounts' own servers answer: the last that was told of them. */
  private readonly accounts = new Map<Did, AccountEvent>();

  private constructor(db: D1Database) {
    const clock = { now: () => NOW };
    const { allowed } = world();
    this.db = db;
    this.admission = new Admission(db, clock, (collection) => allowed.includes(collection));
    const asking = { identity: this.identity, pds: this.pds };
    this.jobs = new JobRunner(
      { db, clock, admission: this.admission },
      {
        ...{ account, author, block, dependants, erase, leave, sections, space, thread },
        ...{ resolve: resolveJob(asking), confirm: confirmJob(asking), prove: proveJob(asking) },
        // No repositories stand behind these events.
        ...{ heal, reread, unban, sweep: nothing, prefetch: nothing, discover: nothing, backfill: nothing },
      },
    );
  }

  /** An index that follows the spaces of the cast and holds nothing else. */
  static async empty(db: D1Database): Promise<IndexUnderTest> {
    const add = 'insert into space (did, display_name, added_at) values (?, ?, 1)';
    const spaces: Did[] = world().spaces;
    await db.batch([
      ...TABLES.map((table) => db.prepare(`delete from ${table}`)),
      ...spaces.map((did) => db.prepare(add).bind(did, did)),
    ]);
    return new IndexUnderTest(db);
  }

  /** All that gives power is taken for proven. `eager`: all work is done after each batch; otherwise only at the end. */
  async take(batches: StreamEvent[][], eager = false): Promise<Admitted[]> {
    const admitted: Admitted[] = [];
    for (const batch of batches) {
      this.note(batch);
      admitted.push(await this.admission.admit(batch.map(proven)));
      if (eager) await this.settle();
    }
    await this.settle();
    return admitted;
  }

  /** Runs all work that is due, what asks others too. */
  async settle(): Promise<void> {
    for (
      let slices = 0;
      (await this.jobs.runSlice(alone)) || (await this.jobs.runAsking(alone, NOBODY_ELSE));
      slices++
    ) {
      if (slices > ENDLESS) throw new Error('the work in slices does not end');
    }
  }

  /** What accounts' own servers know of from now on. */
  note(events: StreamEvent[]): void {
    for (const event of events) {
      if (event.kind !== 'account') continue;
      const known = this.accounts.get(event.did);
      if (known === undefined || event.at > known.at) this.accounts.set(event.did, event);
    }
  }

  private readonly identity: IdentityPort = {
    resolveHandle: async () => null,
    resolveDid: async (did) => ({ did, handle: null, pds: 'https://pds.example', signingKey: null }),
  };

  private readonly pds: PdsPort = {
    ...{
      latestRev: unasked,
      listRecords: unasked,
      collections: unasked,
      repo: unasked,
      hasRecord: unasked,
      proof: unasked,
    },
    repoStatus: async (_, did) => {
      const status = this.accounts.get(did)?.status ?? 'active';
      await this.onAsked();
      return status;
    },
  };

  readonly query: Query = async (sql) => (await this.db.prepare(sql).all<Record<string, unknown>>()).results;

  read(): Promise<Index> {
    return readIndex(this.query);
  }

  breaches(): Promise<string[]> {
    return breaches(this.query);
  }
}
