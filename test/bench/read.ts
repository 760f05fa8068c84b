/** How dear the reads are, beside a route of one query and a fixed page. Routes take turns, so that noise hits all alike. */
import { HOST, startFilled } from './filled.ts';
import { get, type Load, run, summary, type Target } from './load.ts';
import { SPACE } from './mixes.ts';

export interface Read extends Load {
  rowsRead: number;
}

export interface Size {
  posts: number;
  home: Read;
  thread: Read;
  getFeed: Read;
  search: Read;
  oneQuery: Load;
}

const ROUNDS = 6;
const PER_ROUND = 250;

export async function read(sizes: number[], progress: (line: string) => void): Promise<{ sizes: Size[] }> {
  const found: Size[] = [];
  for (const posts of sizes) {
    progress(`filling ${posts} posts ...`);
    found.push(await readSize(posts, progress));
  }
  return { sizes: found };
}

async function readSize(posts: number, progress: (line: string) => void): Promise<Size> {
  const { worker, thread, word } = await startFilled(posts);
  try {
    const at = (path: string, host = HOST): Target => ({ port: worker.port, host, path });
    const targets = {
      home: at('/'),
      thread: at(thread),
      getFeed: at(`/xrpc/club.commonplace.feed.getFeed?space=${SPACE}`),
      search: at(`/xrpc/club.commonplace.feed.searchPosts?space=${SPACE}&q=${word}`),
      oneQuery: at('/bench/one-query'),
    };
    type Name = keyof typeof targets;
    const names = Object.keys(targets) as Name[];
    const runs = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
      Name,
      Awaited<ReturnType<typeof run>>[]
    >;
    for (const name of names) await run(targets[name], 50);
    for (let round = 0; round < ROUNDS; round++) {
      progress(`${posts} posts, round ${round + 1} of ${ROUNDS}`);
      for (const name of names) runs[name].push(await run(targets[name], PER_ROUND));
    }
    const measured = async (name: Exclude<Name, 'oneQuery'>): Promise<Read> => ({
      rowsRead: await rowsRead(targets[name]),
      ...summary(runs[name]),
    });
    return {
      posts,
      ...{ home: await measured('home'), thread: await measured('thread') },
      ...{ getFeed: await measured('getFeed'), search: await measured('search') },
      oneQuery: summary(runs.oneQuery),
    };
  } finally {
    await worker.stop();
  }
}

/** As the `Server-Timing` header tells, with the space's settings known as they are between two readers. */
async function rowsRead(target: Target): Promise<number> {
  await get(target);
  const { headers } = await get(target);
  return Number(/rows;desc="(\d+)"/.exec(String(headers['server-timing']))?.[1]);
}
