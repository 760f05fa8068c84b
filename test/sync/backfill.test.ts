/** A real PDS, a real repository: what a CAR file shows is what its pages show. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outbound } from '../../src/cloudflare/fetch.ts';
import { pdsPort } from '../../src/cloudflare/pds.ts';
import { PdsBusy } from '../../src/ports/pds.ts';
import { readSome } from '../../src/sync/reading.ts';
import { readCar } from '../../src/sync/repository-car.ts';
import { type Account, type Network, startNetwork } from '../network/index.ts';

const pds = pdsPort(outbound({ development: true }));
const everything = (): boolean => true;
let network: Network;
let alice: Account;

beforeAll(async () => {
  network = await startNetwork();
  alice = await network.pds[0].createAccount({ handle: 'alice.test' });
  await alice.agent.com.atproto.repo.applyWrites({
    repo: alice.did,
    writes: Array.from({ length: 120 }, (_, number) => ({
      $type: 'com.atproto.repo.applyWrites#create' as const,
      collection: number % 2 === 0 ? 'com.example.note' : 'com.example.other',
      value: { number, link: { $link: 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a' } },
    })),
  });
});
afterAll(() => network?.stop());

const key = ({
  collection,
  rkey,
  cid,
  record,
}: {
  collection: string;
  rkey: string;
  cid: string | null;
  record: object | null;
}) => `${collection}/${rkey} ${cid} ${JSON.stringify(Object.entries(record ?? {}).sort())}`;

test('the same records, whichever way', async () => {
  const url = network.pds[0].url;
  const bytes = await pds.repo(url, alice.did, 4_000_000);
  const car = await readCar(bytes as Uint8Array, alice.did, everything);
  expect(car.rev).toBe(await pds.latestRev(url, alice.did));
  const paged = [];
  for (const collection of ['com.example.note', 'com.example.other']) {
    const position = JSON.stringify({ rev: car.rev, left: [collection] });
    const reading = await readSome(pds, { pds: url, did: alice.did, position, wanted: everything, limit: 1000 });
    paged.push(...(reading?.events ?? []));
  }
  expect(car.events.map(key).sort()).toEqual(paged.map(key).sort());
  expect(car.events).toHaveLength(120);
});

test('a repository of ours alone is fetched whole, with one request for its records', async () => {
  const position = '';
  const url = network.pds[0].url;
  const reading = await readSome(
    { ...pds, listRecords: () => Promise.reject(new Error('asked for a page')) },
    { pds: url, did: alice.did, position, wanted: everything, limit: 1 },
  );
  expect(reading).toMatchObject({ next: null });
  expect(reading?.events).toHaveLength(120);
});

test('a CAR of somebody else, cut short or altered is refused', async () => {
  const bytes = (await pds.repo(network.pds[0].url, alice.did, 4_000_000)) as Uint8Array;
  await expect(readCar(bytes, 'did:plc:z72i7hdynmk6r22z27h6tvur', everything)).rejects.toThrow();
  await expect(readCar(bytes.slice(0, -200), alice.did, everything)).rejects.toThrow();
  const altered = bytes.slice();
  altered[altered.length - 10] = (altered.at(-10) as number) ^ 1;
  await expect(readCar(altered, alice.did, everything)).rejects.toThrow();
  await expect(pds.repo(network.pds[0].url, alice.did, 100)).rejects.toMatchObject({ failure: 'too-large' });
});

test('a server that asks to wait is believed', async () => {
  const busy = (headers: Record<string, string>) =>
    pdsPort(outbound({ development: true, fetch: async () => new Response('{}', { status: 429, headers }) }));
  const ask = (headers: Record<string, string>) => busy(headers).latestRev('http://localhost:1', alice.did);
  await expect(ask({ 'retry-after': '7' })).rejects.toMatchObject({ name: 'PdsBusy', retryAfterMs: 7000 });
  await expect(ask({ 'retry-after': '99999999' })).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
  await expect(ask({})).rejects.toBeInstanceOf(PdsBusy);
});
