/** Writes that fail: the database says no, or says yes and the answer is lost, or the object dies in the middle of it. */

/** What befalls the writes from the next one on. */
export interface Failing {
  how: 'refused' | 'answer-lost' | 'death-before' | 'death-after';
  /** Writes that go well before. */
  skip: number;
  times: number;
}

let next: Failing | null = null;
export const failed: Record<Failing['how'], number> = {
  refused: 0,
  'answer-lost': 0,
  'death-before': 0,
  'death-after': 0,
};

export const fail = (failing: Failing | null): void => {
  next = failing;
};

function due(): Failing['how'] | null {
  if (next === null) return null;
  if (next.skip > 0) {
    next.skip--;
    return null;
  }
  const { how } = next;
  if (--next.times <= 0) next = null;
  failed[how]++;
  return how;
}

const READS = /^\s*(?:select|with)\b/i;

/** The same database; batches that write fail as told. `die` ends the object that holds it. */
export function failing(db: D1Database, die: () => void): D1Database {
  const writing = new WeakSet<D1PreparedStatement>();
  const noted = (statement: D1PreparedStatement): D1PreparedStatement => {
    writing.add(statement);
    const bind = statement.bind.bind(statement);
    statement.bind = (...values) => noted(bind(...values));
    return statement;
  };
  const batch = async <T>(statements: D1PreparedStatement[]): Promise<D1Result<T>[]> => {
    const how = statements.some((statement) => writing.has(statement)) ? due() : null;
    if (how === 'death-before') die();
    if (how === 'refused') throw new Error('D1_ERROR: the oracle lets this write fail');
    const results = await db.batch<T>(statements);
    if (how === 'death-after') die();
    if (how === 'answer-lost') throw new Error('D1_ERROR: the oracle lets this answer be lost');
    return results;
  };
  const prepare = (sql: string): D1PreparedStatement => (READS.test(sql) ? db.prepare(sql) : noted(db.prepare(sql)));
  return { prepare, batch, exec: db.exec.bind(db), withSession: db.withSession.bind(db), dump: db.dump.bind(db) };
}
