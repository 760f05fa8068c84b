// Counts the rows that D1 bills as read, for those who measure. `raw`, `exec` and sessions are not counted.

export interface Meter {
  /** The same database, counting. */
  db: D1Database;
  rowsRead(): number;
}

export function metered(db: D1Database): Meter {
  let rows = 0;
  const count = <R extends D1Result>(result: R): R => {
    rows += result.meta.rows_read;
    return result;
  };
  const inner = new WeakMap<D1PreparedStatement, D1PreparedStatement>();

  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const all = async <T>(): Promise<D1Result<T>> => count(await statement.all<T>());
    const first = async (column?: string): Promise<unknown> => {
      // D1's own `first` tells no meta data.
      const [row] = (await all<Record<string, unknown>>()).results;
      if (!row) return null;
      return column === undefined ? row : row[column];
    };
    const bind = (...values: unknown[]): D1PreparedStatement => wrap(statement.bind(...values));
    const wrapped = { bind, all, run: all, first, raw: statement.raw.bind(statement) } as D1PreparedStatement;
    inner.set(wrapped, statement);
    return wrapped;
  };

  const counting = {
    prepare: (text: string) => wrap(db.prepare(text)),
    batch: async <T>(statements: D1PreparedStatement[]) => {
      const results = await db.batch<T>(statements.map((statement) => inner.get(statement) ?? statement));
      return results.map(count);
    },
    exec: db.exec.bind(db),
    withSession: db.withSession.bind(db),
    dump: db.dump.bind(db),
  } as D1Database;
  return { db: counting, rowsRead: () => rows };
}
