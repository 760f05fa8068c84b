// The stream says something that gives power: nothing changes until the author's own server has proven it.
import type { RecordEvent } from '../domain/event.ts';
import type { Facts } from '../domain/facts.ts';
import type { AtUri } from '../domain/model.ts';
import { belonging } from '../domain/scope.ts';
import type { Write } from '../domain/write.ts';

/** What is stored and proven stands meanwhile, whether the event would give or take. The event passed all checks. */
export function planHearsay(event: RecordEvent, uri: AtUri, facts: Facts): Write[] {
  const { did, rev, cid } = event;
  const last = facts.latest(uri);
  const claimed = facts.claims.get(uri);
  if (rev <= (last?.rev ?? '') || rev <= (claimed?.rev ?? '')) return [];
  const where = belonging(event, facts);
  const belongs = where && 'space' in where ? where.space : undefined;
  const space = belongs ?? (last?.live ? last.space : claimed?.space);
  if (space === undefined) return [];
  facts.claims.set(uri, { space, rev });
  return [
    { write: 'claim', uri, space, did, rev, cid },
    { write: 'job', kind: 'prove', key: uri },
  ];
}
