// Puts together what members sign in and write with.
import { Account } from '../src/auth/account.ts';
import { Foundings } from '../src/auth/foundings.ts';
import type { OAuthDeps } from '../src/auth/oauth/client.ts';
import { type Seal, sealWith } from '../src/auth/seal.ts';
import type { SignInDeps } from '../src/auth/sign-in.ts';
import { SignIns } from '../src/auth/sign-ins.ts';
import { accountsPort, groupsPort, signInsPort } from '../src/cloudflare/durable.ts';
import { log } from '../src/cloudflare/log.ts';
import { guardedFetch } from '../src/cloudflare/send.ts';
import { askers, clock } from './askers.ts';
import type { Config } from './config.ts';
import { configOf, type Env } from './wire.ts';

let seal: { config: Config; seal: Seal } | null = null;

function sealOf(config: Config): Seal {
  if (seal?.config !== config) seal = { config, seal: sealWith(config.instanceKeys) };
  return seal.seal;
}

export function oauthDeps(env: Env): OAuthDeps & Pick<SignInDeps, 'signIns'> {
  const config = configOf(env);
  const { identity, out } = askers(config);
  const { development } = config;
  return { identity, signIns: signInsPort(env.SIGN_INS), seal: sealOf(config), fetch: guardedFetch(out), development };
}

/** What signing in needs. */
export const authOf = (env: Env): SignInDeps => ({
  ...oauthDeps(env),
  accounts: accountsPort(env.ACCOUNTS),
  groups: groupsPort(env.GROUPS, signInsPort(env.SIGN_INS)),
  log,
});

export const wireAccount = ({ kv: shelf }: DurableObjectStorage, env: Env): Account =>
  new Account({ ...oauthDeps(env), shelf, clock, log });

export const wireFoundings = ({ kv: shelf }: DurableObjectStorage): Foundings => new Foundings({ shelf, clock });

export const wireSignIns = ({ kv: shelf }: DurableObjectStorage, env: Env): SignIns =>
  new SignIns({ shelf, seal: sealOf(configOf(env)), clock });
