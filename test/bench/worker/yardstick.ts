/** What the indexer is measured against: the same lines, only counted; the same records, only inserted. */
import { DurableObject } from 'cloudflare:workers';
import { BATCH } from '../../../src/follow/queue.ts';
import type { Env } from './app.ts';

export interface Lines {
  /** Whole address, filters and all. */
  url: string;
  n: number;
}

interface Line {
  did: string;
  commit?: { collection: string; rkey: string; record?: object };
}

export class Yardstick extends DurableObject<Env> {
  /** Milliseconds from opening the socket to the last of `n` messages. */
  receive({ url, n }: Lines): Promise<{ ms: number }> {
    const start = Date.now();
    return new Promise((done, fail) => {
      const socket = new WebSocket(url);
      let count = 0;
      socket.addEventListener('message', () => {
        if (++count < n) return;
        done({ ms: Date.now() - start });
        socket.close();
      });
      socket.addEventListener('close', () => fail(new Error(`the stream ended after ${count} lines`)));
    });
  }

  /** The records of all lines into a table with one unique key: only the statements are on the clock. */
  async insert({ url, n }: Lines): Promise<{ ms: number; rows: number }> {
    const lines = await this.collect(url, n);
    const db = this.env.DB;
    await db.prepare('drop table if exists keyed').run();
    await db.prepare('create table keyed (uri text not null unique, value text)').run();
    const insert = db.prepare(
      `insert into keyed (uri, value) select value->>0, value->>1 from json_each(?) where true
       on conflict do update set value = excluded.value`,
    );
    let ms = 0;
    for (let at = 0; at < lines.length; ) {
      const rows: (string | null)[][] = [];
      // As the follower's queue cuts them.
      for (let length = 0; at < lines.length && rows.length < BATCH.messages && length < BATCH.length; at++) {
        const line = lines[at] as string;
        length += line.length;
        const { did, commit } = JSON.parse(line) as Line;
        if (commit)
          rows.push([
            `at://${did}/${commit.collection}/${commit.rkey}`,
            commit.record ? JSON.stringify(commit.record) : null,
          ]);
      }
      const start = Date.now();
      await insert.bind(JSON.stringify(rows)).run();
      ms += Date.now() - start;
    }
    const rows = (await db.prepare('select count(*) as rows from keyed').first<number>('rows')) ?? 0;
    await db.prepare('drop table keyed').run();
    return { ms, rows };
  }

  private collect(url: string, n: number): Promise<string[]> {
    return new Promise((done, fail) => {
      const lines: string[] = [];
      const socket = new WebSocket(url);
      socket.addEventListener('message', ({ data }) => {
        lines.push(data as string);
        if (lines.length < n) return;
        done(lines);
        socket.close();
      });
      socket.addEventListener('close', () => fail(new Error(`the stream ended after ${lines.length} lines`)));
    });
  }
}
