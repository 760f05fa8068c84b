/** Asks the Worker as any client does. */
import { send } from '../../support/http.ts';
import { steadily } from '../steadily.ts';

export type Parameters = Record<string, string | number>;
export type Answer = Record<string, unknown> & { error?: string };

export class Client {
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async ask(method: string, parameters: Parameters): Promise<Answer> {
    const query = new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
    const url = `${this.url}/xrpc/club.commonplace.${method}?${query}`;
    const answer = await steadily(() => send(url, { host: 'localhost' }));
    return (await answer.json()) as Answer;
  }

  async page(host: string): Promise<string> {
    return (await steadily(() => send(`${this.url}/`, { host }))).text();
  }

  /** All pages of a list. A refusal, or a list that does not end, is thrown. */
  async list<T>(method: string, name: string, parameters: Parameters): Promise<T[]> {
    const all: T[] = [];
    let cursor: unknown;
    do {
      const answer = await this.ask(method, { ...parameters, ...(typeof cursor === 'string' ? { cursor } : {}) });
      if (answer.error !== undefined) throw new Refused(answer.error);
      all.push(...(answer[name] as T[]));
      cursor = answer.cursor;
      if (all.length > 5_000) throw new Error(`${method} does not end`);
    } while (cursor !== undefined);
    return all;
  }
}

export class Refused extends Error {}
