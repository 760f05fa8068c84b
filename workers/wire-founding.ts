// Puts together what spaces are founded with.
import type { FoundingDeps } from '../src/actions/founding/deps.ts';
import type { OwnDeps } from '../src/actions/own.ts';
import type { OperatorDeps } from '../src/actions/spaces.ts';
import { foundingsPort, signInsPort } from '../src/cloudflare/durable.ts';
import { newAccountsPort } from '../src/cloudflare/new-accounts.ts';
import { guardedFetch } from '../src/cloudflare/send.ts';
import type { FoundingsPort } from '../src/ports/foundings.ts';
import { type Config, instanceDid } from './config.ts';
import type { askers, Env } from './wire.ts';

export const foundingsOf = (env: Env): FoundingsPort => foundingsPort(env.FOUNDINGS);

/** A whole answer is one secret. */
const LOOK = { maxBytes: 200, timeoutMs: 5_000, redirects: 0 };

interface Parts {
  own: OwnDeps;
  operator: OperatorDeps;
  out: ReturnType<typeof askers>['out'];
}

export function foundingDeps(env: Env, config: Config, { own, operator, out }: Parts): FoundingDeps {
  const { founding: policy, foundersDomain, plcUrl } = config;
  return {
    ...{ own, operator, policy, foundersDomain, here: instanceDid(config) },
    foundings: foundingsOf(env),
    newAccounts: newAccountsPort({ outbound: out, send: guardedFetch(out), plcUrl }),
    signIns: signInsPort(env.SIGN_INS),
    look: (url) =>
      out.text(url, LOOK).then(
        ({ status, text }) => (status === 200 ? text : null),
        () => null,
      ),
  };
}
