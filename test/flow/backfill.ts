/** A space is added to a network that is older than it: all of its records must be read, whatever interrupts the reading. */
import { setTimeout as sleep } from 'node:timers/promises';
import { NSID } from '../../src/domain/collections.ts';
import { addSpace, eventually, type Home, makeGroup, type Space, startHome } from '../e2e/harness.ts';
import { Dice } from '../model/dice.ts';
import type { Account, Pds } from '../network/index.ts';

export interface BackfillOptions {
  repositories: number;
  /** So many of them hold records of the space; the others of another one. */
  ours: number;
  recordsEach: number;
  kills: number;
  seed: number;
  log(line: string): void;
}

export interface BackfillResult {
  /** How many repositories were read when each kill fell. */
  killedAt: number[];
  repositories: number;
  wrong: string[];
}

const END_MS = 300_000;
const AT_ONCE = 4;

export async function backfillTest(options: BackfillOptions): Promise<BackfillResult> {
  const home = await startHome({ network: { pdsCount: 2 } });
  try {
    await home.worker.stop();
    const space = await makeGroup(home, 'club', { postPolicy: 'anyone' });
    const elsewhere = await makeGroup(home, 'neighbours');
    const held = await populate(home, space, elsewhere, options);
    // The stream begins after all that: it tells nothing of it.
    home.network.jetstream.faults.set({ clamp: { lookbackMs: 0 } });
    await home.restartWorker();
    await addSpace(home, space);
    const killedAt = await killRepeatedly(home, options);
    await finish(home);
    // Only from a position that was written down can a gap be told; where nobody speaks it takes a silence.
    await eventually(() => home.row('select 1 from stream'), Boolean, 30_000);
    const first = await differences(home, space, held);
    // A gap of any length is the same work again: now with changes that nobody told.
    await home.worker.stop();
    await change(held, new Dice(options.seed + 2));
    await home.restartWorker({ JETSTREAM_LOOKBACK: '0.000001' });
    await healed(home);
    return {
      killedAt,
      repositories: options.repositories,
      wrong: [...first, ...(await differences(home, space, held))],
    };
  } finally {
    await home.stop();
  }
}

/** CIDs by URI of everything that the space must hold, beside the group's own records. */
interface Held {
  records: Map<string, string>;
  authors: Map<string, Account>;
}

