/** Drafts are their author's alone, few enough, and no part of anything that shows. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DraftBox } from '../../src/actions/draft-box.ts';
import { listDrafts as allDrafts, eraseDrafts } from '../../src/actions/drafts.ts';
import { DRAFTS } from '../../src/domain/drafts.ts';
import * as deleteDraft from '../../src/lexicons/club/commonplace/draft/deleteDraft.ts';
import * as getDraft from '../../src/lexicons/club/commonplace/draft/getDraft.ts';
import * as listDrafts from '../../src/lexicons/club/commonplace/draft/listDrafts.ts';
import * as putDraft from '../../src/lexicons/club/commonplace/draft/putDraft.ts';
import type { DraftsPort } from '../../src/ports/drafts.ts';
import { makeShelf } from '../auth/shelf.ts';
import { makeSigner, type Signer, tokenOf } from '../auth/tokens.ts';
import { Community } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type Client, clientOf, expectError, OWN, outputOf } from './setup.ts';

const HERE = 'did:web:localhost';
const [ADA, EVE] = ['did:plc:adaadaadaadaadaadaadaada', 'did:plc:eveeveeveeveeveeveeveeve'];
const STORY = 'club.commonplace.story';
let database: TestDatabase;
let [open, closed]: Community[] = [];
let client: Client;
let signers: Map<string, Signer>;
const boxes = new Map<string, DraftBox>();
const accounts: DraftsPort = {
  async drafts(did, order) {
    const box = boxes.get(did) ?? new DraftBox(makeShelf());
    boxes.set(did, box);
    return box.take(order);
  },
};
let now = Date.now();

beforeAll(async () => {
  database = await openDatabase();
  open = await Community.found(database.db, 'open');
  closed = await Community.found(database.db, 'closed', { profile: { postPolicy: 'members' } });
  await Community.found(database.db, 'secret', { held: 'private' });
  const all = await Promise.all([ADA, EVE].map((did) => makeSigner(did, 'ES256K')));
  signers = new Map(all.map((signer) => [signer.did, signer]));
  client = clientOf(database.db, {
    ...{ now: Date.now(), audience: [HERE] },
    own: { ...OWN, accounts: { ...OWN.accounts, ...accounts }, clock: { now: () => now++ } },
    keys: { signingKey: async (did) => signers.get(did)?.key.did() ?? null },
    tokens: { isFirstUse: async () => true },
  });
});
afterAll(() => database?.stop());

type Method = { $lxm: string };
const bearer = async (did: string | null, { $lxm }: Method): Promise<Record<string, string>> => {
  const signer = did === null ? undefined : signers.get(did);
  return signer ? { authorization: `Bearer ${await tokenOf(signer, { aud: HERE, lxm: $lxm })}` } : {};
};
const ask = async (did: string | null, method: Method, params: Record<string, string> = {}): Promise<Response> =>
  client.ask(`${method.$lxm}?${new URLSearchParams(params)}`, { headers: await bearer(did, method) });
const tell = async (did: string | null, method: Method, input: object): Promise<Response> =>
  client.ask(method.$lxm, {
    ...{ method: 'POST', body: JSON.stringify(input) },
    headers: { ...(await bearer(did, method)), 'content-type': 'application/json' },
  });

interface Draft {
  id: string;
  space: string;
  record: object;
}
const put = async (did: string, input: object): Promise<Draft> =>
  (await outputOf<{ draft: Draft }>(await tell(did, putDraft, input), putDraft)).draft;
const list = async (did: string, params = {}): Promise<Draft[]> =>
  (await outputOf<{ drafts: Draft[] }>(await ask(did, listDrafts, params), listDrafts)).drafts;

test('a draft is kept, changed, read and forgotten by its author, and by nobody else', async () => {
  const record = { $type: STORY, text: 'It was' };
  const first = await put(ADA, { space: open?.space, record });
  expect(first).toMatchObject({ space: open?.space, record });
  const second = await put(ADA, { space: 'open.example.com', record: { $type: 'club.commonplace.reply' } });
  await put(ADA, { id: first.id, space: open?.space, record: { ...record, text: 'It was dark' } });
  expect((await list(ADA)).map(({ id }) => id)).toEqual([first.id, second.id]);
  expect(await list(ADA, { space: closed?.space ?? '' })).toEqual([]);
  const one = await outputOf<{ draft: Draft }>(await ask(ADA, getDraft, { id: first.id }), getDraft);
  expect(one.draft.record).toEqual({ $type: STORY, text: 'It was dark' });

  expect(await list(EVE)).toEqual([]);
  await expectError(await ask(EVE, getDraft, { id: first.id }), 400, 'RecordNotFound');
  expect(await (await tell(EVE, deleteDraft, { id: first.id })).json()).toEqual({});
  expect(await list(ADA)).toHaveLength(2);
  for (const method of [listDrafts, getDraft])
    await expectError(await ask(null, method, { id: first.id }), 401, 'AuthenticationRequired');
  for (const method of [putDraft, deleteDraft]) {
    const input = { id: first.id, space: open?.space, record };
    await expectError(await tell(null, method, input), 401, 'AuthenticationRequired');
  }

  await tell(ADA, deleteDraft, { id: first.id });
  expect((await list(ADA)).map(({ id }) => id)).toEqual([second.id]);
  await eraseDrafts(ADA, { accounts });
  expect(await allDrafts(ADA, null, { accounts })).toEqual([]);
});

test.each<[string, object, number, string]>([
  ['of another kind', { record: { $type: 'club.commonplace.like' } }, 400, 'InvalidRequest'],
  ['of no kind', { record: { text: 'x' } }, 400, 'InvalidRequest'],
  ['with a name that is none', { id: 'a b' }, 400, 'InvalidRequest'],
  ['that is too large', { record: { $type: STORY, text: 'x'.repeat(300_000) } }, 400, 'InvalidRequest'],
  [
    'that is too deep',
    { record: { $type: STORY, deep: JSON.parse('['.repeat(40) + ']'.repeat(40)) } },
    400,
    'InvalidRequest',
  ],
  ['for nowhere', { space: 'did:plc:zzzzzzzzzzzzzzzzzzzzzzzz' }, 400, 'SpaceNotFound'],
  ['for a space that is not told of', { space: 'secret.example.com' }, 400, 'SpaceNotFound'],
  ['for where one may not post', { space: 'closed.example.com' }, 403, 'NotPermitted'],
])('a draft %s is refused', async (_, wrong, status, error) => {
  const input = { space: open?.space, record: { $type: STORY, text: '' }, ...wrong };
  await expectError(await tell(ADA, putDraft, input), status, error);
  expect(await list(ADA)).toEqual([]);
});

test('there are only so many, and only so much of them; one that is there can always be shortened', async () => {
  const draftOf = (id: string, text: string) => ({ id, space: open?.space ?? '', record: { $type: STORY, text } });
  const keep = (id: string, text: string) => tell(EVE, putDraft, draftOf(id, text));
  const fill = (i: number, text: string) =>
    accounts.drafts(EVE, { order: 'put', draft: { ...draftOf(`draft-${i}`, text), updatedAt: now++ } });
  for (let i = 0; i < DRAFTS.most; i++) expect(await fill(i, 'x')).toHaveLength(i + 1);
  await expectError(await keep('one-more', 'x'), 400, 'TooManyDrafts');
  expect((await keep('draft-0', 'shorter')).status).toBe(200);
  const long = 'x'.repeat(290_000);
  for (let i = 0; i < 6; i++) expect(await fill(i, long)).toHaveLength(DRAFTS.most);
  await expectError(await keep('draft-6', long), 400, 'TooManyDrafts');
  expect((await list(EVE)).find(({ id }) => id === 'draft-6')?.record).toMatchObject({ text: 'x' });
});
