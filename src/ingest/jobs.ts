// Runs work in slices, one at a time, through the same commit as everything else.
import { dueJobs, type Job, jobDone, jobLater, jobRetry, jobStep, nextDue } from '../db/jobs.ts';
import type { RecordEvent } from '../domain/event.ts';
import type { Facts } from '../domain/facts.ts';
import type { JobKind, Write } from '../domain/write.ts';
import type { Clock } from '../ports/clock.ts';
import type { Admission, Admitted } from './admit.ts';
import type { Refused } from './batch.ts';

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
  /** Counted and kept among the last refused. */
  refused?: Refused[];
  /** Try again this many milliseconds from now instead. */
  retryIn?: number;
  /** How often, before it is given up. */
  tries?: number;
}

/** Of a job that asks others: what its answer means is planned only when nothing else writes the index any more. */
export type Answer = Slice | (() => Promise<Slice>);

export interface JobTools {
  db: D1Database;
  clock: Clock;
  admission: Admission;
}

export type JobHandler = (job: Job, tools: JobTools) => Promise<Slice>;

/** What jobs that ask others may do while the index is free for all. */
export interface Guests {
  /** Until it is taken back, the stream lets through whatever these write or delete. */
  expect(dids: string[]): () => void;
  /** Record events, committed with `also` or not at all. */
  admit(events: RecordEvent[], also: D1PreparedStatement[]): Promise<Admitted>;
}
export type AskTools = JobTools & Guests;
export type AskHandler = (job: Job, tools: AskTools) => Promise<Answer>;
export type AskKind = 'resolve' | 'confirm' | 'prove' | 'discover' | 'backfill' | 'sweep' | 'prefetch';
export type JobHandlers = Record<Exclude<JobKind, AskKind>, JobHandler> & Record<AskKind, AskHandler>;

/** Attempts after which a job that wants to be tried again is not. */
export const GIVE_UP_AFTER = 12;
const ASKED = 'asked ';
const FAULT_RETRY_MS = 30_000;
export const ASKING_AT_ONCE = 4;
/** Position of a job that is in no queue: somebody waits for it. */
export const NOW = 'now';

/** Runs a piece of work while nothing else reads or writes the index. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

export class JobRunner {
  private readonly tools: JobTools;
  private readonly handlers: JobHandlers;
  private readonly asked = new Set<string>();

  constructor(tools: JobTools, handlers: JobHandlers) {
    this.tools = tools;
    this.handlers = handlers;
  }

  /** Runs one due slice of work on the index. False when nothing was due. */
  runSlice(alone: Alone): Promise<boolean> {
    return alone(async () => {
      const [job] = await dueJobs(this.tools.db, this.tools.clock.now(), false, 1);
      if (!job) return false;
      try {
        await this.finish(job, await (this.handlers[job.kind] as JobHandler)(job, this.tools));
      } catch (error) {
        // Put off, so that it does not stand in the way of others; never given up.
        await this.finish(job, { writes: [], next: null, retryIn: FAULT_RETRY_MS, tries: Number.POSITIVE_INFINITY });
        throw error;
      }
      return true;
    });
  }

  /**
   * Runs one due job that asks others: the index is held only while the answer is written. So many may run at once, for a server
   * that is slow to answer holds up nobody else's answer.
   */
  async runAsking(alone: Alone, guests: Guests): Promise<boolean> {
    const { db, clock } = this.tools;
    const due = await dueJobs(db, clock.now(), true, ASKING_AT_ONCE);
    const job = due.find((one) => !this.asked.has(nameOf(one)));
    if (!job) return false;
    const name = nameOf(job);
    this.asked.add(name);
    try {
      // Marked, so that the same job asked for anew meanwhile is not taken for done.
      const position = job.position.startsWith(ASKED) ? job.position.slice(ASKED.length) : job.position;
      const asked = { ...job, position: ASKED + position };
      const { meta } = await jobStep(db, job, asked.position).run();
      // Somebody else was done with it between the look and now.
      if (meta.changes === 0) return true;
      await this.ask(asked, position, alone, guests).catch(async (error: unknown) => {
        // Put off, so that it does not stand in the way of others.
        await alone(() => this.finish(asked, { writes: [], next: null, retryIn: FAULT_RETRY_MS }));
        throw error;
      });
      return true;
    } finally {
      this.asked.delete(name);
    }
  }

  /** When the next piece of work is due; null without any. */
  due(): Promise<number | null> {
    return nextDue(this.tools.db);
  }

  /** Somebody asks for it now, whether or not it is due. */
  runNow(kind: AskKind, key: string, alone: Alone, guests: Guests): Promise<void> {
    return this.ask({ kind, key, position: NOW, attempts: 0 }, NOW, alone, guests);
  }

  private async ask(job: Job, position: string, alone: Alone, guests: Guests): Promise<void> {
    const answer = await this.handlers[job.kind as AskKind]({ ...job, position }, { ...this.tools, ...guests });
    await alone(async () => this.finish(job, await settled(answer)));
  }

  private async finish(job: Job, slice: Slice): Promise<void> {
    const { db, clock, admission } = this.tools;
    const { writes, also = [], facts, next, refused = [], retryIn, pauseMs = 0, tries = GIVE_UP_AFTER } = slice;
    const retry = retryIn !== undefined && job.attempts < tries;
    const done = next === null || retryIn !== undefined;
    const step = retry
      ? jobRetry(db, job, clock.now() + retryIn)
      : done
        ? jobDone(db, job)
        : jobLater(db, job, next, clock.now() + pauseMs);
    await admission.commit(facts ?? (await admission.factsFor([])), writes, { refused, also: [...also, step] });
  }
}

const nameOf = ({ kind, key }: Job): string => `${kind} ${key}`;
const settled = (answer: Answer): Promise<Slice> | Slice => (typeof answer === 'function' ? answer() : answer);
