// What is written to an account's repository with its own session: records of a few collections with their pictures, and no other method.
import type { OAuthSession } from '@atproto/oauth-client';
import { blobRef } from '../domain/media.ts';
import type { Did, JsonObject } from '../domain/model.ts';
import { isTid } from '../domain/tid.ts';
import { com } from '../lexicons/index.ts';
import type { NotWritten, RepoAct, Written } from '../ports/accounts.ts';

const { createRecord, deleteRecord, getRecord, putRecord, uploadBlob: upload } = com.atproto.repo;

type Answer = { body: JsonObject } | NotWritten;

/** `allowed`: the only collections that this session is there for. */
export async function writeRecord(
  session: OAuthSession,
  act: RepoAct,
  allowed: readonly string[],
): Promise<Written | NotWritten> {
  if (!allowed.includes(act.collection)) {
    return { failed: 'refused', message: `${act.collection} is not written by this site` };
  }
  const { method, body } = requestOf(session.did, act);
  const answer = await ask(session, method, json(body));
  if ('failed' in answer) return answer;
  const { uri, cid, commit } = answer.body;
  const rev = commit !== null && typeof commit === 'object' && 'rev' in commit ? commit.rev : null;
  const named = act.act === 'create' ? '' : `at://${session.did}/${act.collection}/${act.rkey}`;
  return {
    uri: typeof uri === 'string' ? uri : named,
    cid: typeof cid === 'string' ? cid : null,
    rev: isTid(rev) ? rev : null,
  };
}

function requestOf(repo: Did, act: RepoAct): { method: string; body: object } {
  const { collection } = act;
  switch (act.act) {
    case 'create':
      return { method: createRecord.$lxm, body: { repo, collection, record: act.record } };
    case 'put': {
      const swap = act.swap === undefined ? {} : { swapRecord: act.swap };
      return { method: putRecord.$lxm, body: { repo, collection, rkey: act.rkey, record: act.record, ...swap } };
    }
    case 'delete':
      return { method: deleteRecord.$lxm, body: { repo, collection, rkey: act.rkey } };
  }
}

export async function uploadBlob(
  session: OAuthSession,
  bytes: Uint8Array,
  type: string,
): Promise<{ blob: JsonObject } | NotWritten> {
  const answer = await ask(session, upload.$lxm, { body: bytes as BodyInit, type });
  if ('failed' in answer) return answer;
  const { blob } = answer.body;
  return blobRef(blob)
    ? { blob: blob as JsonObject }
    : { failed: 'refused', message: 'the server answered without a reference to the picture' };
}

/** Null where there is no such record. */
export async function readRecord(
  session: OAuthSession,
  collection: string,
  rkey: string,
): Promise<{ cid: string; value: JsonObject } | null | NotWritten> {
  const query = new URLSearchParams({ repo: session.did, collection, rkey });
  const answer = await ask(session, `${getRecord.$lxm}?${query}`, null);
  if ('failed' in answer) return answer.message.startsWith(getRecord.main.errors[0]) ? null : answer;
  const { cid, value } = answer.body;
  const isRecord = typeof cid === 'string' && value !== null && typeof value === 'object' && !Array.isArray(value);
  return isRecord ? { cid, value: value as JsonObject } : null;
}

interface Sent {
  body: BodyInit;
  type: string;
}

const json = (value: object): Sent => ({ body: JSON.stringify(value), type: 'application/json' });

async function ask(session: OAuthSession, method: string, sent: Sent | null): Promise<Answer> {
  const init = sent && { method: 'POST', body: sent.body, headers: { 'content-type': sent.type } };
  try {
    const response = await session.fetchHandler(`/xrpc/${method}`, init ?? { method: 'GET' });
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
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {};
  } catch {
    // An error's answer need not be JSON.
    return {};
  }
}
