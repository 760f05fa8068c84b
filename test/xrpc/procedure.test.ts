import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Refusal, refuse } from '../../src/domain/outcome.ts';
import * as removeSpace from '../../src/lexicons/club/commonplace/admin/removeSpace.ts';
import { SpaceCache } from '../../src/reads/index.ts';
import { procedure } from '../../src/xrpc/method.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type Client, clientOf, expectError } from './setup.ts';

const nsid = removeSpace.$lxm;
const spaces = new SpaceCache();
let it: TestDatabase;
let client: Client;
let asked: unknown[];
let refusal: Refusal | null;
let forgotten: number;

beforeAll(async () => {
  it = await openDatabase();
  spaces.forget = () => {
    forgotten++;
  };
  const method = procedure(removeSpace, {
    authorize: async () => refusal,
    handler: async (input) => {
      asked.push(input);
      return refuse('SpaceNotFound', 'as asked');
    },
  });
  client = clientOf(it.db, { spaces }, [method]);
});
beforeEach(() => {
  asked = [];
  refusal = null;
  forgotten = 0;
});
afterAll(() => it.stop());

const post = (body: string, type = 'application/json'): Promise<Response> =>
  client.ask(nsid, { method: 'POST', body, headers: { 'content-type': type } });

describe('a procedure', () => {
  test('is given a body that its lexicon has checked, and what it changed is read anew', async () => {
    await expectError(await post('{"space":"did:plc:x"}'), 400, 'SpaceNotFound', /as asked/);
    expect([asked, forgotten]).toEqual([[{ space: 'did:plc:x' }], 1]);
  });

  test.each([
    ['none', '', 'application/json', /JSON/],
    ['no JSON', '{"space":', 'application/json', /JSON/],
    ['of another kind', 'subject=x', 'application/x-www-form-urlencoded', /application\/json/],
    ['without what it needs', '{}', 'application/json', /space/],
    ['with something else in its place', '{"space":5}', 'application/json', /^space/],
    ['that is no object', '[]', 'application/json', /./],
    ['that is nothing', 'null', 'application/json', /./],
    ['beyond all measure', `"${'x'.repeat(1_000_001)}"`, 'application/json', /longer/],
  ])('is not given a body %s', async (_, body, type, words) => {
    await expectError(await post(body, type), 400, 'InvalidRequest', words);
    expect([asked, forgotten]).toEqual([[], 0]);
  });

  test('is asked with POST', async () => {
    const answer = await client.ask(nsid);
    expect(answer.headers.get('allow')).toBe('POST');
    await expectError(answer, 405, 'InvalidRequest', /POST/);
  });

  test('is refused before its body is looked at', async () => {
    refusal = refuse('AuthenticationRequired', 'not you');
    await expectError(await post('nonsense'), 401, 'AuthenticationRequired', /not you/);
  });
});
