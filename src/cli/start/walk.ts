/** A browser as far as signing in needs one, on this machine alone: it keeps cookies, follows where it is led, and sends forms. */
import { type IncomingHttpHeaders, request } from 'node:http';
import { CommandError } from '../shared/terminal.ts';

export interface Page {
  url: URL;
  status: number;
  text: string;
}

interface Sent {
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

const MOST_HOPS = 15;
const TIMEOUT_MS = 30_000;
const NAVIGATES = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

export class Walk {
  /** By host: names and values. */
  private readonly cookies = new Map<string, Map<string, string>>();

  /** As if it was typed, or chosen on a page. */
  open(address: string, from?: Page): Promise<Page> {
    const headers = from ? { ...NAVIGATES, 'sec-fetch-site': 'same-origin', referer: from.url.href } : NAVIGATES;
    return this.follow(new URL(address), { method: 'GET', headers });
  }

  /** Sends the form of a page that leads to `action`, with the token that the page carries. */
  submit(page: Page, action: string, fields: Record<string, string>): Promise<Page> {
    const token = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    return this.follow(new URL(action, page.url), {
      method: 'POST',
      headers: { ...this.asPageOf(page), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrf: token, ...fields }).toString(),
    });
  }

  /** What the script of a page sends. */
  async call<T>(page: Page, path: string, input: object, headers: Record<string, string>): Promise<T> {
    const url = new URL(path, page.url);
    const answer = await this.send(url, {
      method: 'POST',
      headers: { ...this.asPageOf(page), ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    if (answer.status !== 200) throw new CommandError(`${url} answered ${answer.status}: ${answer.text.slice(0, 200)}`);
    return JSON.parse(answer.text) as T;
  }

  cookie({ url }: Page, name: string): string {
    return this.cookies.get(url.host)?.get(name) ?? '';
  }

  private asPageOf({ url }: Page): Record<string, string> {
    return {
      ...{ origin: url.origin, referer: url.href },
      ...{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'same-origin', 'sec-fetch-dest': 'empty' },
    };
  }

  private async follow(first: URL, sent: Sent): Promise<Page> {
    let [url, next] = [first, sent];
    for (let hop = 0; hop < MOST_HOPS; hop++) {
      const { status, text, location } = await this.send(url, next);
      if (location === undefined) return { url, status, text };
      [url, next] = [new URL(location, url), { method: 'GET', headers: NAVIGATES }];
    }
    throw new CommandError(`${first} leads on and on`);
  }

  private send(url: URL, { method, headers, body }: Sent) {
    const cookies = [...(this.cookies.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    return new Promise<{ status: number; text: string; location: string | undefined }>((done, fail) => {
      const asked = request(
        {
          // Names below localhost are known to browsers, not to every system.
          ...{ host: '127.0.0.1', port: url.port, path: url.pathname + url.search, method, timeout: TIMEOUT_MS },
          headers: { ...headers, host: url.host, cookie: cookies },
        },
        (answer) => {
          this.keep(url.host, answer.headers);
          answer.setEncoding('utf8');
          let text = '';
          answer.on('data', (part: string) => {
            text += part;
          });
          answer.on('end', () => done({ status: answer.statusCode ?? 0, text, location: answer.headers.location }));
          answer.on('error', fail);
        },
      );
      asked.on('timeout', () => asked.destroy(new Error(`${url.origin} does not answer`)));
      asked.on('error', fail);
      asked.end(body);
    });
  }

  private keep(host: string, { 'set-cookie': set = [] }: IncomingHttpHeaders): void {
    const own = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, own);
    for (const line of set) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      own.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}
