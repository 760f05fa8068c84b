// What the procedures of the group promise of their bodies.
import { describe, expect, test } from 'vitest';
import { club } from '../../src/lexicons/index.ts';
import { recordCid, rkey, spaceDid } from './examples.ts';

const { applyWrites, createRecord, deleteRecord, putRecord } = club.commonplace.group;
const collection = 'club.commonplace.space.rule';
const record = { $type: collection, space: spaceDid, title: 'A', text: 'B' };
const one = { repo: spaceDid, collection };
const write = { $type: 'com.atproto.repo.applyWrites#create', collection, value: record };

interface Procedure {
  main: { input: { schema: { safeParse(value: unknown): { success: boolean } } }; errors: readonly string[] };
}

const rules: Record<string, { method: Procedure; takes: object[]; refuses: object[] }> = {
  createRecord: {
    method: createRecord,
    takes: [
      { ...one, record },
      { ...one, repo: 'garden.example.com', rkey, record, validate: false, swapCommit: recordCid },
    ],
    refuses: [{}, { ...one }, { ...one, repo: 'me', record }, { ...one, collection: 'rule', record }],
  },
  putRecord: {
    method: putRecord,
    takes: [
      { ...one, rkey, record },
      { ...one, rkey, record, swapRecord: null },
      { ...one, rkey, record, swapRecord: recordCid },
    ],
    refuses: [
      { ...one, record },
      { ...one, rkey: 'a/b', record },
      { ...one, rkey, record: 'x' },
      { ...one, rkey, record, swapRecord: 'x' },
    ],
  },
  deleteRecord: {
    method: deleteRecord,
    takes: [{ ...one, rkey }],
    refuses: [{ ...one }, { ...one, rkey: '..' }, { ...one, rkey, swapCommit: 'x' }],
  },
  applyWrites: {
    method: applyWrites,
    takes: [
      { repo: spaceDid, writes: [write] },
      { repo: spaceDid, writes: [write, { $type: 'com.atproto.repo.applyWrites#delete', collection, rkey }] },
    ],
    refuses: [
      { repo: spaceDid, writes: [] },
      { repo: spaceDid, writes: Array.from({ length: 201 }, () => write) },
      { repo: spaceDid, writes: [{ ...write, collection: 'rule' }] },
      { repo: spaceDid, writes: [{ collection, value: record }] },
    ],
  },
};

describe.each(Object.entries(rules))('%s', (_, { method, takes, refuses }) => {
  const parses = (body: object): boolean => method.main.input.schema.safeParse(body).success;

  test('takes what it promises, and refuses what it must', () => {
    for (const body of takes) expect(parses(body), JSON.stringify(body)).toBe(true);
    for (const body of refuses) expect(parses(body), JSON.stringify(body).slice(0, 200)).toBe(false);
  });

  test('names what can go wrong', () => {
    for (const name of ['AuthenticationRequired', 'NotPermitted', 'LastSteward', 'GroupNotConnected', 'InvalidSwap'])
      expect(method.main.errors).toContain(name);
  });
});
