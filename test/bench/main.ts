/** `npm run bench -- <what>`: a short table, and with `--json` one line of JSON last. */
import { parseArgs } from 'node:util';
import { runCommand, usageError } from '../../src/cli/shared/terminal.ts';
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

const OPTIONS = {
  n: { type: 'string' },
  'all-match': { type: 'boolean' },
  rounds: { type: 'string' },
  repositories: { type: 'string' },
  sockets: { type: 'string' },
  posts: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw usageError(`${(error as Error).message}\n\n${HELP}`);
  }
}

type Values = ReturnType<typeof readArguments>['values'];

const progress = (line: string): void => void process.stderr.write(`${line}\n`);

function count(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw usageError(`"${text}" is no number of anything.\n\n${HELP}`);
  return Number(text);
}

async function measure(what: string | undefined, values: Values): Promise<{ result: object; rows: object[] }> {
  const rounds = count(values.rounds ?? '3');
  if (what === 'ingest') {
    const n = count(values.n ?? (values['all-match'] ? '20000' : '200000'));
    const result = values['all-match'] ? await ingestAll({ n, rounds }) : await ingest({ n, rounds });
    return { result, rows: [result] };
  }
  if (what === 'read') {
    const result = await read((values.posts ?? '10000,200000').split(',').map(count), progress);
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
    const result = await listen(count(values.sockets ?? '5000'), progress);
    return { result, rows: [result] };
  }
  if (what === 'media') {
    const result = await media(progress);
    const { bytesPerVariant, ...rest } = result;
    return { result, rows: [rest, bytesPerVariant] };
  }
  if (what === 'backfill') {
    const result = await backfill({ repositories: count(values.repositories ?? '60'), recordsEach: 100 }, progress);
    return { result, rows: [result] };
  }
  throw usageError(HELP);
}

await runCommand(async () => {
  const { values, positionals } = readArguments();
  if (values.help) return console.log(HELP);
  const { result, rows } = await measure(positionals[0], values);
  console.table(rows);
  if (values.json) console.log(JSON.stringify(result));
});
