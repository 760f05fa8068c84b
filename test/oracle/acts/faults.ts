/** What goes wrong between the stream, the indexer and its database. */
import type { RecordEvent } from '../../../src/domain/event.ts';
import type { Did, JsonObject } from '../../../src/domain/model.ts';
import * as cast from '../../model/cast.ts';
import * as governing from '../../model/governing.ts';
import * as records from '../../model/records.ts';
import { OURS } from '../../model/soundness.ts';
import type { FaultChanges } from '../../network/jetstream/faults.ts';
import { MALFORMED_KINDS } from '../../network/jetstream/faults.ts';
import { JUNK_KINDS } from '../junk.ts';
import type { Step } from '../script.ts';
import { isPower, PAUSE_MS, type Simulator } from '../simulate.ts';
import type { Failing } from '../worker/failing.ts';
import * as accounts from './accounts.ts';

export function troubledStream(it: Simulator): Step[] {
  const { dice } = it;
  const after = 1 + dice.below(4);
  const every = 1 + dice.below(3);
  const trouble = dice.one<FaultChanges>([
    { drop: { after, times: 1 + dice.below(2) } },
    { drop: { after, times: 1, code: 1011 } },
    { kill: { after, times: 1 + dice.below(2) } },
    { duplicate: { every, lag: dice.below(3) } },
    { reorder: { window: 2 + dice.below(4), holdMs: 20 } },
    { malformed: { every, kinds: dice.shuffled(MALFORMED_KINDS) } },
    { oversized: { every: 3, bytes: 700_000, times: 1 } },
    { duplicate: { every: 1 }, malformed: { every }, kill: { after: after + 2, times: 1 } },
  ]);
  // Else the next step might call it off before it has struck.
  return [{ do: 'tell', events: it.some(), faults: trouble, pause: PAUSE_MS }];
}

export function failingWrites(it: Simulator): Step[] {
  const { dice } = it;
  const how = dice.one<Failing['how']>(['refused', 'refused', 'answer-lost', 'death-before', 'death-after']);
  const failing = { how, skip: dice.below(4), times: how === 'refused' ? 1 + dice.below(5) : 1 };
  const told: Step = { do: 'tell', events: it.some(), failing };
  return dice.once(3) ? [{ ...told, faults: { kill: { after: 2, times: 1 } }, pause: PAUSE_MS }] : [told];
}

/** What a group says of itself is in the index when it is proven: that write fails, the one of its claim does not. */
export function failingProof(it: Simulator): Step[] {
  const { dice, scene } = it;
  scene.goOn(dice);
  const failing = { how: dice.one<Failing['how']>(['refused', 'answer-lost', 'death-after']), skip: 1, times: 1 };
  return [{ do: 'quiet' }, { do: 'tell', events: it.tell(governing.govern(scene, dice)), failing }];
}

export const away = (it: Simulator): Step[] => [
  { do: 'away', events: it.some(), ...(it.dice.once(2) ? { cursor: 'future' } : {}) },
];

export function junk(it: Simulator): Step[] {
  const { dice, scene } = it;
  const one = (): Step => ({
    do: 'junk',
    kind: dice.one(JUNK_KINDS),
    did: dice.one(scene.authors),
    rkey: scene.rkey(20 + dice.below(900)),
  });
  return Array.from({ length: 1 + dice.below(3) }, () => {
    scene.goOn(dice);
    return one();
  });
}

/** Power for whom nobody gave it, or taken from whom nobody took it. */
export function forgery({ dice, scene }: Simulator): Step[] {
  scene.goOn(dice);
  const [did, group] = [dice.one(scene.authors), dice.one(scene.groups)];
  const [by, path, rkey, record] = dice.one<[Did, string, string, JsonObject]>([
    [did, 'actor.join', group, records.half('actor.join', group, scene.time())],
    [group, 'space.membership', did, records.membership(group, did, ['writer', 'reader'], scene.time())],
    [group, 'space.profile', 'self', cast.profile(group, dice.one(['anyone', 'roles']), null, scene.time())],
    [group, 'space.permissions', 'self', cast.permissions(group, { reader: ['post'] })],
  ]);
  const said = { kind: 'record', did: by, collection: OURS + path, rkey, rev: scene.rkey(9), snapshot: false } as const;
  const taken: RecordEvent = { ...said, operation: 'delete', cid: null, record: null };
  const given: RecordEvent = { ...said, operation: 'create', cid: cast.cidOf(4), record };
  return [{ do: 'forge', events: [dice.once(3) ? taken : given] }];
}

export const flood = (it: Simulator): Step[] => [{ do: 'flood', count: 200 + it.dice.below(800) }];
export const silence = (): Step[] => [{ do: 'silence' }];
export const stall = (it: Simulator): Step[] => [{ do: 'stall', events: it.some() }];

/** What only some scripts may have. */
export function ofTheme(it: Simulator): Step[] {
  if (it.theme === 'loss') {
    const written = it.written(5);
    const lost = written.filter((event) => event.kind === 'record').filter((event) => !isPower(event));
    return [
      { do: 'tell', events: it.tell(written.filter(isPower)) },
      { do: 'lose', events: lost, words: accounts.unheard(it) },
    ];
  }
  if (it.theme === 'expiry') return [{ do: 'away', events: it.some(), cursor: 'expired' }];
  if (it.theme !== 'switch' || it.hasSwitched) return [{ do: 'tell', events: it.some() }];
  it.hasSwitched = true;
  return [{ do: 'switch', events: it.some() }];
}
