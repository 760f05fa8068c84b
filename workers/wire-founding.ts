// Puts together what the operator does with spaces, and what spaces are founded with.
import type { FoundingDeps } from '../src/actions/founding/deps.ts';
import type { OperatorDeps } from '../src/actions/spaces.ts';
import { foundingsPort, groupsPort, signInsPort } from '../src/cloudflare/durable.ts';
import { newAccountsPort } from '../src/cloudflare/new-accounts.ts';
import { guardedFetch } from '../src/cloudflare/send.ts';
import { repositoryPort } from '../src/sync/repository.ts';
import type { WebContext } from '../src/web/app.ts';
import type { OperatorContext } from '../src/xrpc/operator.ts';
import { askers } from './askers.ts';
import { allows, instanceDid } from './config.ts';
import { configOf, type Env, indexerOf } from './wire.ts';

function operatorDeps(env: Env, db: D1Database): OperatorDeps {
  const config = configOf(env);
  const { instanceHosts, development } = config;
  const { out: _, ...asking } = askers(config);
  const allowed = allows(config.allowedCollections);
  return {
    ...{ db, indexer: indexerOf(env), ...asking, repositories: repositoryPort(asking) },
    groups: groupsPort(env.GROUPS, signInsPort(env.SIGN_INS)),
    ...{ instanceHosts, development, allowed },
  };
}

/** What the operator's methods are given beside what every method is. */
export const operatorContext = (env: Env, db: D1Database): Pick<OperatorContext, 'operator' | 'foundings'> => ({
  operator: operatorDeps(env, db),
  foundings: foundingsPort(env.FOUNDINGS),
});

/** A whole answer is one secret. */
const LOOK = { maxBytes: 200, timeoutMs: 5_000, redirects: 0 };

/** What the website is given, with what spaces are founded with. */
export function withFounding(env: Env, context: Omit<WebContext, 'founding'>): WebContext {
  const config = configOf(env);
  const [{ out }, foundings] = [askers(config), foundingsPort(env.FOUNDINGS)];
  const { founding: policy, foundersDomain, plcUrl } = config;
  const founding: FoundingDeps = {
    ...{
      own: context.own,
      operator: operatorDeps(env, context.read.db),
      policy,
      foundersDomain,
      here: instanceDid(config),
    },
    foundings,
    newAccounts: newAccountsPort({ outbound: out, send: guardedFetch(out), plcUrl }),
    signIns: signInsPort(env.SIGN_INS),
    look: async (url) => {
      const answer = await out.text(url, LOOK).catch(() => null);
      return answer?.status === 200 ? answer.text : null;
    },
  };
  return { ...context, founding };
}
