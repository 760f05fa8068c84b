/** Generates src/lexicons, the types and validators of the contract, from /lexicons, if they changed. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from '@atproto/lex-builder';

const out = 'src/lexicons';
const stamp = `${out}/.sources`;

const hash = createHash('sha256');
for (const path of ['package-lock.json', ...globSync('lexicons/**/*.json').sort()]) {
  hash.update(`${path}\n`).update(readFileSync(path));
}
const sources = hash.digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== sources) {
  await build({
    lexicons: 'lexicons',
    out,
    clear: true,
    indexFile: true,
    defaultExport: true,
    importExt: '.ts',
    // What it generates is sound, but does not check under exactOptionalPropertyTypes.
    banner: '// Generated from /lexicons by "npm run lexicons": edit those.\n// @ts-nocheck\n\n',
  });
  writeFileSync(stamp, sources);
}
