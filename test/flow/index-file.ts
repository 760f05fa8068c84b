/** The file in which the local D1 keeps the index, read beside the process that writes it. */
import { existsSync, globSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Query } from '../model/tables.ts';

export interface Standing {
  /** Unix microseconds; 0 while nothing was committed. */
  cursor: number;
  jobs: number;
}

export class IndexFile {
  private readonly folder: string;
  private open: DatabaseSync | null = null;

  constructor(folder: string) {
    this.folder = folder;
  }

  private database(): DatabaseSync {
    this.open ??= this.find();
    return this.open;
  }

  private find(): DatabaseSync {
    const files = existsSync(this.folder) ? globSync(`${this.folder}/**/*.sqlite`) : [];
    for (const file of files) {
      const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
      const tables = database
        .prepare(`select name from sqlite_master where name in ('record', 'stream', 'post')`)
        .all();
      if (tables.length === 3) return database;
      database.close();
    }
    throw new Error(`no index below ${this.folder}`);
  }

  standing(): Standing {
    const sql =
      "select coalesce((select cursor from stream), 0) as cursor, (select count(*) from job where kind <> 'sweep') as jobs";
    return this.database().prepare(sql).get() as unknown as Standing;
  }

  readonly query: Query = async (sql) => this.database().prepare(sql).all();

  close(): void {
    this.open?.close();
    this.open = null;
  }
}
