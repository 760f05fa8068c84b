// Puts together what a group account is acted for with.
import { judge } from '../src/actions/group-judge.ts';
import { spareKeepers } from '../src/actions/group-members.ts';
import { admitAll } from '../src/actions/own.ts';
import { Group } from '../src/auth/group.ts';
import { log } from '../src/cloudflare/log.ts';
import { clock } from './askers.ts';
import { configOf, type Env, indexerOf, readContext } from './wire.ts';
import { oauthDeps } from './wire-members.ts';

export function wireGroup({ kv: shelf }: DurableObjectStorage, env: Env): Group {
  const here = configOf(env).instanceHosts.map((host) => `did:web:${host}`);
  return new Group({
    ...{ ...oauthDeps(env), shelf, clock, log },
    judge: (group, by, wish) =>
      judge(group, by, wish, { ...readContext(env, env.DB, { waitUntil: () => undefined }), here }),
    spare: (group, acts) => spareKeepers(group, acts, indexerOf(env)),
    admit: (group, acts, { commit, results }) => {
      const written = results.map(({ uri, cid }) => ({ uri, cid, rev: commit?.rev ?? null }));
      const all = acts.flatMap((act, index) => (written[index] ? [{ act, written: written[index] }] : []));
      return admitAll(group, all, { indexer: indexerOf(env), log });
    },
  });
}
