/** The repositories behind a generated history, really signed, with what gives power in them as it is in the end. */
import { jsonToLex } from '@atproto/lex';
import { cidForLex } from '@atproto/lex-cbor';
import { givesPower } from '../../src/domain/collections.ts';
import type { RecordEvent, StreamEvent } from '../../src/domain/event.ts';
import type { Did } from '../../src/domain/model.ts';
import { isRefused } from '../model/soundness.ts';
import { uriOf } from '../model/versions.ts';
import { SignedRepository } from '../support/signed-repository.ts';

const records = (events: StreamEvent[]): RecordEvent[] => events.filter((event) => event.kind === 'record');

/** The same events, with the CIDs that such records have. */
export async function withTrueCids(events: StreamEvent[]): Promise<StreamEvent[]> {
  const true_ = new Map<StreamEvent, StreamEvent>();
  for (const event of new Set(records(events))) {
    if (!event.record || !givesPower(event.collection)) continue;
    const cid = await cidForLex(jsonToLex(event.record));
    true_.set(event, { ...event, cid: cid.toString() });
  }
  return events.map((event) => true_.get(event) ?? event);
}

export async function signed(events: StreamEvent[], now: number): Promise<Map<Did, SignedRepository>> {
  const repositories = new Map<Did, SignedRepository>();
  const all = records(events).filter((event) => !isRefused(event, now));
  for (const [did, told] of Map.groupBy(all, (event) => event.did)) {
    const repository = await SignedRepository.create(did);
    const versions = Map.groupBy(
      told.filter(({ collection }) => givesPower(collection)),
      uriOf,
    ).values();
    for (const of of versions) {
      const last = of.reduce((a, b) => (b.rev > a.rev ? b : a));
      if (last.record) await repository.put(last.collection, last.rkey, last.record);
    }
    await repository.resign(
      told
        .map(({ rev }) => rev)
        .toSorted()
        .at(-1) ?? '',
    );
    repositories.set(did, repository);
  }
  return repositories;
}
