// Runs work in slices, one at a time, through the same commit as everything else.
import { dueJobs, type Job, jobDone, jobRetry, jobStep, nextDue } from '../db/jobs.ts';
import type { Facts } from '../domain/facts.ts';
import type { JobKind, Write } from '../domain/write.ts';
import type { Clock } from '../ports/clock.ts';
import type { Admission } from './admit.ts';
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
export type AskingHandler = (job: Job, tools: JobTools) => Promise<Answer>;
/** `prove` alone plans records. */
export type JobHandlers = Record<Exclude<JobKind, 'prove'>, JobHandler> & { prove: AskingHandler };

const GIVE_UP_AFTER = 12;
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
      if (job) await this.finish(job, await settled(await this.handlers[job.kind](job, this.tools)));
      return job !== undefined;
    });
  }

  /**
   * Runs one due job that asks others: the index is held only while the answer is written. So many may run at once, for a server
   * that is slow to answer holds up nobody else's answer.
   */
  async runAsking(alone: Alone): Promise<boolean> {
    const { db, clock } = this.tools;
    const due = await dueJobs(db, clock.now(), true, ASKING_AT_ONCE);
    const job = due.find((one) => !this.asked.has(nameOf(one)));
    if (!job) return false;
    const name = nameOf(job);
    this.asked.add(name);
    try {
      // Marked, so that the same job asked for anew meanwhile is not taken for done.
      await jobStep(db, job, 'asked').run();
      await this.ask({ ...job, position: 'asked' }, alone);
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
  runNow(kind: JobKind, key: string, alone: Alone): Promise<void> {
    return this.ask({ kind, key, position: NOW, attempts: 0 }, alone);
  }

  private async ask(job: Job, alone: Alone): Promise<void> {
    const answer = await this.handlers[job.kind](job, this.tools);
    await alone(async () => this.finish(job, await settled(answer)));
  }

  private async finish(job: Job, slice: Slice): Promise<void> {
    const { db, clock, admission } = this.tools;
    const { writes, also = [], facts, next, refused = [], retryIn, tries = GIVE_UP_AFTER } = slice;
    const retry = retryIn !== undefined && job.attempts < tries;
    const done = next === null || retryIn !== undefined;
    const step = retry ? jobRetry(db, job, clock.now() + retryIn) : done ? jobDone(db, job) : jobStep(db, job, next);
    await admission.commit(facts ?? (await admission.factsFor([])), writes, { refused, also: [...also, step] });
  }
}

const nameOf = ({ kind, key }: Job): string => `${kind} ${key}`;
const settled = (answer: Answer): Promise<Slice> | Slice => (typeof answer === 'function' ? answer() : answer);
