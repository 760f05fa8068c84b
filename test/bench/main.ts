import { parseArgs } from 'node:util';
import { ingest, ingestAll } from './ingest.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { n: { type: 'string' }, 'all-match': { type: 'boolean' }, rounds: { type: 'string' } },
});
const rounds = Number(values.rounds ?? 3);
console.log(
  positionals,
  values['all-match']
    ? await ingestAll({ n: Number(values.n ?? 20000), rounds })
    : await ingest({ n: Number(values.n ?? 200000), rounds }),
);
