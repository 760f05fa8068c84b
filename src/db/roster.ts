// What is kept of who comes and goes. Written by the indexer alone, so that every order happens at once or not at all.
import { ADMISSION, type RosterOrder } from '../domain/admission.ts';
import type { Did } from '../domain/model.ts';
import { ensureJob, jobNow } from './jobs.ts';

/** False where the order finds nothing to do, or one too many. */
export async function keepOrder(db: D1Database, order: RosterOrder, now: number): Promise<boolean> {
  const statements = statementsOf(db, order, now);
  const [first] = await db.batch(statements);
  return (first?.meta.changes ?? 0) > 0;
}

type Bound = string | number | null;
type Ask = (sql: string, ...values: Bound[]) => D1PreparedStatement;

function statementsOf(db: D1Database, order: RosterOrder, now: number): D1PreparedStatement[] {
  const ask: Ask = (sql, ...values) => db.prepare(sql).bind(...values);
  switch (order.order) {
    case 'apply':
    case 'decline':
    case 'settle':
      return [applied(ask, order, now), named(db, order.did, now)];
    case 'link':
    case 'revoke':
    case 'use':
    case 'unuse':
      return linked(ask, order, now);
    case 'name':
    case 'answer':
    case 'unname':
      return [invited(ask, order, now), named(db, order.did, now)];
    case 'ban':
    case 'unban':
      return [...banned(ask, order), ...again(db, order.space, order.did, now), ...endOfBan(db, order)];
    case 'hold':
      return [...held(ask, order, now), ...again(db, order.space, order.did, now), named(db, order.did, now)];
    case 'conceal':
      return concealing(db, order.space, now);
    case 'forget':
      return forgetting(ask, order.did);
  }
}

/** Whether they may post decides what of theirs shows. */
const again = (db: D1Database, space: Did, did: Did, now: number): D1PreparedStatement[] => [
  jobNow(db, 'author', `${did} ${space}`, now),
];

/** Who decides about somebody sees their name; of who never wrote anything it was not looked up yet. */
const named = (db: D1Database, did: Did, now: number): D1PreparedStatement =>
  db
    .prepare(
      `insert into job (kind, key, position, attempts, due_at) select 'resolve', ?1, '', 0, ?2
       where not exists (select 1 from identity where did = ?1 and resolved_at > 0) on conflict do nothing`,
    )
    .bind(did, now);

const endOfBan = (db: D1Database, order: RosterOrder): D1PreparedStatement[] =>
  order.order === 'ban'
    ? [
        db.prepare(`delete from job where kind = 'unban' and key = ?`).bind(`${order.did} ${order.space}`),
        ensureJob(db, 'unban', `${order.did} ${order.space}`, order.ban.until),
      ]
    : [];

type Of<K extends RosterOrder['order']> = Extract<RosterOrder, { order: K }>;

function applied(ask: Ask, order: Of<'apply' | 'decline' | 'settle'>, now: number): D1PreparedStatement {
  const { space, did } = order;
  if (order.order === 'settle') {
    const which = order.leaves ? ` and state = 'open'` : '';
    return ask(`delete from application where space = ? and did = ?${which}`, space, did);
  }
  if (order.order === 'decline') {
    return ask(
      `insert into application (space, did, state, at, answers, reason) values (?, ?, 'declined', ?, '[]', ?)
       on conflict do update set state = 'declined', at = excluded.at, answers = '[]', reason = excluded.reason`,
      ...[space, did, now, order.reason],
    );
  }
  return ask(
    `insert into application (space, did, state, at, answers) select ?1, ?2, 'open', ?3, ?4
     where (select count(*) from application where space = ?1 and state = 'open') < ${ADMISSION.open}
     on conflict do update set state = 'open', at = iif(state = 'open', at, excluded.at), answers = excluded.answers, reason = null
       where state = 'open' or at <= ?3 - ${ADMISSION.againMs}`,
    ...[space, did, now, JSON.stringify(order.answers)],
  );
}

const WORKS = 'remaining > 0 and expires_at > ?3 and revoked_at is null';

function linked(ask: Ask, order: Of<'link' | 'revoke' | 'use' | 'unuse'>, now: number): D1PreparedStatement[] {
  const { space } = order;
  if (order.order === 'link') {
    const { id, by, role, uses, at, expiresAt } = order.invite;
    return [
      ask(
        `insert into invite (space, id, hash, by, role, uses, remaining, at, expires_at)
         select ?1, ?2, ?4, ?5, ?6, ?7, ?7, ?8, ?9
         where (select count(*) from invite where space = ?1 and ${WORKS}) < ${ADMISSION.invites}`,
        ...[space, id, now, order.hash, by, role, uses, at, expiresAt],
      ),
    ];
  }
  const { id } = order;
  if (order.order === 'revoke') {
    return [
      ask('update invite set revoked_at = ?3 where space = ?1 and id = ?2 and revoked_at is null', space, id, now),
    ];
  }
  if (order.order === 'unuse') {
    return [
      ask(
        `update invite set remaining = remaining + 1 where space = ?1 and id = ?2 and remaining < uses
         and exists (select 1 from invitation i where i.space = ?1 and i.did = ?3 and i.link = ?2)`,
        ...[space, id, order.did],
      ),
      ask('delete from invitation where space = ?1 and did = ?3 and link = ?2', space, id, order.did),
    ];
  }
  // Who came by it before takes no second use; of the two statements the second sees what the first did.
  return [
    ask(
      `insert into invitation (space, did, by, at, role, link, state) select space, ?4, by, ?3, role, id, 'accepted' from invite
       where space = ?1 and id = ?2 and ${WORKS}
       on conflict do update set by = excluded.by, at = excluded.at, role = excluded.role, link = excluded.link, state = 'accepted'
         where invitation.link is not excluded.link or invitation.state <> 'accepted'`,
      ...[space, id, now, order.did],
    ),
    ask(
      `update invite set remaining = remaining - 1 where space = ?1 and id = ?2 and ${WORKS} and changes() > 0`,
      ...[space, id, now],
    ),
  ];
}

