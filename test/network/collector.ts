/** A Jetstream client for tests: it remembers all it was told, and how the connection ended. */
import { once } from 'node:events';
import WebSocket from 'ws';
import { type Message, parseObject } from './jetstream/wire.ts';

export class Collector {
  /** Each frame as text; a binary one as `binary:<bytes>`. */
  readonly frames: string[] = [];
  readonly closed: Promise<number>;
  closeCode: number | undefined;
  private readonly socket: WebSocket;
  private onFrame: () => void = () => {};

  private constructor(url: string, query: string) {
    this.socket = new WebSocket(`${url}?${query}`);
    this.socket.on('message', (data, isBinary) => {
      this.frames.push(isBinary ? `binary:${(data as Buffer).length}` : data.toString());
      this.onFrame();
    });
    // A reset connection closes with 1006, which is what tests look at.
    this.socket.on('error', () => {});
    this.closed = once(this.socket, 'close').then(([code]) => {
      this.closeCode = code;
      return code;
    });
  }

  static async open(url: string, query = ''): Promise<Collector> {
    const collector = new Collector(url, query);
    await once(collector.socket, 'open');
    return collector;
  }

  /** @returns the HTTP status with which an upgrade is refused, and the text that came with it */
  static async refusal(url: string, query: string): Promise<{ status: number; text: string }> {
    const socket = new WebSocket(`${url}?${query}`);
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    let text = '';
    for await (const part of response) text += part;
    return { status: response.statusCode, text };
  }

  /** Frames that are JSON objects. */
  get messages(): Message[] {
    return this.frames.map(parseObject).filter((message) => message !== undefined);
  }

  get times(): number[] {
    return this.messages.map(({ time_us }) => time_us as number);
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async until(count: number, timeoutMs = 3000): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.frames.length} of ${count} frames came in ${timeoutMs} ms`)),
        timeoutMs,
      );
      this.onFrame = () => {
        if (this.frames.length < count) return;
        clearTimeout(timer);
        resolve();
      };
      this.onFrame();
    });
    return this;
  }

  /** Gives what should not come the time to come. */
  async settle(ms = 60): Promise<this> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return this;
  }

  /** Stops reading from the socket. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  close(): void {
    this.socket.terminate();
  }
}
