// How each kind of write becomes one statement over a JSON array of rows: few statements, however many rows.
import { noticedAt, STALE_MS } from '../domain/notices.ts';
import { ACCOUNT_STATEMENTS } from './account-statements.ts';
import { segmented, spaceToken } from './search-text.ts';
import { cells, type Statements } from './statement.ts';

/** In the order in which they must run. */
export const STATEMENTS: Statements = {
  // Before `record`, which takes its place.
  version: [
    {
      sql: `insert into version (space, uri, cid, value, until) select r.space, r.uri, r.cid, r.value, ?2
        from json_each(?1) j cross join record r on r.space = j.value->>0 and r.uri = j.value->>1
        where r.cid is not null on conflict do update set until = excluded.until`,
      row: ({ space, uri }) => [space, uri],
    },
  ],
  // Before `record`: of two writes to one row the later version stands.
  rev: [
    {
      sql: `update record set rev = j.value->>2, snapshot = 1 from json_each(?) j where space = j.value->>0 and uri = j.value->>1`,
      row: ({ space, uri, rev }) => [space, uri, rev],
    },
  ],
  record: [
    {
      sql: `insert into record (space, uri, did, collection, cid, rev, snapshot, hidden, sort_at, seq, shown_seq, post_id, subject, root, value, indexed_at)
        select ${cells(15)}, ?2 from json_each(?1) j where true
        on conflict (space, uri) do update set cid = excluded.cid, rev = excluded.rev, snapshot = excluded.snapshot, hidden = excluded.hidden,
          sort_at = excluded.sort_at, seq = excluded.seq,
          shown_seq = iif(record.hidden = 0 and record.cid is not null, record.shown_seq, coalesce(excluded.shown_seq, record.shown_seq)),
          indexed_at = iif(excluded.cid is null or record.cid is null, excluded.indexed_at, record.indexed_at), post_id = excluded.post_id,
          subject = excluded.subject, root = excluded.root, value = excluded.value,
          edited_at = case when excluded.cid is null or record.cid is null then null
            when excluded.cid = record.cid then record.edited_at else excluded.indexed_at end`,
      row: ({ row: r }) => [
        ...[r.space, r.uri, r.did, r.collection, r.cid, r.rev, Number(r.snapshot), r.hidden, r.sortAt, r.seq],
        ...[r.hidden === 0 && r.cid !== null ? r.seq : null, r.postId, r.subject, r.root, r.value],
      ],
    },
  ],
  unpost: [{ sql: 'delete from post where id in (select value->>0 from json_each(?))', row: ({ id }) => [id] }],
  post: [
    {
      sql: `insert into post (id, space, uri, did, section, rkey, plain, hidden, sort_at, root, parent, title, excerpt, tags, labels, picture,
          mentions, noticed_at, like_count, reply_count, active_at, liked_at)
        with n(id, space, uri, did, section, rkey, plain, hidden, sort_at, root, parent, title, excerpt, tags, labels, picture, mentions, noticed_at)
          as materialized (select ${cells(18)} from json_each(?) j)
        select n.*,
          (select count(distinct l.did) from record l where l.space = n.space and l.subject = n.uri and l.hidden = 0
            and l.collection = 'club.commonplace.like'),
          iif(n.root is null, (select count(*) from post r where r.space = n.space and r.root = n.uri and r.hidden = 0), 0),
          max(n.sort_at, iif(n.root is null, coalesce((select max(r.sort_at) from post r where r.space = n.space
            and r.root = n.uri and r.hidden = 0), 0), 0)),
          coalesce((select max(iif(l.indexed_at - l.sort_at > ${STALE_MS}, l.sort_at, l.indexed_at)) from record l indexed by record_subject
            where l.space = n.space and l.subject = n.uri
            and l.hidden = 0 and l.collection = 'club.commonplace.like'), 0)
        from n where true`,
      row: ({ row: r }, now) => [
        ...[r.id, r.space, r.uri, r.did, r.section, r.rkey, Number(r.plain), r.hidden, r.sortAt, r.root, r.parent],
        ...[r.title, r.excerpt, JSON.stringify(r.tags), JSON.stringify(r.labels), r.picture],
        ...[JSON.stringify(r.mentions), noticedAt(now, r.sortAt)],
      ],
    },
  ],
  text: [
    {
      sql: `update post set section = j.value->>1, parent = j.value->>2, title = j.value->>3, excerpt = j.value->>4,
          tags = j.value->>5, labels = j.value->>6, picture = j.value->>7, mentions = j.value->>8 from json_each(?) j where post.id = j.value->>0`,
      row: ({ row: r }) => [
        ...[r.id, r.section, r.parent, r.title, r.excerpt, JSON.stringify(r.tags), JSON.stringify(r.labels)],
        ...[r.picture, JSON.stringify(r.mentions)],
      ],
    },
  ],
  sort: [
    {
      sql: `update record set sort_at = j.value->>2 from json_each(?) j where space = j.value->>0 and uri = j.value->>1`,
      row: ({ space, uri, sortAt }) => [space, uri, sortAt],
    },
    {
      sql: `update post set sort_at = j.value->>1 from json_each(?) j where post.id = j.value->>0`,
      row: ({ postId, sortAt }) => [postId, sortAt],
      takes: ({ postId }) => postId !== null,
    },
  ],
  search: [
    {
      sql: 'delete from search where rowid in (select value->>0 from json_each(?))',
      row: ({ id }) => [id],
      takes: ({ again }) => again,
    },
    {
      sql: `insert into search (rowid, space, title, text) select ${cells(4)} from json_each(?) j`,
      row: ({ id, space, title, text }) => [id, spaceToken(space), segmented(title), segmented(text)],
    },
  ],
  author: [
    {
      sql: `insert into author_space (did, space, rev, count) select ${cells(4)} from json_each(?) j where true
        on conflict do update set rev = max(rev, excluded.rev), count = count + excluded.count`,
      row: ({ did, space, rev, delta }) => [did, space, rev, delta],
    },
  ],
  address: [
    {
      sql: `insert into address (space, rkey, did, collection) select ${cells(4)} from json_each(?) j where true on conflict do nothing`,
      row: ({ space, rkey, did, collection }) => [space, rkey, did, collection],
    },
  ],
  member: [
    {
      sql: `insert into member (space, did, joined, admitted, roles, since) select ${cells(6)} from json_each(?) j where true
        on conflict do update set joined = excluded.joined, admitted = excluded.admitted, roles = excluded.roles`,
      row: (w) => [w.space, w.did, Number(w.joined), Number(w.admitted), JSON.stringify(w.roles), w.at],
    },
  ],
  own: (['profile', 'permissions', 'theme'] as const).map((part) => ({
    sql: `update space set ${part} = j.value->>1${part === 'profile' ? ", display_name = coalesce(j.value->>1->>'displayName', display_name)" : ''}
      from json_each(?) j where space.did = j.value->>0`,
    row: ({ space, value }) => [space, value],
    takes: (write) => write.part === part,
  })),
  ...ACCOUNT_STATEMENTS,
  section: [
    {
      sql: 'update post set section = j.value->>1 from json_each(?) j where post.id = j.value->>0',
      row: ({ id, section }) => [id, section],
    },
  ],
  hide: [
    {
      // A new seq only where it appears or disappears: one reason instead of another is nobody's news.
      sql: `update record set hidden = j.value->>2,
          seq = iif((record.hidden = 0) <> (j.value->>2 = 0), j.value->>3, record.seq),
          shown_seq = iif(record.hidden <> 0 and j.value->>2 = 0, j.value->>3, record.shown_seq)
        from json_each(?) j where space = j.value->>0 and uri = j.value->>1`,
      row: ({ space, uri, hidden, seq }) => [space, uri, hidden, seq],
    },
  ],
  read: [
    {
      sql: `insert into backfill (space, did, state, position, attempts, due_at, asked_at, records, changed, at)
        select ${cells(2)}, 'waiting', '', 0, ?2, ?2, 0, 0, ?2 from json_each(?1) j where true
        on conflict do update set state = 'waiting', position = '', attempts = 0, due_at = excluded.due_at, asked_at = excluded.asked_at, error = null`,
      row: ({ space, did }) => [space, did],
    },
  ],
  job: [
    {
      sql: `insert into job (kind, key, position, attempts, due_at) select ${cells(2)}, '', 0, ?2 from json_each(?1) j where true
        on conflict do update set position = '', attempts = 0, due_at = min(due_at, excluded.due_at)`,
      row: ({ kind, key }) => [kind, key],
    },
  ],
  claim: [
    {
      sql: `insert into claim (uri, space, did, rev, cid, at) select ${cells(5)}, ?2 from json_each(?1) j where true
        on conflict do update set space = excluded.space, rev = excluded.rev, cid = excluded.cid`,
      row: ({ uri, space, did, rev, cid }) => [uri, space, did, rev, cid],
    },
  ],
  unclaim: [
    {
      sql: 'delete from claim where (uri, rev) in (select c.uri, c.rev from json_each(?) j join claim c on c.uri = j.value->>0 and c.rev <= j.value->>1)',
      row: ({ uri, rev }) => [uri, rev],
    },
  ],
  evidence: [
    {
      sql: `insert into evidence (uri, space, cid, checked_at, commit_cid, rev, signing_key, pds, why) select ${cells(9)} from json_each(?) j where true
        on conflict do update set space = excluded.space, cid = excluded.cid, checked_at = excluded.checked_at, commit_cid = excluded.commit_cid,
          rev = excluded.rev, signing_key = excluded.signing_key, pds = excluded.pds, why = excluded.why
        where excluded.why is null or evidence.why is not null or evidence.cid <> excluded.cid`,
      row: ({ space, evidence: { uri, cid, checkedAt, proof, why } }) => [
        ...[uri, space, cid, checkedAt],
        ...[proof?.commit ?? null, proof?.rev ?? null, proof?.signingKey ?? null, proof?.pds ?? null, why],
      ],
    },
    {
      sql: `insert into proof_count (outcome, count) select 'verified', count(*) from json_each(?) where true
        on conflict do update set count = count + excluded.count`,
      row: () => [1],
      takes: ({ evidence }) => evidence.proof !== null,
    },
  ],
  waited: [{ sql: 'delete from waiting where uri in (select value->>0 from json_each(?))', row: ({ uri }) => [uri] }],
  wait: [
    {
      sql: `insert into waiting (target, uri, rev, event, at) select ${cells(4)}, ?2 from json_each(?1) j where true
        on conflict do update set target = excluded.target, rev = excluded.rev, event = excluded.event`,
      row: ({ target, uri, rev, event }) => [target, uri, rev, event],
    },
  ],
};