function invited(ask: Ask, order: Of<'name' | 'answer' | 'unname'>, now: number): D1PreparedStatement {
  const { space, did } = order;
  if (order.order === 'name') {
    return ask(
      `insert into invitation (space, did, by, at, role, state) select ?1, ?2, ?3, ?4, ?5, 'open'
       where (select count(*) from invitation where space = ?1 and state = 'open') < ${ADMISSION.invitations}
       on conflict do update set by = excluded.by, at = excluded.at, role = excluded.role, link = null, state = 'open'`,
      ...[space, did, order.by, now, order.role],
    );
  }
  return order.order === 'answer'
    ? ask('update invitation set state = ? where space = ? and did = ? and state = ?', order.answer, space, did, 'open')
    : ask(`delete from invitation where space = ?1 and did = ?2${order.leaves ? STILL_IN : ''}`, space, did);
}

const STILL_IN = ` and not exists (select 1 from ban where space = ?1 and did = ?2)
  and (exists (select 1 from member where space = ?1 and did = ?2 and admitted = 1)
    or exists (select 1 from held_member where space = ?1 and did = ?2 and admitted = 1))`;

function banned(ask: Ask, order: Of<'ban' | 'unban'>): D1PreparedStatement[] {
  const { space, did } = order;
  if (order.order === 'unban') return [ask('delete from ban where space = ? and did = ?', space, did)];
  const { by, at, until, told, reason } = order.ban;
  return [
    ask(
      `insert into ban (space, did, by, at, until, told, reason) values (?, ?, ?, ?, ?, ?, ?)
       on conflict do update set by = excluded.by, at = excluded.at, until = excluded.until, told = excluded.told, reason = excluded.reason`,
      ...[space, did, by, at, until, told, reason],
    ),
    ask('delete from application where space = ? and did = ?', space, did),
    // By the link that they came by they do not come again afterwards.
    ask('delete from invitation where space = ? and did = ? and link is null', space, did),
    ask('delete from held_member where space = ? and did = ?', space, did),
  ];
}

function held(ask: Ask, { space, did, joined, admitted, roles }: Of<'hold'>, now: number): D1PreparedStatement[] {
  const [j, a] = [joined, admitted].map((half) => (half === undefined ? null : Number(half)));
  const r = roles === undefined ? null : JSON.stringify(roles);
  return [
    ask(
      `insert into held_member (space, did, joined, admitted, roles, since)
       select ?1, ?2, coalesce(?3, 0), coalesce(?4, 0), coalesce(?5, '[]'), ?6
       where exists (select 1 from space s where s.did = ?1 and s.held_roster = 'private')
         and not (coalesce(?3, 0) + coalesce(?4, 0) > 0
           and exists (select 1 from ban b where b.space = ?1 and b.did = ?2 and b.until > ?6))
       on conflict do update set joined = coalesce(?3, joined), admitted = coalesce(?4, admitted), roles = coalesce(?5, roles),
         since = iif(joined + admitted < 2 and coalesce(?3, joined) + coalesce(?4, admitted) = 2, ?6, since)`,
      ...[space, did, j ?? null, a ?? null, r, now],
    ),
    ask('delete from held_member where space = ? and did = ? and joined = 0 and admitted = 0', space, did),
  ];
}

/** Members go where no list looks; what was written publicly before shows no more here. */
export const concealing = (db: D1Database, space: Did, now: number): D1PreparedStatement[] => [
  db.prepare(`update space set held_roster = 'private' where did = ? and held_roster is null`).bind(space),
  db
    .prepare(
      `insert into held_member (space, did, joined, admitted, roles, since)
       select space, did, joined, admitted, roles, since from member where space = ? on conflict do nothing`,
    )
    .bind(space),
  db.prepare('delete from member where space = ?').bind(space),
  jobNow(db, 'space', space, now),
];

/** What others decided stays: bans, and invitations, without who made them. */
const forgetting = (ask: Ask, did: Did): D1PreparedStatement[] => [
  ask('delete from held_member where did = ?', did),
  ask('delete from application where did = ?', did),
  ask('delete from invitation where did = ?', did),
  ask(`update invite set revoked_at = coalesce(revoked_at, at), by = '' where by = ?`, did),
  ask(`update invitation set by = '' where by = ?`, did),
];
