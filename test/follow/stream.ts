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

  get last(): ScriptedConnection {
    const connection = this.connections.at(-1);
    if (!connection) throw new Error('nothing connected yet');
    return connection;
  }
}

const markOf = (raw: string | null): Mark | null => sequenceOf(raw) ?? timeOf(raw);

export class ScriptedConnection implements StreamConnection {
  readonly options: StreamOptions;
  private readonly raws: string[] = [];
  isClosed = false;

  constructor(options: StreamOptions) {
    this.options = options;
  }

  send(...messages: object[]): void {
    for (const message of messages) {
      const raw = JSON.stringify(message);
      this.raws.push(raw);
      if (this.options.wants(raw)) this.options.onMessage(payloadOf(message) ?? message, raw, markOf(raw));
    }
  }

  fail(detail = 'connection failed'): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.options.onClose(detail);
  }

  close = (): void => this.fail('closed here');
  first = (): Mark | null => markOf(this.raws[0] ?? null);
  last = (): Mark | null => markOf(this.raws.at(-1) ?? null);
  received = (): number => this.raws.length;
  isOpen = (): boolean => true;
}
