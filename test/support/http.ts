/** Requests under a hostname of choice: `fetch` does not let a Host header be set. */
import { type IncomingMessage, request } from 'node:http';

export interface Sent {
  host?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Redirects are not followed. */
export function send(url: string, { host, method = 'GET', headers = {}, body }: Sent = {}): Promise<Response> {
  const named = host === undefined ? headers : { ...headers, host: `${host}:${new URL(url).port}` };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers: named }, (answer) => collect(answer).then(resolve, reject));
    asked.on('error', reject);
    asked.end(body);
  });
}

async function collect(answer: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const status = answer.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, String(value));
  const empty = status === 204 || status === 304;
  return new Response(empty ? null : Buffer.concat(chunks), { status, headers });
}
