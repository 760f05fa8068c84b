/** Requests at a fixed number of connections: how many a second, and how long they take. */
import { Agent, request } from 'node:http';

export interface Target {
  port: number;
  host: string;
  path: string;
}

export interface Load {
  p50: number;
  p99: number;
  rps: number;
}

const CONNECTIONS = 16;

export interface Answer {
  status: number;
  body: Buffer;
  headers: Record<string, string | string[] | undefined>;
}

export function get({ port, host, path }: Target, agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { port, path, headers: { host: `${host}:${port}` }, ...(agent ? { agent } : {}) };
    const asked = request({ hostname: '127.0.0.1', ...options }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks), headers: answer.headers }),
      );
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Milliseconds of each of `count` requests, and of all of them together. */
export async function run(target: Target, count: number): Promise<{ times: number[]; ms: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  let left = count;
  const connection = async (): Promise<void> => {
    while (left-- > 0) {
      const began = performance.now();
      const { status } = await get(target, agent);
      if (status !== 200) throw new Error(`${target.path} answered ${status}`);
      times.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  agent.destroy();
  return { times, ms: performance.now() - began };
}

export function summary(runs: { times: number[]; ms: number }[]): Load {
  const times = runs.flatMap((one) => one.times).sort((a, b) => a - b);
  const at = (share: number): number => Number((times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(2));
  const ms = runs.reduce((sum, one) => sum + one.ms, 0);
  return { p50: at(0.5), p99: at(0.99), rps: Math.round((times.length / ms) * 1000) };
}
