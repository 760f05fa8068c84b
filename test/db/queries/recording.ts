/** A database that remembers what it was asked, to have SQLite explain it. */
export interface Asked {
  text: string;
  values: unknown[];
}

export function recording(db: D1Database): { db: D1Database; asked: Asked[] } {
  const asked: Asked[] = [];
  const prepare = (text: string): D1PreparedStatement => {
    const statement = db.prepare(text);
    const bind = (...values: unknown[]): D1PreparedStatement => {
      asked.push({ text, values });
      return statement.bind(...values);
    };
    const all = () => bind().all();
    return { bind, all } as unknown as D1PreparedStatement;
  };
  return { db: { prepare, batch: db.batch.bind(db) } as unknown as D1Database, asked };
}

export async function planOf(db: D1Database, { text, values }: Asked): Promise<string[]> {
  const { results } = await db
    .prepare(`explain query plan ${text}`)
    .bind(...values)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}
