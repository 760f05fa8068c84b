/** Admission and its work in slices over a real database, driven batch by batch. */
import type { StreamEvent } from '../../src/domain/event.ts';
import type { Did } from '../../src/domain/model.ts';
import { Admission, type Admitted } from '../../src/ingest/admit.ts';
import { type JobHandlers, JobRunner } from '../../src/ingest/jobs.ts';
import { erase, leave } from '../../src/ingest/leave.ts';
import { account, author, dependants, sections, space, thread } from '../../src/ingest/recompute.ts';
import { NOW, world } from '../model/cast.ts';
import type { Index } from '../model/model.ts';
import { breaches, type Query, readIndex } from '../model/tables.ts';

const TABLES = 'record post tag search address author_space identity job member space stream waiting drop_count dropped'.split(' ');
/** Far more slices than any history of these tests asks for. */
const ENDLESS = 5_000;

const answersNothing = async (): Promise<{ writes: []; next: null }> => ({ writes: [], next: null });

const HANDLERS: JobHandlers = {
  ...{ account, author, dependants, erase, leave, sections, space, thread },
  // Nobody outside is asked: what names and servers say is no part of the fold.
  ...{ resolve: answersNothing, confirm: answersNothing },
};

export class IndexUnderTest {
  readonly admission: Admission;
  readonly jobs: JobRunner;
  private readonly db: D1Database;

  private constructor(db: D1Database, handlers: JobHandlers) {
    const clock = { now: () => NOW };
    const { allowed } = world();
    this.db = db;
    this.admission = new Admission(db, clock, (collection) => allowed.includes(collection));
    this.jobs = new JobRunner({ db, clock, admission: this.admission }, handlers);
  }

  /** An index that follows the spaces of the cast and holds nothing else. */
  static async empty(db: D1Database, handlers: Partial<JobHandlers> = {}): Promise<IndexUnderTest> {
    const add = 'insert into space (did, display_name, added_at) values (?, ?, 1)';
    const spaces: Did[] = world().spaces;
    await db.batch([
      ...TABLES.map((table) => db.prepare(`delete from ${table}`)),
      ...spaces.map((did) => db.prepare(add).bind(did, did)),
    ]);
    return new IndexUnderTest(db, { ...HANDLERS, ...handlers });
  }

  /** `eager`: all work is done after each batch; otherwise only at the end. */
  async take(batches: StreamEvent[][], eager = false): Promise<Admitted[]> {
    const admitted: Admitted[] = [];
    for (const batch of batches) {
      admitted.push(await this.admission.admit(batch));
      if (eager) await this.settle();
    }
    await this.settle();
    return admitted;
  }

  /** Runs all work that is due. */
  async settle(): Promise<void> {
    for (let slices = 0; await this.jobs.runSlice((work) => work()); slices++) {
      if (slices > ENDLESS) throw new Error('the work in slices does not end');
    }
  }

  readonly query: Query = async (sql) => (await this.db.prepare(sql).all<Record<string, unknown>>()).results;

  read(): Promise<Index> {
    return readIndex(this.query);
  }

  breaches(): Promise<string[]> {
    return breaches(this.query);
  }
}
