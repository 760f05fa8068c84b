/** A running instance believes no stream that somebody is a member: it asks the members' and the group's own servers. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import { tidAt } from '../../src/domain/tid.ts';
import type { Account } from '../network/index.ts';
import { edit, eventually, type Home, makeMember, makeSpace, remove, type Space, startHome, write } from './harness.ts';

const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
let home: Home;
let space: Space;

beforeAll(async () => {
  home = await startHome({ network: { pdsCount: 2 } });
  space = await makeSpace(home, 'lodge');
});
afterAll(() => home?.stop());

const member = async (did: string): Promise<string> => {
  const sql = `select joined || ' ' || admitted || ' ' || roles as "is" from member where did = ?`;
  return (await home.row<{ is: string }>(sql, did))?.is ?? 'nobody';
};
const proofs = async (): Promise<Record<string, number>> => {
  const answer = (await (await home.xrpc('club.commonplace.sync.getStatus')).json()) as {
    proofs: Record<string, number>;
  };
  return answer.proofs;
};

/** What no repository holds, put straight into the stream. */
function forge(did: string, collection: string, rkey: string, record: object | null): void {
  const said = { $type: collection, space: space.did, createdAt: new Date().toISOString(), ...record };
  const commit = {
    rev: tidAt(Date.now()),
    collection,
    rkey,
    ...(record ? { operation: 'create', record: said, cid: CID } : { operation: 'delete' }),
  };
  home.network.jetstream.inject([{ did, kind: 'commit', commit }]);
}

const person = (name: string, pds = home.pds): Promise<Account> => pds.createAccount({ handle: `${name}.test` });
const half = (did: string, roles: string[] = []): object => ({ space: space.did, member: did, roles });
const forgeries = (count: number): Promise<unknown> =>
  eventually(proofs, ({ forged, pending }) => forged === count && pending === 0, 30_000);

describe('a membership', () => {
  test('counts within seconds when it is true', async () => {
    const ada = await makeMember(home, space, 'ada');
    await eventually(
      () => member(ada.did),
      (is) => is === '1 1 []',
      5_000,
    );
    expect(await proofs()).toMatchObject({ forged: 0, pending: 0 });
    expect((await proofs()).verified).toBeGreaterThanOrEqual(2);
  });

  test('is not made by forged halves, and no forgery gives roles or takes anything away', async () => {
    const [bob, eve] = [await makeMember(home, space, 'bob'), await person('eve')];
    await eventually(
      () => member(bob.did),
      (is) => is === '1 1 []',
    );
    forge(eve.did, NSID.join, space.did, {});
    forge(space.did, NSID.membership, eve.did, half(eve.did, ['steward']));
    forge(space.did, NSID.membership, bob.did, half(bob.did, ['steward']));
    forge(bob.did, NSID.join, space.did, null);
    forge(space.did, NSID.role, 'steward', { displayName: 'Steward' });
    forge(space.did, NSID.profile, 'self', { displayName: 'Mine', joinPolicy: 'open', postPolicy: 'anyone' });
    await forgeries(6);
    expect([await member(eve.did), await member(bob.did)]).toEqual(['nobody', '1 1 []']);
    expect(await home.row('select display_name as name from space')).toEqual({ name: 'The lodge' });
    expect(await home.row('select reason from dropped order by id desc limit 1')).toEqual({ reason: 'forged' });
    await write(eve, NSID.join, { space: space.did }, space.did);
    await write(space.group, NSID.membership, half(eve.did), eve.did);
    await eventually(
      () => member(eve.did),
      (is) => is === '1 1 []',
    );
  });

  test('changes and ends when its records do', async () => {
    const cleo = await makeMember(home, space, 'cleo');
    const uri = `at://${space.did}/${NSID.membership}/${cleo.did}`;
    await edit(space.group, { uri, cid: '' }, half(cleo.did, ['reader']));
    await eventually(
      () => member(cleo.did),
      (is) => is === '1 1 ["reader"]',
    );
    await remove(space.group, { uri, cid: '' });
    await eventually(
      () => member(cleo.did),
      (is) => is === '1 0 []',
    );
  });

  test('waits for a server that gives no answer, and counts when it does again', async () => {
    const [, away] = home.network.pds;
    if (!away) throw new Error('there is no second server');
    const dora = await person('dora', away);
    await write(space.group, NSID.membership, half(dora.did), dora.did);
    await eventually(
      () => member(dora.did),
      (is) => is === '0 1 []',
    );
    const { faults } = home.network.jetstream;
    faults.set({ stall: { after: 0 } });
    await write(dora, NSID.join, { space: space.did }, space.did);
    const broken = vi.spyOn(away.ctx.actorStore, 'openDb').mockRejectedValue(new Error('out of order'));
    faults.clear();
    await eventually(
      async () => broken.mock.calls.length,
      (calls) => calls > 0,
    );
    expect([await member(dora.did), (await proofs()).pending]).toEqual(['0 1 []', 1]);
    broken.mockRestore();
    await eventually(
      () => member(dora.did),
      (is) => is === '1 1 []',
      30_000,
    );
    expect((await proofs()).pending).toBe(0);
  });
});

describe('a post', () => {
  const verify = async (uri: string): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await home.xrpc('club.commonplace.sync.verifyRecord', { uri });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  test('is verified on demand, with evidence that its page shows', async () => {
    const fay = await makeMember(home, space, 'fay');
    const { uri, cid } = await write(fay, NSID.topic, { space: space.did, title: 'Signed', text: 'By me.' });
    await eventually(
      () => home.row<{ hidden: number }>('select hidden from post where uri = ?', uri),
      (row) => row?.hidden === 0,
    );
    const { status, body } = await verify(uri);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      uri,
      cid,
      verified: true,
      evidence: { pds: home.pds.url, signingKey: expect.stringMatching(/^did:key:z/) },
    });
    const { post } = (await (await home.xrpc('club.commonplace.feed.getPost', { uri })).json()) as {
      post: { url: string };
    };
    const page = await home.get(space.host, new URL(post.url).pathname);
    expect(await page.text()).toContain((body.evidence as { commit: string }).commit);
  });

  test('that is forged is found out by whoever asks', async () => {
    const gus = await makeMember(home, space, 'gus');
    await eventually(
      () => member(gus.did),
      (is) => is === '1 1 []',
    );
    const rkey = tidAt(Date.now());
    const uri = `at://${gus.did}/${NSID.topic}/${rkey}`;
    forge(gus.did, NSID.topic, rkey, { title: 'Not by me', text: 'At all.' });
    const shown = (): Promise<{ n: number } | null> =>
      home.row('select count(*) as n from post where uri = ? and hidden = 0', uri);
    await eventually(shown, (row) => row?.n === 1);
    expect((await verify(uri)).body).toMatchObject({ verified: false });
    await eventually(shown, (row) => row?.n === 0, 30_000);
    expect(await verify(uri)).toMatchObject({ status: 400, body: { error: 'RecordNotFound' } });
  });
});
