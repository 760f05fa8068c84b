// What is written to an account's repository with its own session: records and blobs of the kinds that it is there for, and no other
// method, save a token that the account's own server makes for another service.
import { isObject, objectIn } from '../domain/json.ts';
import { blobRef } from '../domain/media.ts';
import type { Did, JsonObject } from '../domain/model.ts';
import { isTid } from '../domain/tid.ts';
import { com } from '../lexicons/index.ts';
import type { NotWritten, RepoAct, Written } from '../ports/accounts.ts';
import type { GroupWrites, GroupWritten } from '../ports/groups.ts';

const { applyWrites, createRecord, deleteRecord, getRecord, putRecord, uploadBlob: upload } = com.atproto.repo;
const { getServiceAuth } = com.atproto.server;

/** A session of an account, by whatever it signed in. */
export interface RepoSession {
  readonly did: Did;
  fetchHandler(path: string, init?: RequestInit): Promise<Response>;
}

type Answer = { body: JsonObject } | NotWritten;

/** `allowed`: the only collections that this session is there for. */
export async function writeRecord(
  session: RepoSession,
  act: RepoAct,
  allowed: readonly string[],
): Promise<Written | NotWritten> {
  if (!allowed.includes(act.collection)) {
    return { failed: 'refused', message: `${act.collection} is not written by this site` };
  }
  const answer = await writeRecords(session, { acts: [act], isBatch: false });
  return 'failed' in answer ? answer : firstWritten(answer);
}

/** Where there was one act. */
export function firstWritten({ commit, results }: GroupWritten): Written {
  const [{ uri, cid } = { uri: '', cid: null }] = results;
  return { uri, cid, rev: commit?.rev ?? null };
}

/** In one commit. Whether this session is there for it has been asked before. */
export async function writeRecords(session: RepoSession, writes: GroupWrites): Promise<GroupWritten | NotWritten> {
  const { method, body } = requestOf(session.did, writes);
  const answer = await post(session, method, body);
  if ('failed' in answer) return answer;
  const { commit, results } = answer.body;
  const all = Array.isArray(results) ? results : [answer.body];
  return {
    commit: isObject(commit) && isTid(commit.rev) ? { cid: String(commit.cid), rev: commit.rev } : null,
    results: writes.acts.map((act, index) => {
      const result = all[index];
      const { uri, cid, validationStatus } = objectIn(result);
      return {
        uri: typeof uri === 'string' ? uri : `at://${session.did}/${act.collection}/${act.rkey}`,
        cid: act.act === 'delete' || typeof cid !== 'string' ? null : cid,
        status: typeof validationStatus === 'string' ? validationStatus : null,
      };
    }),
  };
}

function requestOf(repo: Did, { acts, isBatch, ...options }: GroupWrites): { method: string; body: object } {
  const [first] = acts;
  if (isBatch || !first) return { method: applyWrites.$lxm, body: { repo, ...options, writes: acts.map(batched) } };
  const { act, swap, ...rest } = { swap: undefined, ...first };
  const body = { repo, ...options, ...rest, ...(swap === undefined ? {} : { swapRecord: swap }) };
  return { method: METHODS[act], body };
}

const METHODS = { create: createRecord.$lxm, put: putRecord.$lxm, delete: deleteRecord.$lxm };
const BATCHED = {
  ...{ create: applyWrites.create.$type, put: applyWrites.update.$type },
  delete: applyWrites.delete.$type,
};

const batched = (act: RepoAct): object => {
  const { collection, rkey } = act;
  const value = act.act === 'delete' ? {} : { value: act.record };
  return { $type: BATCHED[act.act], collection, ...(rkey === undefined ? {} : { rkey }), ...value };
};

/** Null where there is no such record. */
export async function readRecord(
  session: RepoSession,
  collection: string,
  rkey: string,
): Promise<{ cid: string; value: JsonObject } | null | NotWritten> {
  const query = new URLSearchParams({ repo: session.did, collection, rkey });
  const answer = await ask(session, `${getRecord.$lxm}?${query}`);
  if ('failed' in answer) return answer.message.startsWith(getRecord.main.errors[0]) ? null : answer;
  const { cid, value } = answer.body;
  return typeof cid === 'string' && isObject(value) ? { cid, value } : null;
}

export async function uploadBlob(
  session: RepoSession,
  bytes: Uint8Array,
  type: string,
): Promise<{ blob: JsonObject } | NotWritten> {
  const init = { method: 'POST', body: bytes as BodyInit, headers: { 'content-type': type } };
  const answer = await ask(session, upload.$lxm, init);
  if ('failed' in answer) return answer;
  const { blob } = answer.body;
  return isObject(blob) && blobRef(blob)
    ? { blob }
    : { failed: 'refused', message: 'the server answered without a reference to the blob' };
}

/** A service JWT of the account, for one method. */
export async function serviceToken(
  session: RepoSession,
  { aud, lxm, exp }: { aud: string; lxm: string; exp: number },
): Promise<{ token: string } | NotWritten> {
  const query = new URLSearchParams({ aud, lxm, exp: String(exp) });
  const answer = await ask(session, `${getServiceAuth.$lxm}?${query}`);
  if ('failed' in answer) return answer;
  const { token } = answer.body;
  return typeof token === 'string' ? { token } : { failed: 'refused', message: 'the server gave no token' };
}

const post = (session: RepoSession, method: string, body: object): Promise<Answer> =>
  ask(session, method, {
    ...{ method: 'POST', body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json' },
  });

async function ask(session: RepoSession, method: string, init: RequestInit = { method: 'GET' }): Promise<Answer> {
  try {
    const response = await session.fetchHandler(`/xrpc/${method}`, init);
    const text = await response.text();
    return response.ok ? { body: parsed(text) } : failure(response, parsed(text));
  } catch (error) {
    return { failed: 'unreachable', message: error instanceof Error ? error.message.slice(0, 300) : 'no answer' };
  }
}

const SWAP = new Set<string>([...putRecord.main.errors, ...deleteRecord.main.errors]);

function failure({ status, headers }: Response, { error, message }: JsonObject): NotWritten {
  const words = [error, message].filter((part) => typeof part === 'string').join(': ');
  const told = words === '' ? `the server answered ${status}` : words.slice(0, 300);
  if (typeof error === 'string' && SWAP.has(error)) return { failed: 'changed', message: told };
  if (status === 401) return { failed: 'signed-out', message: told };
  if (status === 429) {
    const seconds = Number(headers.get('retry-after'));
    return { failed: 'too-many', message: told, retryAfterMs: (seconds > 0 ? seconds : 60) * 1000 };
  }
  return { failed: status >= 500 ? 'unreachable' : 'refused', message: told };
}

function parsed(text: string): JsonObject {
  try {
    return objectIn(JSON.parse(text));
  } catch {
    // An error's answer need not be JSON.
    return {};
  }
}
