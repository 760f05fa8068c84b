// SQL text with its parameters, so that queries can be put together of parts.

export type Value = string | number | null;

export interface Fragment {
  readonly text: string;
  readonly values: readonly Value[];
}

/**
 * Values become parameters, fragments are put in as they are.
 *
 * @example sql`select id from post where space = ${did} and ${shown}`
 */
export function sql(strings: TemplateStringsArray, ...parts: (Value | Fragment)[]): Fragment {
  let text = strings[0] ?? '';
  const values: Value[] = [];
  for (const [i, part] of parts.entries()) {
    if (part !== null && typeof part === 'object') {
      text += part.text;
      values.push(...part.values);
    } else {
      text += '?';
      values.push(part);
    }
    text += strings[i + 1] ?? '';
  }
  return { text, values };
}

/** Text that the program itself wrote; never what somebody sent. */
export const raw = (text: string): Fragment => ({ text, values: [] });

export const prepare = (db: D1Database, { text, values }: Fragment): D1PreparedStatement =>
  db.prepare(text).bind(...values);

export async function rows<T>(db: D1Database, query: Fragment): Promise<T[]> {
  return (await prepare(db, query).all<T>()).results;
}
