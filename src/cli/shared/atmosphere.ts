/** STATE_DIR/atmosphere.json: where everything of the local network is, and who is who. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Atmosphere {
  /** Origins, and the address of Jetstream's `/subscribe`. */
  pds: string;
  plc: string;
  jetstream: string;
  instance: string;
  adminToken: string;
  spaces: LocalSpace[];
  accounts: LocalAccount[];
}

export interface LocalSpace {
  did: string;
  handle: string;
  host: string;
  password: string;
  /** What records of its members it takes. */
  collections: string[];
}

export interface LocalAccount {
  handle: string;
  did: string;
  password: string;
  /** Spaces, by DID, where both halves of a membership exist. */
  memberOf: string[];
  /** Those of them where it is a steward. */
  steward: string[];
}

export const stateDirectory = (env: NodeJS.ProcessEnv = process.env): string => resolve(env.STATE_DIR || '.state');

const fileIn = (stateDir: string): string => join(stateDir, 'atmosphere.json');

export function readAtmosphere(stateDir: string): Atmosphere | null {
  const file = fileIn(stateDir);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Atmosphere) : null;
}

/** Readable by its owner only, for it holds passwords; whole or not at all. */
export function writeAtmosphere(stateDir: string, atmosphere: Atmosphere): void {
  mkdirSync(stateDir, { recursive: true });
  const draft = `${fileIn(stateDir)}.new`;
  writeFileSync(draft, `${JSON.stringify(atmosphere, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, fileIn(stateDir));
}
