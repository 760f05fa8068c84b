/** Identities are remembered for a time, and longer while nobody can be asked. */
import { beforeEach, describe, expect, test } from 'vitest';
import { rememberingIdentities } from '../../src/cloudflare/identity.ts';
import type { IdentityPort, ResolvedIdentity } from '../../src/ports/identity.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const did = 'did:plc:z72i7hdynmk6r22z27h6tvur';
const at = (pds: string): ResolvedIdentity => ({ did, handle: 'alice.example.com', pds, signingKey: null });
const [old, moved] = [at('https://old.example.com'), at('https://new.example.com')];

let now: number;
let answer: ResolvedIdentity | null | 'fails';
let asked: number;
let identity: IdentityPort;

beforeEach(() => {
  [now, answer, asked] = [0, old, 0];
  const port: IdentityPort = {
    resolveHandle: async () => did,
    resolveDid: async () => {
      asked++;
      if (answer === 'fails') throw new Error('directory down');
      return answer;
    },
  };
  identity = rememberingIdentities(port, { now: () => now });
});

describe('what a DID resolved to', () => {
  test('is asked for once in ten minutes', async () => {
    for (const at of [0, 1, 10 * MINUTE - 1]) {
      now = at;
      expect(await identity.resolveDid(did)).toEqual(old);
    }
    expect(asked).toBe(1);
    [now, answer] = [10 * MINUTE, moved];
    expect(await identity.resolveDid(did)).toEqual(moved);
    expect(asked).toBe(2);
  });

  test('is asked for anew on a word of change, and remembered from then on', async () => {
    await identity.resolveDid(did);
    answer = moved;
    expect(await identity.resolveDid(did)).toEqual(old);
    expect(await identity.resolveDid(did, { fresh: true })).toEqual(moved);
    expect(await identity.resolveDid(did)).toEqual(moved);
    expect(asked).toBe(2);
  });

  test('stands for a day while nobody answers, but not for who wants it fresh', async () => {
    await identity.resolveDid(did);
    answer = 'fails';
    now = DAY - 1;
    expect(await identity.resolveDid(did)).toEqual(old);
    expect(asked).toBe(2);
    await expect(identity.resolveDid(did, { fresh: true })).rejects.toThrow('directory down');
    now = DAY;
    await expect(identity.resolveDid(did)).rejects.toThrow('directory down');
  });

  test('was nothing, is so for a minute', async () => {
    answer = null;
    expect(await identity.resolveDid(did)).toBeNull();
    answer = old;
    now = MINUTE - 1;
    expect(await identity.resolveDid(did)).toBeNull();
    now = MINUTE;
    expect(await identity.resolveDid(did)).toEqual(old);
  });

  test('that is gone is not brought back by a failure', async () => {
    await identity.resolveDid(did);
    answer = null;
    await identity.resolveDid(did, { fresh: true });
    [answer, now] = ['fails', 2 * MINUTE];
    await expect(identity.resolveDid(did)).rejects.toThrow('directory down');
  });

  test('is remembered of so many only', async () => {
    const others = Array.from({ length: 1_000 }, (_, n) => `did:web:${n}.example.com`);
    for (const other of [did, ...others]) await identity.resolveDid(other);
    expect(asked).toBe(1_001);
    await identity.resolveDid('did:web:0.example.com');
    expect(asked).toBe(1_001);
    await identity.resolveDid(did);
    expect(asked).toBe(1_002);
  });
});
