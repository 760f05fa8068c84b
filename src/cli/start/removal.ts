/** Whether a folder may be removed as the state of `npm start`: a mistyped STATE_DIR must cost nothing. */
import { existsSync, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { sep } from 'node:path';

/** All that `npm start` and `npm run dev` put there. */
const OURS: ReadonlySet<string> = new Set([
  ...['atmosphere.json', 'atmosphere.json.new', 'secrets.json', 'running.json'],
  ...['network', 'worker', 'dev', 'worker.log', '.DS_Store'],
]);

/** Why not, in words; null when it may. A folder that is not there may always be. */
export function whyNotRemove(folder: string, { cwd = process.cwd(), home = homedir() } = {}): string | null {
  if (!existsSync(folder)) return null;
  if (lstatSync(folder).isSymbolicLink()) return 'it is a link: remove what it leads to by hand';
  if (!lstatSync(folder).isDirectory()) return 'it is no folder';
  const path = realpathSync(folder);
  for (const [name, precious] of [
    ['this repository', cwd],
    ['your home folder', home],
  ] as const) {
    if (contains(path, realpathSync(precious))) return `${name} is in it`;
  }
  const other = readdirSync(path).find((entry) => !OURS.has(entry));
  return other === undefined ? null : `it holds "${other}", which "npm start" has not put there`;
}

const contains = (folder: string, inner: string): boolean =>
  folder === inner || inner.startsWith(folder.endsWith(sep) ? folder : folder + sep);
