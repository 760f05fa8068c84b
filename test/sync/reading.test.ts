/** Slices of a repository: together they show every record, and what they call whole is whole. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AtUri } from '../../src/domain/model.ts';
import type { PdsPort, RepoRecord } from '../../src/ports/pds.ts';
import { type Reading, readSome } from '../../src/sync/reading.ts';

const DID = 'did:plc:z72i7hdynmk6r22z27h6tvur';
const REV = '3m5aaaaaaaa22';
const NOTE = 'com.example.note';
const POST = 'com.example.post';
const OTHER = 'com.example.note.more';
const wanted = (collection: string): boolean => collection !== OTHER;

type Shelf = Record<string, string[]>;

/** In any order: nothing may hang on it. */
function pds(shelf: Shelf, page: number): PdsPort {
  return {
    latestRev: async () => REV,
    collections: async () => Object.keys(shelf),
    repoStatus: async () => 'active',
    hasRecord: async (_pds, _did, collection, rkey) => (shelf[collection] ?? []).includes(rkey),
    proof: async () => ({ missing: 'record' }),
    repo: async () => {
      throw Object.assign(new Error('too large'), { failure: 'too-large' });
    },
    listRecords: async (_pds, did, collection, cursor) => {
      const rkeys = shelf[collection] ?? [];
      const from = cursor === undefined ? 0 : Number(cursor);
      const records = rkeys.slice(from, from + page).map((rkey): RepoRecord => {
        return { uri: `at://${did}/${collection}/${rkey}`, cid: 'bafy', value: { rkey } };
      });
      return { records, cursor: from + page < rkeys.length ? String(from + page) : null };
    },
  };
}

async function readAll(port: PdsPort, limit: number): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (let position: string | null = ''; position !== null; ) {
    const reading = await readSome(port, { pds: 'https://pds.example', did: DID, position, wanted, limit });
    if (!reading) throw new Error('no such repository');
    readings.push(reading);
    position = reading.next;
  }
  return readings;
}

const rkeys = fc.uniqueArray(fc.stringMatching(/^[a-z0-9_~:-][a-z0-9._~:-]{0,7}$/), { maxLength: 30 });
const shelves: fc.Arbitrary<Shelf> = fc.dictionary(fc.constantFrom(NOTE, POST, OTHER), rkeys);

/** Gone from the repository: as a stretch tells it, or in doubt. */
const missedBy = (readings: Reading[], held: AtUri[]): AtUri[] => {
  const shown = new Set(readings.flatMap(({ events }) => events.map(uriOf)));
  return held.filter((uri) =>
    readings.some(
      ({ stretches, doubt }) =>
        stretches.some(({ low, high, uris }) => uri > low && uri < high && !uris.has(uri)) ||
        (doubt !== null && uri > doubt.low && uri < doubt.high && !shown.has(uri)),
    ),
  );
};
const uriOf = ({ collection, rkey }: { collection: string; rkey: string }): AtUri =>
  `at://${DID}/${collection}/${rkey}`;

describe('a repository read in slices', () => {
  test('shows every wanted record once, and of what was held exactly what is gone', async () => {
    const sizes = fc.integer({ min: 1, max: 12 });
    await fc.assert(
      fc.asyncProperty(shelves, rkeys, sizes, sizes, async (shelf, once, page, limit) => {
        const readings = await readAll(pds(shelf, page), limit);
        const shown = readings.flatMap(({ events }) => events.map(uriOf));
        const there = [NOTE, POST].flatMap((collection) =>
          (shelf[collection] ?? []).map((rkey) => uriOf({ collection, rkey })),
        );
        expect([...shown].sort()).toEqual([...there].sort());
        const held = [NOTE, POST].flatMap((collection) => once.map((rkey) => uriOf({ collection, rkey })));
        expect(missedBy(readings, held).sort()).toEqual(held.filter((uri) => !there.includes(uri)).sort());
      }),
    );
  });

  test('is null when its server does not have it', async () => {
    const port = { ...pds({}, 5), latestRev: async () => null };
    const options = { pds: 'https://pds.example', did: DID, position: '', wanted, limit: 10 };
    expect(await readSome(port, options)).toBeNull();
  });
});
