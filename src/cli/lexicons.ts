/** Generates src/lexicons, the types and validators of the contract, from /lexicons, if they changed. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from '@atproto/lex-builder';

const out = 'src/lexicons';
const stamp = `${out}/.sources`;

/** Ours as they are, for the pages that tell of them. Most of the time nobody asks: until then they are one string. */
function documents(): string {
  const all = sources.filter((path) => path.startsWith('lexicons/club/')).map((path) => readFileSync(path, 'utf8'));
  const list = JSON.stringify(all.map((text) => JSON.parse(text) as unknown));
  return `// Generated from /lexicons.\nconst TEXT = ${JSON.stringify(list)};\n\nexport const parseDocuments = (): readonly unknown[] => JSON.parse(TEXT) as unknown[];\n`;
}

const hash = createHash('sha256');
const sources = globSync('lexicons/**/*.json').sort();
for (const path of ['package-lock.json', import.meta.filename, ...sources]) {
  hash.update(`${path}\n`).update(readFileSync(path));
}
const state = hash.digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== state) {
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
  writeFileSync(`${out}/documents.ts`, documents());
  writeFileSync(stamp, state);
}
