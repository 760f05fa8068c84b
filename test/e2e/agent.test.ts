/** A client that never visits the site: an unmodified `@atproto/api`, through its own PDS's proxy. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import * as getMembership from '../../src/lexicons/club/commonplace/actor/getMembership.ts';
import type { Account } from '../network/index.ts';
import { eventually, type Home, makeMember, makeSpace, type Space, startHome, write } from './harness.ts';

let home: Home;
let garden: Space;
let gerda: Account;
let ada: Account;

beforeAll(async () => {
  home = await startHome();
  garden = await makeSpace(home, 'garden');
  gerda = await makeMember(home, garden, 'gerda');
  ada = await home.pds.createAccount({ handle: 'ada.test' });
});
afterAll(() => home?.stop());

const SERVICE = 'commonplace';
const here = (): string => `did:web:localhost%3A${home.worker.port}#${SERVICE}`;

async function membership(
  account: Account,
  proxy = here(),
): Promise<{ status: number; body: Record<string, unknown> }> {
  const path = `/xrpc/${getMembership.$lxm}?space=${garden.did}`;
  const answer = await account.agent.fetchHandler(path, { headers: { 'atproto-proxy': proxy } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

test('is told what its account is in a space', async () => {
  const { body } = await eventually(
    () => membership(gerda),
    ({ body: { joined, admitted } }) => joined === true && admitted === true,
  );
  expect(body).toMatchObject({ did: gerda.did, space: garden.did, actions: ['post'] });
  expect(await membership(ada)).toMatchObject({ status: 200, body: { did: ada.did, joined: false, actions: [] } });
});

test('joins by a record that it writes itself', async () => {
  await write(ada, NSID.join, { space: garden.did }, garden.did);
  await eventually(
    () => membership(ada),
    ({ body }) => body.joined === true,
  );
});

test('is nobody here without its PDS, and with a token that its PDS made for another service or method', async () => {
  const ask = (token: string | null, method = getMembership.$lxm): Promise<Response> =>
    home.get('localhost', `/xrpc/${method}?space=${garden.did}`, token ? { authorization: `Bearer ${token}` } : {});
  expect((await ask(null)).status).toBe(401);
  const make = async (aud: string, lxm: string): Promise<string> => {
    const { data } = await gerda.agent.com.atproto.server.getServiceAuth({
      aud,
      lxm: lxm as `${string}.${string}.${string}`,
    });
    return data.token;
  };
  const [aud] = here().split('#');
  expect((await ask(await make(aud ?? '', getMembership.$lxm))).status).toBe(200);
  expect((await ask(await make('did:web:elsewhere.example', getMembership.$lxm))).status).toBe(401);
  expect((await ask(await make(aud ?? '', 'club.commonplace.feed.getFeed'))).status).toBe(401);
  const once = await make(aud ?? '', getMembership.$lxm);
  expect([(await ask(once)).status, (await ask(once)).status]).toEqual([200, 401]);
});
