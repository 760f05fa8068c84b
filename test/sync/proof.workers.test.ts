/** What counts as proof that a repository holds a record, or does not: checked in workerd, on repositories that are really signed. */
import { P256Keypair, Secp256k1Keypair } from '@atproto/crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkProof } from '../../src/sync/proof.ts';
import { didOf } from '../support/community.ts';
import { SignedRepository } from '../support/signed-repository.ts';

const DID = didOf('ada');
const COLLECTION = 'club.commonplace.actor.join';
const RECORD = { $type: COLLECTION, space: didOf('space'), createdAt: '2026-01-01T00:00:00Z', langs: ['en'] };
const wanted = { did: DID, collection: COLLECTION, rkey: 'key150' };
let ada: SignedRepository;
let car: Uint8Array;

/** So many records that the tree has several levels. */
beforeAll(async () => {
  ada = await SignedRepository.create(DID);
  for (let n = 100; n < 250; n++) await ada.put(COLLECTION, `key${n}`, { ...RECORD, n });
  car = await ada.car(COLLECTION, 'key150');
});

test('a record is proven, with its content, its rev and its commit', async () => {
  const proven = await checkProof(car, wanted, ada.key.did());
  expect(proven).toEqual({
    rev: ada.rev,
    commit: expect.stringMatching(/^bafyrei/),
    found: { cid: await ada.cidOf(COLLECTION, 'key150'), record: { ...RECORD, n: 150 } },
  });
});

test.each([
  ['before all others', 'a'],
  ['among others', 'key150x'],
  ['after all others', 'z'],
])('absence %s is proven as well', async (_, rkey) => {
  const proven = await checkProof(await ada.car(COLLECTION, rkey), { ...wanted, rkey }, ada.key.did());
  expect(proven).toMatchObject({ rev: ada.rev, found: null });
});

test('an empty repository proves that it holds nothing', async () => {
  const empty = await SignedRepository.create(DID);
  const proven = await checkProof(await empty.car(COLLECTION, 'a'), { ...wanted, rkey: 'a' }, empty.key.did());
  expect(proven.found).toBeNull();
});

test('links and bytes of a record come as JSON has them', async () => {
  const link = { $link: 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku' };
  const record = {
    $type: COLLECTION,
    image: { $type: 'blob', ref: link, mimeType: 'image/png', size: 3 },
    raw: { $bytes: 'AQID' },
  };
  const repository = await SignedRepository.create(DID);
  await repository.put(COLLECTION, 'a', record);
  const proven = await checkProof(
    await repository.car(COLLECTION, 'a'),
    { ...wanted, rkey: 'a' },
    repository.key.did(),
  );
  expect(proven.found?.record).toEqual(record);
});

test('both kinds of key are known', async () => {
  const repository = await SignedRepository.create(DID, await P256Keypair.create());
  await repository.put(COLLECTION, 'a', RECORD);
  const proven = await checkProof(
    await repository.car(COLLECTION, 'a'),
    { ...wanted, rkey: 'a' },
    repository.key.did(),
  );
  expect(proven.found?.record).toEqual(RECORD);
});

describe('nothing is proven by', () => {
  const changedAt = (at: number): Uint8Array => car.map((byte, n) => (n === at ? byte ^ 1 : byte));

  test('a commit signed with another key', async () => {
    const other = await Secp256k1Keypair.create();
    await expect(checkProof(car, wanted, other.did())).rejects.toThrow(/not signed with the key/);
  });

  test('a key of no known kind', async () => {
    await expect(checkProof(car, wanted, 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK')).rejects.toThrow(
      /key/,
    );
  });

  test('the repository of somebody else', async () => {
    const eve = await SignedRepository.create(didOf('eve'), ada.key);
    await eve.put(COLLECTION, 'key150', RECORD);
    await expect(checkProof(await eve.car(COLLECTION, 'key150'), wanted, ada.key.did())).rejects.toThrow(
      /another repository/,
    );
  });

  test('the path to another record', async () => {
    const elsewhere = await ada.car(COLLECTION, 'key249');
    await expect(checkProof(elsewhere, wanted, ada.key.did())).rejects.toThrow(/lacks the path|lacks the record/);
  });

  test('any byte that was changed', async () => {
    for (let at = 0; at < car.length; at += 7) {
      await expect(checkProof(changedAt(at), wanted, ada.key.did()), `byte ${at}`).rejects.toThrow(/proof|commit/);
    }
  });

  test('a CAR cut off, empty, or nonsense', async () => {
    for (const bytes of [car.slice(0, -40), car.slice(0, 60), new Uint8Array(), new Uint8Array(1000).fill(255)]) {
      await expect(checkProof(bytes, wanted, ada.key.did())).rejects.toThrow();
    }
  });
});
