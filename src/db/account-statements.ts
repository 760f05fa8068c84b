// What is written of accounts: their names, how they stand, and that they are gone.
import { NAME_AGE_MS } from './names.ts';
import { cells, type Statements } from './statement.ts';

export const ACCOUNT_STATEMENTS = {
  account: [
    {
      sql: `insert into identity (did, status, status_at, confirmation) select ${cells(4)} from json_each(?) j where true
        on conflict do update set status = excluded.status, status_at = excluded.status_at, confirmation = excluded.confirmation
        where excluded.status_at >= identity.status_at`,
      row: ({ did, status, at, confirmation }) => [did, status, at, confirmation],
    },
  ],
  identity: [
    {
      sql: `insert into identity (did, handle, pds, resolved_at) select ${cells(4)} from json_each(?) j where true
        on conflict do update set handle = excluded.handle, pds = excluded.pds, resolved_at = excluded.resolved_at`,
      row: ({ did, handle, pds, at }) => [did, handle, pds, at],
    },
    {
      sql: 'update space set handle = j.value->>1 from json_each(?) j where space.did = j.value->>0',
      row: ({ did, handle }) => [did, handle],
    },
    // A handle leads to one account: who had it before is looked up next.
    {
      sql: `update identity set handle = null, resolved_at = 0 from json_each(?) j
        where identity.handle = j.value->>1 and identity.did <> j.value->>0`,
      row: ({ did, handle }) => [did, handle],
      takes: ({ handle }) => handle !== null,
    },
  ],
  unconfirmed: [
    {
      sql: `update identity set handle = null, resolved_at = j.value->>1 from json_each(?) j
        where identity.did = j.value->>0 and identity.resolved_at < j.value->>1 - ${NAME_AGE_MS}`,
      row: ({ did, at }) => [did, at],
    },
    {
      sql: `update space set handle = null from json_each(?) j
        where space.did = j.value->>0 and exists (select 1 from identity i where i.did = space.did and i.handle is null)`,
      row: ({ did }) => [did],
    },
  ],
  standing: [
    {
      sql: `update author_space set account_seq = j.value->>2 from json_each(?) j
        where did = j.value->>0 and author_space.space = j.value->>1`,
      row: ({ did, space, seq }) => [did, space, seq],
    },
    // Before its records are looked at one by one, nothing of the account is answered from a cache any more.
    {
      sql: `update space set media_generation = media_generation + 1
        where did in (select value->>0 from json_each(?)) and exists (select 1 from blob_ref limit 1)`,
      row: ({ space }) => [space],
    },
  ],
  erased: [
    {
      // What was erased stays so, whichever of two deletions is heard of first.
      sql: `update identity set erased_rev = max(coalesce(erased_rev, ''), j.value->>1) from json_each(?) j where identity.did = j.value->>0`,
      row: ({ did, rev }) => [did, rev],
    },
  ],
} satisfies Statements;
