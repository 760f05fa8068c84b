/** The local instance's secrets: made once, kept in the state folder, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Secrets {
  INSTANCE_KEY: string;
  ADMIN_TOKEN: string;
}

export const newSecrets = (): Secrets => ({
  INSTANCE_KEY: randomBytes(32).toString('base64'),
  ADMIN_TOKEN: randomBytes(32).toString('hex'),
});

export function secretsIn(stateDir: string): Secrets {
  const file = join(stateDir, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  mkdirSync(stateDir, { recursive: true });
  const secrets = newSecrets();
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
