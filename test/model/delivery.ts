/** The ways in which a history may reach the index: late, out of order, repeated, in batches of whatever size. */
import type { StreamEvent } from '../../src/domain/event.ts';
import { Dice } from './dice.ts';
import type { History } from './generate.ts';

/** The opening comes first, in its order; the rest as the seed says. */
export function delivery({ opening, events }: History, seed: number): StreamEvent[][] {
  const dice = new Dice(seed);
  return [...batches(opening, dice), ...batches(disturbed(events, dice), dice)];
}

/** All events in some order, some of them again. */
function disturbed(events: StreamEvent[], dice: Dice): StreamEvent[] {
  const again = events.filter(() => dice.once(6));
  const all = [...events, ...again];
  const way = dice.below(4);
  if (way === 0) return [...events, ...again];
  if (way === 1) return all.toReversed();
  if (way === 2) return dice.shuffled(all);
  return late(events, dice);
}

/** Each event up to ten places late, and some once more. */
export function late(events: readonly StreamEvent[], dice: Dice, within = 10): StreamEvent[] {
  return events
    .flatMap((event, place) =>
      [place, ...(dice.once(6) ? [place] : [])].map((at) => ({ event, at: at + dice.below(within) })),
    )
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
}

export function batches<T>(events: readonly T[], dice: Dice): T[][] {
  const most = dice.one([1, 4, 12, 1000]);
  const all: T[][] = [];
  for (let at = 0; at < events.length; ) {
    const size = 1 + dice.below(most);
    all.push(events.slice(at, at + size));
    at += size;
  }
  return all;
}

/** As Jetstream v1 would tell them, each a microsecond after the one before. Snapshots do not come this way. */
export function jetstreamLines(events: readonly StreamEvent[], firstUs: number): string[] {
  return events.map((event, number) =>
    JSON.stringify({ did: event.did, time_us: firstUs + number, ...messageOf(event, number) }),
  );
}

/** What the message says beside its author and its time. */
export function messageOf(event: StreamEvent, seq: number): object {
  if (event.kind === 'identity')
    return { kind: 'identity', identity: { did: event.did, seq, time: new Date(0).toISOString() } };
  if (event.kind === 'account') {
    const active = event.status === 'active';
    const account = { active, did: event.did, seq, time: new Date(event.at).toISOString() };
    return { kind: 'account', account: active ? account : { ...account, status: event.status } };
  }
  if (event.kind === 'sync') throw new Error('v1 has no message for this kind');
  if (event.snapshot) throw new Error(`a snapshot is no message of a stream: ${event.collection}/${event.rkey}`);
  const { rev, operation, collection, rkey, record, cid } = event;
  return { kind: 'commit', commit: { rev, operation, collection, rkey, ...(record ? { record, cid } : {}) } };
}
