/** The one place where messages enter the log: it gives them their time and keeps them in the state folder. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { readWholeLines } from '../lines.ts';
import { EventLog } from './log.ts';
import { type Message, parseObject, scanMessage } from './wire.ts';

/** A message as an object, or a raw line that may be anything, broken JSON included. */
export type Injected = string | Message;

export class Feed {
  readonly log = new EventLog();
  private readonly upstream = new Map<string, number>();
  private readonly paths: { log: string; upstream: string } | undefined;
  private file: number | undefined;
  private pending: string[] = [];
  private flushing: NodeJS.Immediate | undefined;

  /** @param onMessage told of every message that enters, in order: what a relay knows is drawn from this */
  constructor(
    stateDir: string | undefined,
    private readonly onMessage: (message: Message) => void,
  ) {
    if (stateDir === undefined) return;
    mkdirSync(stateDir, { recursive: true });
    this.paths = { log: join(stateDir, 'jetstream.jsonl'), upstream: join(stateDir, 'upstream.json') };
  }

  /** Reads the state folder; to be called once, before anything is appended. */
  open(): void {
    if (this.paths === undefined) return;
    for (const line of readWholeLines(this.paths.log)) this.enter(line, 0);
    if (existsSync(this.paths.upstream)) {
      const stored: Record<string, number> = JSON.parse(readFileSync(this.paths.upstream, 'utf8'));
      for (const [host, seq] of Object.entries(stored)) this.upstream.set(host, seq);
    }
    this.file = openSync(this.paths.log, 'a');
  }

  close(): void {
    clearImmediate(this.flushing);
    this.flush();
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  /** The last sequence number followed on a host's firehose. */
  seqOf(host: string): number {
    return this.upstream.get(host) ?? 0;
  }

  advance(host: string, seq: number): void {
    this.upstream.set(host, seq);
    this.flushSoon();
  }

  append(build: (timeUs: number) => string): void {
    const timeUs = this.nextTimeUs();
    this.add(build(timeUs), timeUs);
  }

  /** Lines that name a time keep it, even a false one; the log then files them where they arrived. */
  inject(messages: readonly Injected[]): void {
    for (const message of messages) {
      const object = typeof message === 'string' ? parseObject(message) : message;
      const timeUs = this.nextTimeUs();
      const isTimed = object === undefined || 'time_us' in object;
      const told = isTimed ? message : { did: object.did, time_us: timeUs, ...object };
      this.add(typeof told === 'string' ? told.replaceAll('\n', ' ') : JSON.stringify(told), timeUs);
    }
  }

  private nextTimeUs(): number {
    return Math.max(this.log.lastTimeUs() + 1, Date.now() * 1000);
  }

  private add(line: string, cameAt: number): void {
    this.enter(line, cameAt);
    if (this.file === undefined) return;
    this.pending.push(line, '\n');
    this.flushSoon();
  }

  private enter(line: string, cameAt: number): void {
    const message = parseObject(line) ?? {};
    const scan = scanMessage(message);
    this.log.append(Buffer.from(line), placeInTime(scan.timeUs, this.log.lastTimeUs(), cameAt), scan);
    this.onMessage(message);
  }

  private flushSoon(): void {
    this.flushing ??= setImmediate(() => this.flush());
  }

  /** Lines first, then how far they reach: a kill between the two repeats messages and loses none. */
  private flush(): void {
    this.flushing = undefined;
    if (this.paths === undefined || this.file === undefined) return;
    if (this.pending.length > 0) writeSync(this.file, this.pending.join(''));
    this.pending = [];
    const temporary = `${this.paths.upstream}.new`;
    writeFileSync(temporary, JSON.stringify(Object.fromEntries(this.upstream)));
    renameSync(temporary, this.paths.upstream);
  }
}

/** A message that claims no time, or one in the future, is filed at the time that it came. */
function placeInTime(claimed: number | undefined, last: number, cameAt: number): number {
  return Math.max(last, claimed === undefined || claimed > Math.max(cameAt, Date.now() * 1000) ? cameAt : claimed);
}
