/** Whether an account is gone: the decision, and how it is asked. */
import { describe, expect, test } from 'vitest';
import type { IdentityPort } from '../../src/ports/identity.ts';
import type { PdsPort } from '../../src/ports/pds.ts';
import { confirmAccount, judgeAccount } from '../../src/sync/account.ts';
import { resolveIdentity } from '../../src/sync/identity.ts';

const did = 'did:plc:z72i7hdynmk6r22z27h6tvur';

describe('what the stream reports and its own PDS says', () => {
  test.each([
    ['deleted', 'deleted', { verdict: 'deleted' }],
    ['deactivated', 'deleted', { verdict: 'deleted' }],
    ['takendown', 'deleted', { verdict: 'deleted' }],
    ['deleted', 'active', { verdict: 'denied' }],
    ['takendown', 'active', { verdict: 'denied' }],
    ['suspended', 'active', { verdict: 'denied' }],
    ['deactivated', 'active', { verdict: 'denied' }],
    ['active', 'active', { verdict: 'confirmed', status: 'active' }],
    ['deactivated', 'deactivated', { verdict: 'confirmed', status: 'deactivated' }],
    ['deleted', 'deactivated', { verdict: 'confirmed', status: 'deactivated' }],
    ['takendown', 'suspended', { verdict: 'confirmed', status: 'suspended' }],
    ['active', 'deactivated', { verdict: 'confirmed', status: 'deactivated' }],
    ['deleted', 'a word of tomorrow', { verdict: 'confirmed', status: 'a word of tomorrow' }],
  ])('%s and %s', (reported, word, verdict) => {
    expect(judgeAccount(reported, word)).toEqual(verdict);
  });
});

const pds = 'https://new.example.com';
const resolving = (answer: 'fails' | null | { pds: string | null }): IdentityPort => ({
  resolveHandle: async () => null,
  resolveDid: async () => {
    if (answer === 'fails') throw new Error('directory down');
    return answer && { did, handle: 'alice.example.com', signingKey: null, ...answer };
  },
});
/** Only the new server knows the account; the old one has forgotten it. */
const servers = {
  repoStatus: async (origin: string) => {
    if (origin === 'https://down.example.com') throw new Error('server down');
    return origin === pds ? 'active' : 'deleted';
  },
} as unknown as PdsPort;

describe('asking', () => {
  test.each([
    ['the directory is down', 'fails' as const],
    ['the DID is gone', null],
    ['the DID names no PDS', { pds: null }],
    ['the PDS is down', { pds: 'https://down.example.com' }],
  ])('confirms nothing while %s', async (_, answer) => {
    const verdict = await confirmAccount({ did, status: 'deleted' }, { identity: resolving(answer), pds: servers });
    expect(verdict).toMatchObject({ verdict: 'unreachable' });
  });

  test('goes to the server the account is at now', async () => {
    expect(await confirmAccount({ did, status: 'deleted' }, { identity: resolving({ pds }), pds: servers })).toEqual({
      verdict: 'denied',
    });
  });
});

test.each(['deleted', 'deactivated'])(
  'a server that the account leaves while it is asked has no say: %s',
  async (word) => {
    const homes = ['https://old.example.com', pds];
    const moving: IdentityPort = {
      resolveHandle: async () => null,
      resolveDid: async () => ({ did, handle: null, signingKey: null, pds: homes.shift() ?? pds }),
    };
    const asked = { repoStatus: async (origin: string) => (origin === pds ? 'active' : word) } as unknown as PdsPort;
    const ask = () => confirmAccount({ did, status: 'deactivated' }, { identity: moving, pds: asked });
    expect(await ask()).toMatchObject({ verdict: 'unreachable' });
    expect(await ask()).toEqual({ verdict: 'denied' });
  },
);

describe('a name', () => {
  test.each([
    ['is stored as it resolves', { pds }, { did, handle: 'alice.example.com', pds }],
    ['of a DID that is gone is none', null, { did, handle: null, pds: null }],
    ['is left as it is while the directory is down', 'fails' as const, null],
  ])('%s', async (_, answer, facts) => {
    expect(await resolveIdentity(did, { identity: resolving(answer) })).toEqual(facts);
  });
});
