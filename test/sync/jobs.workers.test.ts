/** What is asked of accounts' own servers, and what is believed of the answers. */
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AccountEvent, RecordEvent } from '../../src/domain/event.ts';
import { IndexUnderTest } from '../ingest/index-under-test.ts';
import { didOf, LETTERS, NOW, profile } from '../model/cast.ts';
import * as records from '../model/records.ts';
import { Repository } from '../model/repository.ts';
import { OURS } from '../model/soundness.ts';
import { tid } from '../model/tid.ts';

const BEGIN = NOW - 3_600_000 * 24;
let index: IndexUnderTest;
let at: number;
let ann: Repository;

const next = (): number => (at += 1_000);
const story = (): RecordEvent => {
  next();
  return ann.put(`${OURS}story`, tid(at * 1000), records.post('story', LETTERS, new Date(at).toISOString()), at);
};
const says = (status: string): AccountEvent => ({ kind: 'account', did: ann.did, status, at: next() });
const held = async (): Promise<unknown[]> =>
  (
    await index.query(
      `select rkey from (select uri, substr(uri, -13) as rkey from record where did = '${ann.did}' and cid is not null)`,
    )
  ).map(({ rkey }) => rkey);
const standing = async (): Promise<unknown> =>
  (await index.query(`select status from identity where did = '${ann.did}'`))[0]?.status;

beforeEach(async () => {
  index = await IndexUnderTest.empty(env.DB);
  at = BEGIN;
  ann = new Repository(didOf('ann'));
  const letters = new Repository(LETTERS);
  const anyone = profile(LETTERS, 'anyone', null, new Date(next()).toISOString());
  await index.take([[letters.put(`${OURS}space.profile`, 'self', anyone, at)]]);
});

describe('of somebody met for the first time', () => {
  test('an answer that does not come is asked for again', async () => {
    index.note([says('deactivated')]);
    index.onAsked = async () => {
      index.onAsked = async () => undefined;
      throw new Error('away');
    };
    await index.take([[story()]]);
    expect(await standing()).toBe('deactivated');
  });

  test('what the stream says meanwhile is later than the answer', async () => {
    index.note([says('deactivated')]);
    const active = says('active');
    index.onAsked = async () => {
      index.onAsked = async () => undefined;
      index.note([active]);
      await index.admission.admit([active]);
    };
    await index.take([[story()]]);
    expect(await standing()).toBe('active');
  });
});

test('what was erased stays so when an earlier deletion is heard of', async () => {
  const first = story();
  // Its server has never heard of an account that the stream calls deactivated.
  index.note([{ ...says('deleted'), at: NOW }]);
  await index.take([[first], [says('deactivated')]]);
  expect(await held()).toEqual([]);
  const earlier = says('deleted');
  await index.take([[earlier], [story()]], true);
  expect(await held()).toEqual([]);
});
