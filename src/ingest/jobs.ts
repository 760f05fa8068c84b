// Runs work in slices, one at a time, through the same commit as everything else.
import { type Job, jobDone, jobLater, jobRetry, jobStep, nextJob } from '../db/jobs.ts';
import type { RecordEvent } from '../domain/event.ts';
import type { Facts } from '../domain/facts.ts';
import type { JobKind, Write } from '../domain/write.ts';
import type { Clock } from '../ports/clock.ts';
import type { Admission, Admitted } from './admit.ts';

/** What a slice asks for: writes, and where the job stands after them. */
export interface Slice {
  writes: Write[];
  /** Further statements, for what is no write of the index. */
  also?: D1PreparedStatement[];
  /** The facts the writes were planned with; new ones when absent. */
  facts?: Facts;
  /** Position of the next slice; `null` when done. */
  next: string | null;
  /** The next slice is due this many milliseconds from now; at once when absent. */
  pauseMs?: number;
  /** Try again this many milliseconds from now instead. */
  retryIn?: number;
}

export interface JobTools {
  db: D1Database;
  clock: Clock;
  admission: Admission;
}

export type JobHandler = (job: Job, tools: JobTools) => Promise<Slice>;

/** What jobs that ask others may do while the index is free for all. */
export interface AskTools extends JobTools {
  /** Until it is taken back, the stream lets through whatever these write or delete. */
  expect(dids: string[]): () => void;
  /** Record events, committed with `also` or not at all. */
  admit(events: RecordEvent[], also: D1PreparedStatement[]): Promise<Admitted>;
}
export type AskHandler = (job: Job, tools: AskTools) => Promise<Slice>;
export type AskKind = 'resolve' | 'confirm' | 'discover' | 'backfill';
export type JobHandlers = Record<Exclude<JobKind, AskKind>, JobHandler> & Record<AskKind, AskHandler>;

const ASKED = 'asked ';
const FAULT_RETRY_MS = 30_000;
/** Attempts after which a job that wants to be tried again is not. */
export const GIVE_UP_AFTER = 12;

/** Runs a piece of work while nothing else reads or writes the index. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

export class JobRunner {
  private readonly tools: JobTools;
  private readonly handlers: JobHandlers;

  constructor(tools: JobTools, handlers: JobHandlers) {
    this.tools = tools;
    this.handlers = handlers;
  }

  /** Runs one due slice of work on the index. False when nothing was due. */
  runSlice(alone: Alone): Promise<boolean> {
    return alone(async () => {
      const job = await nextJob(this.tools.db, this.tools.clock.now(), false);
      if (job) await this.finish(job, await (this.handlers[job.kind] as JobHandler)(job, this.tools));
      return job !== null;
    });
  }

  /** Runs one due job that asks others: the index is held only while the answer is written. */
  async runAsking(alone: Alone, asking: Pick<AskTools, 'expect' | 'admit'>): Promise<boolean> {
    const { db, clock } = this.tools;
    const job = await nextJob(db, clock.now(), true);
    if (!job) return false;
    // Marked, so that the same job asked for anew meanwhile is not taken for done.
    const position = job.position.startsWith(ASKED) ? job.position.slice(ASKED.length) : job.position;
    const asked = { ...job, position: ASKED + position };
    await jobStep(db, job, asked.position).run();
    try {
      const slice = await this.handlers[job.kind]({ ...job, position }, { ...this.tools, ...asking });
      await alone(() => this.finish(asked, slice));
    } catch (error) {
      // Put off, so that it does not stand in the way of others.
      await alone(() => this.finish(asked, { writes: [], next: null, retryIn: FAULT_RETRY_MS }));
      throw error;
    }
    return true;
  }

  private async finish(job: Job, { writes, also = [], facts, next, retryIn, pauseMs = 0 }: Slice): Promise<void> {
    const { db, clock, admission } = this.tools;
    const retry = retryIn !== undefined && job.attempts < GIVE_UP_AFTER;
    const done = next === null || retryIn !== undefined;
    const step = retry
      ? jobRetry(db, job, clock.now() + retryIn)
      : done
        ? jobDone(db, job)
        : jobLater(db, job, next, clock.now() + pauseMs);
    await admission.commit(facts ?? (await admission.factsFor([])), writes, { refused: [], also: [...also, step] });
  }
}
