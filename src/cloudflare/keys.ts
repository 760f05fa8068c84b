// Signing keys out of DID documents, kept for minutes: a document is asked for at most once in ten seconds, whoever asks.

import { isObject } from '../domain/json.ts';
import type { Did } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeysPort } from '../ports/keys.ts';
import { documentUrl, signingKeyOf } from './did-document.ts';
import type { Outbound } from './fetch.ts';

export interface KeysOptions {
  plcUrl: string;
  development: boolean;
  outbound: Outbound;
  clock: Clock;
}

const SMALL = { maxBytes: 100_000, timeoutMs: 5_000 };
const KEPT_MS = 10 * 60_000;
const ANEW_MS = 10_000;
const MAX_KEPT = 200;

export function keysPort({ plcUrl, development, outbound, clock }: KeysOptions): KeysPort {
  const kept = new Map<Did, { at: number; key: Promise<string | null> }>();
  const ask = async (did: Did): Promise<string | null> => {
    const url = documentUrl(did, plcUrl, development);
    if (url === null) return null;
    const { status, body } = await outbound.json(url, SMALL);
    if (status !== 200) throw new Error(`${url} answered ${status}`);
    return isObject(body) && body.id === did ? signingKeyOf(body, did) : null;
  };
  return {
    signingKey(did, anew) {
      const known = kept.get(did);
      if (known && clock.now() - known.at < (anew ? ANEW_MS : KEPT_MS)) return known.key;
      kept.delete(did);
      if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value ?? '');
      const entry = { at: clock.now(), key: ask(did) };
      kept.set(did, entry);
      return entry.key;
    },
  };
}
