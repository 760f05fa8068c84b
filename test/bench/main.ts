/** `npm run bench -- <what>`: a short table, and with `--json` one line of JSON last. */
import { parseArgs } from 'node:util';
import { backfill } from './backfill.ts';
import { ingest, ingestAll } from './ingest.ts';
import { listen } from './listen.ts';
import { media } from './media.ts';
import { page } from './page.ts';
import { read } from './read.ts';

const HELP = `npm run bench -- ingest [--n 200000]              the stream, 1 line in 100 of it ours
npm run bench -- ingest --all-match [--n 20000]   the stream, all of it ours; rows written per record
npm run bench -- read [--posts 10000,200000]      pages and queries, beside a route of one query
npm run bench -- page                             what a cold visit loads
npm run bench -- backfill [--repositories 60]     repositories read through real PDSes, 100 records each
npm run bench -- listen [--sockets 5000]          the stream for others: connections held, and a burst to 200 of them
npm run bench -- media                            a picture from the cache beside a bare cache; what views cost

  --json    one line of JSON, last
  --rounds  of ingest: the best of so many runs of each side (3)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...{ n: { type: 'string' }, 'all-match': { type: 'boolean' }, rounds: { type: 'string' } },
    ...{ repositories: { type: 'string' }, sockets: { type: 'string' } },
    ...{ posts: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  },
});

const progress = (line: string): void => void process.stderr.write(`${line}\n`);
const numbers = (text: string): number[] => text.split(',').map(Number);

async function measure(what: string | undefined): Promise<{ result: object; rows: object[] }> {
  const rounds = Number(values.rounds ?? 3);
  if (what === 'ingest') {
    const n = Number(values.n ?? (values['all-match'] ? 20_000 : 200_000));
    const result = values['all-match'] ? await ingestAll({ n, rounds }) : await ingest({ n, rounds });
    return { result, rows: [result] };
  }
  if (what === 'read') {
    const result = await read(numbers(values.posts ?? '10000,200000'), progress);
    const rows = result.sizes.flatMap(({ posts, ...reads }) =>
      Object.entries(reads).map(([name, load]) => ({ posts, read: name, ...load })),
    );
    return { result, rows };
  }
  if (what === 'page') {
    const result = await page();
    return { result, rows: result.pages };
  }
  if (what === 'listen') {
    const result = await listen(Number(values.sockets ?? 5_000), progress);
    return { result, rows: [result] };
  }
  if (what === 'media') {
    const result = await media(progress);
    const { bytesPerVariant, ...rest } = result;
    return { result, rows: [rest, bytesPerVariant] };
  }
  if (what === 'backfill') {
    const result = await backfill({ repositories: Number(values.repositories ?? 60), recordsEach: 100 }, progress);
    return { result, rows: [result] };
  }
  throw new Error(HELP);
}

if (values.help) console.log(HELP);
else {
  const { result, rows } = await measure(positionals[0]);
  console.table(rows);
  if (values.json) console.log(JSON.stringify(result));
}
