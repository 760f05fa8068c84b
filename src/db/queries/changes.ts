// What changed in a space after a position, in the order of `seq`: the last version of each record, and account states.
import type { AtUri, Confirmation, Did } from '../../domain/model.ts';
import { prepare, sql } from './fragment.ts';
import { type SpaceRow, spaceRow } from './spaces.ts';

interface Standing {
  seq: number;
  did: Did;
  status: string | null;
  confirmation: Confirmation | null;
}

/** A record's last version; `cid` and `value` are null where it was deleted. */
export interface RecordChange extends Standing {
  uri: AtUri;
  collection: string;
  rev: string;
  cid: string | null;
  hidden: number;
  shownSeq: number | null;
  value: string | null;
}

export interface AccountChange extends Standing {
  statusAt: number | null;
}

export interface Changes {
  /** Null when the instance follows it no more. */
  space: SpaceRow | null;
  records: RecordChange[];
  accounts: AccountChange[];
  /** Everything up to this seq is in this page. */
  upTo: number;
  isLast: boolean;
}

const LIMIT = 500;
/** Characters of records' JSON in one page; a record more may come on top. */
const LENGTH = 1_000_000;

export async function changesAfter(db: D1Database, space: Did, after: number): Promise<Changes> {
  const [found, recordRows, accountRows] = await db.batch([
    prepare(db, spaceRow(space)),
    prepare(
      db,
      sql`with page as materialized (
          select l.*, sum(coalesce(length(l.value), 0)) over (order by l.seq) - coalesce(length(l.value), 0) as before
          from (select seq, did, uri, collection, rev, cid, hidden, shown_seq as shownSeq, value
            from record where space = ${space} and seq > ${after} order by seq limit ${LIMIT}) l)
        select k.seq, k.did, k.uri, k.collection, k.rev, k.cid, k.hidden, k.shownSeq, k.value, i.status, i.confirmation
        from page k left join identity i on i.did = k.did where k.before < ${LENGTH} order by k.seq`,
    ),
    prepare(
      db,
      sql`select a.account_seq as seq, a.did, i.status, i.confirmation, i.status_at as statusAt
        from author_space a left join identity i on i.did = a.did
        where a.space = ${space} and a.account_seq > ${after} order by a.account_seq limit ${LIMIT}`,
    ),
  ]);
  const records = (recordRows?.results ?? []) as RecordChange[];
  const accounts = (accountRows?.results ?? []) as AccountChange[];
  const size = records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
  const ends = [
    ...(records.length === LIMIT || size >= LENGTH ? [records.at(-1)?.seq ?? after] : []),
    ...(accounts.length === LIMIT ? [accounts.at(-1)?.seq ?? after] : []),
  ];
  const upTo =
    ends.length > 0 ? Math.min(...ends) : Math.max(after, records.at(-1)?.seq ?? 0, accounts.at(-1)?.seq ?? 0);
  const within = ({ seq }: Standing): boolean => seq <= upTo;
  return {
    space: (found?.results[0] as SpaceRow | undefined) ?? null,
    records: records.filter(within),
    accounts: accounts.filter(within),
    upTo,
    isLast: ends.length === 0,
  };
}

/** The seq of the last change; 0 where nothing ever changed. */
export async function lastChange(db: D1Database, space: Did): Promise<number> {
  const query = sql`select max(coalesce((select max(seq) from record where space = ${space}), 0),
    coalesce((select max(account_seq) from author_space where space = ${space} and account_seq is not null), 0)) as seq`;
  return (await prepare(db, query).first<{ seq: number }>())?.seq ?? 0;
}
