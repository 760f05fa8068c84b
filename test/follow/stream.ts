/** A stream under the test's control, of either protocol: connections are opened by the follower, messages sent by the test. */
import { payloadOf, sequenceOf, timeOf } from '../../src/cloudflare/marks.ts';
import type { Mark, StreamConnection, StreamOptions, StreamPort } from '../../src/ports/stream.ts';

export class ScriptedStream implements StreamPort {
  readonly connections: ScriptedConnection[] = [];

  open(options: StreamOptions): StreamConnection {
    const connection = new ScriptedConnection(options);
    this.connections.push(connection);
    return connection;
  }

  /** The last connection to an address that begins so. */
  to(address: string): ScriptedConnection {
    const connection = this.connections.findLast(({ options }) => options.url.startsWith(address));
    if (!connection) throw new Error(`nothing connected to ${address} yet`);
    return connection;
  }

  get last(): ScriptedConnection {
    const connection = this.connections.at(-1);
    if (!connection) throw new Error('nothing connected yet');
    return connection;
  }
}

const markOf = (raw: string | null): Mark | null => sequenceOf(raw) ?? timeOf(raw);

export class ScriptedConnection implements StreamConnection {
  readonly options: StreamOptions;
  private readonly marks: (Mark | null)[] = [];
  isClosed = false;

  constructor(options: StreamOptions) {
    this.options = options;
  }

  send(...messages: object[]): void {
    for (const message of messages) {
      const raw = JSON.stringify(message);
      this.marks.push(markOf(raw));
      if (this.options.wants(raw)) this.options.onMessage(payloadOf(message) ?? message, raw, markOf(raw));
    }
  }

  /** What a PDS says at one sequence of its own. */
  async tell(sequence: number, message: { did: string; time_us: number; kind: string }): Promise<void> {
    const mark = { timeUs: message.time_us, sequence };
    const raw = JSON.stringify(message);
    const { wants, speaksFor, onMessage } = this.options;
    if (wants(raw) && (await speaksFor?.(message.did, message.kind)) !== false) onMessage(message, raw, mark);
    this.marks.push(mark);
  }

  fail(detail = 'connection failed'): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.options.onClose(detail);
  }

  close = (): void => this.fail('closed here');
  first = (): Mark | null => this.marks[0] ?? null;
  last = (): Mark | null => this.marks.at(-1) ?? null;
  received = (): number => this.marks.length;
  isOpen = (): boolean => true;
}
