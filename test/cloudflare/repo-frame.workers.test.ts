/** Frames of a PDS's stream, read in the runtime that has to. */
import { cidForLex, encode } from '@atproto/lex-cbor';
import { BlockMap, blocksToCarFile } from '@atproto/repo';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations, readFrame } from '../../src/cloudflare/repo-frame.ts';

const DID = 'did:plc:authoraaaaaaaaaaaaaaaaaa';
const TOPIC = 'club.commonplace.topic';

function frame(header: object, body: object): Uint8Array {
  const parts = [encode(header as never), encode(body as never)];
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

async function commit(more: object = {}): Promise<Uint8Array> {
  const record = { $type: TOPIC, title: 'Hello', nested: { at: [1, 2] } };
  const cid = await cidForLex(record);
  const blocks = new BlockMap();
  blocks.set(cid, encode(record));
  const ops = [
    { action: 'create', path: `${TOPIC}/3aaa`, cid },
    { action: 'delete', path: `${TOPIC}/3bbb`, cid: null },
    { action: 'create', path: 'app.bsky.feed.like/3ccc', cid },
  ];
  const body = { seq: 7, repo: DID, rev: '3mmoojp7vgo2g', time: '2026-01-01T00:00:00.000Z', ops };
  return frame({ op: 1, t: '#commit' }, { ...body, blocks: await blocksToCarFile(cid, blocks), ...more });
}
const ours = (collection: string): boolean => collection === TOPIC;

describe('a commit', () => {
  test('tells its operations on what is wanted, with their records', async () => {
    const read = readFrame(await commit());
    expect(read).toMatchObject({ kind: 'commit', did: DID, seq: 7, time: '2026-01-01T00:00:00.000Z' });
    const rev = '3mmoojp7vgo2g';
    expect(await operations(read, ours)).toEqual([
      {
        ...{ operation: 'create', collection: TOPIC, rkey: '3aaa', rev, cid: expect.stringMatching(/^bafyrei/) },
        record: { $type: TOPIC, title: 'Hello', nested: { at: [1, 2] } },
      },
      { operation: 'delete', collection: TOPIC, rkey: '3bbb', rev },
    ]);
  });

  test('without anything wanted is not read any further', async () => {
    expect(await operations(readFrame(await commit({ blocks: new Uint8Array([1]) })), () => false)).toEqual([]);
  });

  test.each([
    ['is said to be too big', { tooBig: true }],
    ['has no blocks', { blocks: new Uint8Array() }],
    ['has more operations than a commit may', { ops: Array.from({ length: 201 }, () => ({})) }],
    ['has no list of operations', { ops: 'all' }],
  ])('that %s does not carry what it says', async (_, more) => {
    const told = await operations(readFrame(await commit(more)), ours).catch(() => null);
    expect(told).toBeNull();
  });

  test('whose block is not what its CID says is not believed', async () => {
    const cid = await cidForLex({ $type: TOPIC, title: 'Hello' });
    const blocks = new BlockMap();
    blocks.set(cid, encode({ $type: TOPIC, title: 'Forged' }));
    const ops = [{ action: 'create', path: `${TOPIC}/3aaa`, cid }];
    const read = readFrame(await commit({ ops, blocks: await blocksToCarFile(cid, blocks) }));
    await expect(operations(read, ours)).rejects.toThrow();
  });
});

test('errors and other kinds are told apart', () => {
  expect(readFrame(frame({ op: -1 }, { error: 'FutureCursor' }))).toMatchObject({
    kind: 'error',
    body: { error: 'FutureCursor' },
  });
  expect(readFrame(frame({ op: 1, t: '#info' }, { name: 'OutdatedCursor' }))).toMatchObject({
    kind: 'info',
    seq: null,
  });
  expect(readFrame(frame({ op: 1, t: '#account' }, { did: DID, seq: 8, active: false }))).toMatchObject({
    kind: 'account',
    did: DID,
  });
});

test('whatever bytes come, a frame is read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      try {
        return typeof readFrame(bytes).kind === 'string';
      } catch (error) {
        return error instanceof Error;
      }
    }),
  );
  expect(() => readFrame(new Uint8Array(5_000_001))).toThrow(/5000001 bytes/);
});
