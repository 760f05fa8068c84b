/** Making accounts at somebody's server: what is sent, and what of the answer is believed. */
import { describe, expect, test } from 'vitest';
import { FetchError } from '../../src/cloudflare/fetch-error.ts';
import { newAccountsPort } from '../../src/cloudflare/new-accounts.ts';
import type { Json } from '../../src/domain/model.ts';

const PDS = 'https://pds.example.com';
const ACCOUNT = {
  handle: 'club.pds.example.com',
  email: 'c@example.org',
  password: 'a secret',
  inviteCode: null,
  recoveryKey: null,
};

function portOver(answer: Json | Error, status = 200) {
  const sent: Request[] = [];
  const fail = (): never => {
    throw answer;
  };
  const port = newAccountsPort({
    outbound: {
      json: async () => (answer instanceof Error ? fail() : { status, body: answer, retryAfterMs: null }),
    } as unknown as Parameters<typeof newAccountsPort>[0]['outbound'],
    send: (async (url: string, init: RequestInit) => {
      sent.push(new Request(url, init));
      return answer instanceof Error ? fail() : Response.json(answer, { status });
    }) as typeof fetch,
    plcUrl: 'https://plc.example.com',
  });
  return { port, sent };
}

describe('a server says of itself', () => {
  test('what it asks of newcomers', async () => {
    const { port } = portOver({
      ...{ did: 'did:web:pds.example.com', availableUserDomains: ['.pds.example.com'], inviteCodeRequired: true },
      links: { termsOfService: 'https://pds.example.com/tos', privacyPolicy: 'javascript:alert(1)' },
    });
    expect(await port.terms(PDS)).toEqual({
      ...{ pds: PDS, domains: ['.pds.example.com'], needsInvite: true, needsPhone: false },
      ...{ termsOfService: 'https://pds.example.com/tos', privacyPolicy: null },
    });
  });

  test('endings of handles, and nothing else in their place', async () => {
    const { port } = portOver({ availableUserDomains: ['.a.b', '"><script>', 7, 'a.b', ...Array(30).fill('.c.d')] });
    const domains = (await port.terms(PDS))?.domains;
    expect(domains).toHaveLength(20);
    expect(new Set(domains)).toEqual(new Set(['.a.b', '.c.d']));
  });

  test.each([
    ['no JSON object', []],
    ['no endings', {}],
    ['nothing', new FetchError('unreachable', PDS, 'cannot be reached')],
    ['a private address', new FetchError('refused', PDS, 'is no public address')],
  ])('where it answers %s it is no server', async (_, answer) => {
    expect(await portOver(answer as Json).port.terms(PDS)).toBeNull();
  });
});

describe('an account', () => {
  test('is made with what was given, and without what was not', async () => {
    const { port, sent } = portOver({ did: 'did:plc:z72i7hdynmk6r22z27h6tvur', handle: 'Club.pds.example.com' });
    expect(await port.make(PDS, ACCOUNT)).toEqual({
      did: 'did:plc:z72i7hdynmk6r22z27h6tvur',
      handle: 'club.pds.example.com',
    });
    expect(sent[0]?.url).toBe(`${PDS}/xrpc/com.atproto.server.createAccount`);
    const { inviteCode: _, recoveryKey: __, ...given } = ACCOUNT;
    expect(await sent[0]?.json()).toEqual(given);
  });

  test.each([
    ['what the server refuses', { error: 'InvalidInviteCode', message: 'no' }, 400, 'refused', 'InvalidInviteCode: no'],
    ['what a page refuses', '<html>', 403, 'refused', 'it answered 403'],
    ['a server that fails', {}, 502, 'unknown', 'it answered 502'],
    ['an answer without an account', { did: 'did:plc:"', handle: 'x' }, 200, 'unknown', 'an answer without an account'],
    ['no answer', new FetchError('timeout', PDS, 'no complete answer'), 200, 'unknown', 'timeout'],
  ])('is not believed to be made: %s', async (_, answer, status, failed, message) => {
    expect(await portOver(answer as Json, status).port.make(PDS, ACCOUNT)).toEqual({ failed, message });
  });
});

test('keys are those of the directory, in its order', async () => {
  const { port } = portOver({ rotationKeys: ['did:key:zA', 7, 'did:key:zB'] });
  expect(await port.rotationKeys('did:plc:x')).toEqual(['did:key:zA', 'did:key:zB']);
  await expect(portOver({}, 404).port.rotationKeys('did:plc:x')).rejects.toThrow('404');
});
