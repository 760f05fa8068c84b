// What is known of a record's proof, and whether the record shows.
import type { AtUri, Confirmation, Did, Evidence } from '../../domain/model.ts';
import { rows, sql } from './fragment.ts';

export interface ProvableFacts {
  did: Did;
  space: Did;
  cid: string;
  hidden: number;
  status: string | null;
  confirmation: Confirmation | null;
  /** Of a reply: the post its thread began with. */
  root: AtUri | null;
  rootDid: Did | null;
  rootHidden: number | null;
  rootStatus: string | null;
  rootConfirmation: Confirmation | null;
  evidence: Evidence | null;
}

interface EvidenceRow {
  checkedAt: number | null;
  commit: string | null;
  rev: string | null;
  signingKey: string | null;
  pds: string | null;
  why: string | null;
}

/** A record of any collection, live in whatever space. */
export async function provable(db: D1Database, did: Did, uri: AtUri): Promise<ProvableFacts | null> {
  const [row] = await rows<Omit<ProvableFacts, 'evidence'> & EvidenceRow>(
    db,
    sql`select r.did, r.space, r.cid, r.hidden, r.root, i.status, i.confirmation, rr.did as rootDid, rr.hidden as rootHidden,
        ri.status as rootStatus, ri.confirmation as rootConfirmation, e.checked_at as checkedAt, e.commit_cid as "commit", e.rev,
        e.signing_key as signingKey, e.pds, e.why
      from author_space a cross join record r on r.space = a.space and r.uri = ${uri}
      left join identity i on i.did = r.did
      left join evidence e on e.uri = r.uri and e.cid = r.cid
      left join record rr on rr.space = r.space and rr.uri = r.root
      left join identity ri on ri.did = rr.did
      where a.did = ${did} and r.cid is not null limit 1`,
  );
  return row ? { ...row, evidence: evidenceIn(uri, row.cid, row) } : null;
}

export async function evidenceOf(db: D1Database, uri: AtUri, cid: string): Promise<Evidence | null> {
  const [row] = await rows<EvidenceRow>(
    db,
    sql`select checked_at as checkedAt, commit_cid as "commit", rev, signing_key as signingKey, pds, why
      from evidence where uri = ${uri} and cid = ${cid}`,
  );
  return row ? evidenceIn(uri, cid, row) : null;
}

function evidenceIn(uri: AtUri, cid: string, row: EvidenceRow): Evidence | null {
  const { checkedAt, commit, rev, signingKey, pds, why } = row;
  if (checkedAt === null) return null;
  const isProof = commit !== null && rev !== null && signingKey !== null && pds !== null;
  return { uri, cid, checkedAt, proof: isProof ? { commit, rev, signingKey, pds } : null, why };
}