async function populate(home: Home, space: Space, elsewhere: Space, options: BackfillOptions): Promise<Held> {
  const held: Held = { records: new Map(), authors: new Map() };
  const numbers = Array.from({ length: options.repositories }, (_, number) => number);
  const worker = async (): Promise<void> => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
      const isOurs = number % Math.round(options.repositories / options.ours) === 0;
      await populateOne(
        home.network.pds[number % 2] as Pds,
        number,
        isOurs ? space : elsewhere,
        isOurs ? held : null,
        options,
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  options.log(
    `${options.repositories} repositories, ${held.authors.size} with ${held.records.size} records of the space`,
  );
  return held;
}

async function populateOne(
  pds: Pds,
  number: number,
  space: Space,
  held: Held | null,
  { recordsEach }: BackfillOptions,
): Promise<void> {
  const account = await pds.createAccount({ handle: `person${number}.test` });
  const createdAt = new Date().toISOString();
  const writes = Array.from({ length: recordsEach }, (_, n) => ({
    $type: 'com.atproto.repo.applyWrites#create' as const,
    collection: n % 9 === 0 ? NSID.topic : NSID.story,
    value: { space: space.did, title: `Number ${n}`, text: `By ${number}`, createdAt },
  }));
  // One in three has a life elsewhere, too: it is read in pages, not at once.
  const other = { $type: writes[0]?.$type, collection: 'app.bsky.feed.post', value: { text: 'elsewhere', createdAt } };
  const all = number % 3 === 0 ? [...writes, other] : writes;
  const { data } = await account.agent.com.atproto.repo.applyWrites({
    repo: account.did,
    writes: all as typeof writes,
  });
  if (!held) return;
  held.authors.set(account.did, account);
  for (const result of data.results ?? []) {
    const { uri, cid } = result as { uri: string; cid: string };
    if (uri.includes('/club.commonplace.')) held.records.set(uri, cid);
  }
}

/** One in four records is deleted, one in four edited. */
async function change(held: Held, dice: Dice): Promise<void> {
  for (const [uri] of [...held.records]) {
    const [, , did = '', collection = '', rkey = ''] = uri.split('/');
    const account = held.authors.get(did) as Account;
    const act = dice.below(4);
    if (act === 0) {
      await account.agent.com.atproto.repo.deleteRecord({ repo: did, collection, rkey });
      held.records.delete(uri);
    } else if (act === 1) {
      const { data } = await account.agent.com.atproto.repo.getRecord({ repo: did, collection, rkey });
      const record = { ...(data.value as object), title: 'Edited' };
      const put = await account.agent.com.atproto.repo.putRecord({ repo: did, collection, rkey, record });
      held.records.set(uri, put.data.cid);
    }
  }
}

interface Standing {
  known: number;
  read: number;
  busy: number;
}

const standing = async (home: Home): Promise<Standing> => {
  // Any request wakes the indexer.
  await (await home.get('localhost', '/xrpc/_health')).body?.cancel();
  const row = await home.row<Standing>(
    `select count(*) as known, coalesce(sum(state = 'done'), 0) as read, (select count(*) from job where kind <> 'sweep') as busy from backfill`,
  );
  return row ?? { known: 0, read: 0, busy: 0 };
};

async function killRepeatedly(home: Home, { kills, repositories, seed, log }: BackfillOptions): Promise<number[]> {
  const dice = new Dice(seed);
  const killedAt: number[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    // The reading goes on between two kills: all of them are to fall within it.
    const share = Math.floor(((kill - dice.roll()) / (kills + 1)) * repositories * 0.6);
    const end = Date.now() + END_MS;
    while ((await standing(home)).read < share && Date.now() < end) await sleep(3);
    const { read } = await standing(home);
    for (const pid of home.worker.pids()) process.kill(pid, 'SIGKILL');
    killedAt.push(read);
    log(`kill ${kill} of ${kills}: ${read} repositories read`);
    await home.restartWorker();
  }
  return killedAt;
}

async function finish(home: Home): Promise<void> {
  const end = Date.now() + END_MS;
  for (
    let now = await standing(home);
    now.read < now.known || now.known === 0 || now.busy > 0;
    now = await standing(home)
  ) {
    if (Date.now() > end) throw new Error(`the reading did not end: ${JSON.stringify(now)}`);
    await sleep(100);
  }
}

async function healed(home: Home): Promise<void> {
  const end = Date.now() + END_MS;
  for (;;) {
    await standing(home);
    const gap = await home.row<{ closed: number | null }>(
      'select closed_at as closed from gap order by id desc limit 1',
    );
    if (gap?.closed) return;
    if (Date.now() > end)
      throw new Error(`the gap was not closed: ${JSON.stringify({ gap, ...(await standing(home)) })}`);
    await sleep(100);
  }
}

async function differences(home: Home, { did }: Space, { records }: Held): Promise<string[]> {
  const { results } = await (await home.db())
    .prepare(`select uri, cid from record where space = ? and did <> ? and cid is not null`)
    .bind(did, did)
    .all<{ uri: string; cid: string }>();
  const found = new Map(results.map(({ uri, cid }) => [uri, cid]));
  const missing = [...records].filter(([uri, cid]) => found.get(uri) !== cid).map(([uri]) => `missing or old: ${uri}`);
  const extra = [...found.keys()].filter((uri) => !records.has(uri)).map((uri) => `not there any more: ${uri}`);
  const row = await home.row<{ posts: number }>('select posts from space where did = ?', did);
  const count = row?.posts === records.size ? [] : [`${row?.posts} posts counted, not ${records.size}`];
  return [...missing, ...extra, ...count];
}
