/** What a relay would answer of the network, drawn from the messages that went by. */
import { isDidString, isNsidString } from '@atproto/lex';
import { isObject, type Message } from './wire.ts';

interface Repo {
  active: boolean;
  status?: string;
  rev?: string;
}

export interface Answer {
  status: number;
  body: unknown;
}

export class RelayView {
  private readonly repos = new Map<string, Repo>();
  private readonly didsByCollection = new Map<string, Set<string>>();

  note(message: Message): void {
    const { did, kind, commit, account } = message;
    if (typeof did !== 'string') return;
    if (kind === 'account' && isObject(account)) this.noteAccount(did, account);
    if (kind !== 'commit' || !isObject(commit) || typeof commit.collection !== 'string') return;
    if (typeof commit.rev === 'string') this.repos.set(did, { active: true, ...this.repos.get(did), rev: commit.rev });
    if (commit.operation === 'delete') return;
    const dids = this.didsByCollection.get(commit.collection) ?? new Set();
    this.didsByCollection.set(commit.collection, dids.add(did));
  }

  /** Deleted accounts are left out; one that deleted its last record of a collection is not, as on the real one. */
  listReposByCollection(query: URLSearchParams): Answer {
    const collection = query.get('collection') ?? '';
    if (!isNsidString(collection)) return invalid('collection must be an NSID');
    const limit = Number(query.get('limit') ?? 500);
    if (!Number.isInteger(limit) || limit < 1 || limit > 2000) return invalid('limit must be between 1 and 2000');
    const cursor = query.get('cursor') ?? '0';
    if (!/^\d+$/.test(cursor)) return invalid('bad cursor');
    const from = Number(cursor);
    const dids = [...(this.didsByCollection.get(collection) ?? [])];
    const page = dids.slice(from, from + limit).filter((did) => this.repos.get(did)?.status !== 'deleted');
    const next = from + limit < dids.length ? { cursor: String(from + limit) } : {};
    return { status: 200, body: { ...next, repos: page.map((did) => ({ did })) } };
  }

  getRepoStatus(query: URLSearchParams): Answer {
    const did = query.get('did') ?? '';
    if (!isDidString(did)) return invalid('did must be a DID');
    const repo = this.repos.get(did);
    if (repo === undefined) return { status: 400, body: { error: 'RepoNotFound', message: `no repository of ${did}` } };
    const { active, status, rev } = repo;
    return { status: 200, body: { did, active, ...(status && { status }), ...(active && rev && { rev }) } };
  }

  private noteAccount(did: string, account: Message): void {
    const rev = this.repos.get(did)?.rev;
    const { active, status } = account;
    this.repos.set(did, {
      active: active === true,
      ...(typeof status === 'string' ? { status } : {}),
      ...(rev === undefined ? {} : { rev }),
    });
  }
}

export function invalid(message: string): Answer {
  return { status: 400, body: { error: 'InvalidRequest', message } };
}
