// The only writer of the index: one D1 batch of at most 25 statements, all or nothing, the stream's cursor among them.
import type { Write } from '../domain/write.ts';
import type { Statement } from './statement.ts';
import { STATEMENTS } from './statements.ts';

/** Bytes of one JSON parameter: D1 takes 1 MB in production, whatever it takes locally. */
const MAX_PARAMETER = 1_000_000;
export const MAX_STATEMENTS = 25;
/** How many refused events are kept to look at. */
const DROPPED_KEPT = 100;

export interface Commit {
  writes: Write[];
  refused: { reason: string; uri: string; detail: string }[];
  /** The position of the stream that these writes bring the index to. */
  stream?: { instance: string; cursor: number; sequence: number | null; exact: boolean };
  gap?: { instance: string; fromUs: number; toUs: number; reason: string };
  /** Further statements of the same batch: where a job stands. */
  also?: D1PreparedStatement[];
  /** The next free seq. */
  seq: number;
  now: number;
}

export interface Committed {
  rowsWritten: number;
}

const ORDER = Object.keys(STATEMENTS) as Write['write'][];

export async function commit(db: D1Database, work: Commit): Promise<Committed> {
  const statements = [
    ...writeStatements(db, work),
    ...refusedStatements(db, work),
    ...streamStatements(db, work),
    ...gapStatements(db, work),
    ...(work.also ?? []),
  ];
  if (statements.length === 0) return { rowsWritten: 0 };
  if (statements.length > MAX_STATEMENTS)
    throw new Error(`a commit of ${statements.length} statements: the batch is too large`);
  const results = await db.batch(statements);
  return { rowsWritten: results.reduce((sum, { meta }) => sum + meta.rows_written, 0) };
}

/** A write that changes nothing: does the database take any? */
export async function writeNothing(db: D1Database): Promise<void> {
  await db.batch([db.prepare('update stream set seq = seq where id = 1')]);
}

function writeStatements(db: D1Database, { writes, now }: Commit): D1PreparedStatement[] {
  const byKind = new Map<string, Write[]>();
  for (const write of merged(writes)) {
    const group = byKind.get(write.write);
    if (group) group.push(write);
    else byKind.set(write.write, [write]);
  }
  return ORDER.flatMap((kind) => {
    const group = byKind.get(kind);
    // The table of statements is typed kind by kind; here a kind and its own writes are put together again.
    return group
      ? (STATEMENTS[kind] as Statement<typeof kind>[]).flatMap((s) => overRows(db, s, group as never[], now))
      : [];
  });
}

function overRows<K extends Write['write']>(
  db: D1Database,
  statement: Statement<K>,
  writes: Extract<Write, { write: K }>[],
  now: number,
): D1PreparedStatement[] {
  const taken = statement.takes ? writes.filter(statement.takes) : writes;
  if (taken.length === 0) return [];
  const rows = taken.map((write) => statement.row(write, now));
  const prepared = db.prepare(statement.sql);
  const more = statement.sql.includes('?2') ? [now] : [];
  return parameters(rows).map((json) => prepared.bind(json, ...more));
}

/** The rows as JSON, in as many parts as D1 needs to take them. */
function parameters(rows: unknown[]): string[] {
  const json = JSON.stringify(rows);
  if (rows.length === 1 || fits(json)) return [json];
  const half = rows.length >> 1;
  return [...parameters(rows.slice(0, half)), ...parameters(rows.slice(half))];
}

const encoder = new TextEncoder();
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const ASCII = /^[\x00-\x7f]*$/;
const utf8Length = (text: string): number => (ASCII.test(text) ? text.length : encoder.encode(text).length);
/** No character takes more than three bytes for each of its UTF-16 units. */
const fits = (text: string): boolean => text.length * 3 <= MAX_PARAMETER || utf8Length(text) <= MAX_PARAMETER;

/** Rows that one batch touches more than once are written once: counts add up, of the others the last stands. */
function merged(writes: Write[]): Write[] {
  const byKey = new Map<string, Write>();
  const rest: Write[] = [];
  for (const write of writes) {
    const key = keyOf(write);
    if (key === null) {
      rest.push(write);
      continue;
    }
    const before = byKey.get(key);
    byKey.set(key, before && write.write === 'author' && before.write === 'author' ? added(before, write) : write);
  }
  return [...byKey.values(), ...rest];
}

function laterRev(a: string, b: string): string {
  if (a > b) return a;
  return b;
}

type AuthorWrite = Extract<Write, { write: 'author' }>;
const added = (a: AuthorWrite, b: AuthorWrite): AuthorWrite => ({
  ...b,
  delta: a.delta + b.delta,
  rev: laterRev(a.rev, b.rev),
});

function keyOf(write: Write): string | null {
  switch (write.write) {
    case 'author':
    case 'member':
      return `${write.write} ${write.did} ${write.space}`;
    case 'wait':
    case 'waited':
    case 'claim':
    case 'unclaim':
      return `${write.write} ${write.uri}`;
    case 'read':
      return `read ${write.did} ${write.space}`;
    case 'record':
      return `record ${write.row.space} ${write.row.uri}`;
    case 'own':
      return `own ${write.part} ${write.space}`;
    case 'account':
      return `account ${write.did}`;
    case 'job':
      return `job ${write.kind} ${write.key}`;
    default:
      return null;
  }
}

function refusedStatements(db: D1Database, { refused, now }: Commit): D1PreparedStatement[] {
  if (refused.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { reason } of refused) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const last = refused.slice(-5).map(({ reason, uri, detail }) => [reason, uri.slice(0, 600), detail]);
  return [
    db
      .prepare(
        `insert into drop_count (reason, count) select value->>0, value->>1 from json_each(?) where true
         on conflict do update set count = count + excluded.count`,
      )
      .bind(JSON.stringify([...counts])),
    db
      .prepare(
        `insert into dropped (reason, uri, detail, at) select value->>0, value->>1, value->>2, ?2 from json_each(?1)`,
      )
      .bind(JSON.stringify(last), now),
    db.prepare('delete from dropped where id <= (select max(id) from dropped) - ?').bind(DROPPED_KEPT),
  ];
}

function streamStatements(db: D1Database, { writes, stream, seq, now }: Commit): D1PreparedStatement[] {
  if (stream) {
    return [
      db
        .prepare(
          `insert into stream (id, instance, cursor, sequence, exact, seq, committed_at) values (1, ?, ?, ?, ?, ?, ?)
           on conflict do update set instance = excluded.instance, cursor = excluded.cursor, sequence = excluded.sequence,
             exact = excluded.exact, seq = max(seq, excluded.seq), committed_at = excluded.committed_at`,
        )
        .bind(stream.instance, stream.cursor, stream.sequence, Number(stream.exact), seq, now),
    ];
  }
  return writes.length > 0 ? [db.prepare('update stream set seq = max(seq, ?) where id = 1').bind(seq)] : [];
}

function gapStatements(db: D1Database, { gap, now }: Commit): D1PreparedStatement[] {
  if (!gap) return [];
  const insert = 'insert into gap (instance, from_us, to_us, reason, found_at) values (?, ?, ?, ?, ?)';
  const heal = `insert into job (kind, key, position, attempts, due_at) values ('heal', '', '', 0, ?)
    on conflict do update set position = ''`;
  return [db.prepare(insert).bind(gap.instance, gap.fromUs, gap.toUs, gap.reason, now), db.prepare(heal).bind(now)];
}
