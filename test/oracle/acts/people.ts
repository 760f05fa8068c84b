/** People who come, change their names, move, are read as a whole; and spaces that go. */
import type { RecordEvent, StreamEvent } from '../../../src/domain/event.ts';
import type { Did, JsonObject } from '../../../src/domain/model.ts';
import * as cast from '../../model/cast.ts';
import type { Dice } from '../../model/dice.ts';
import * as records from '../../model/records.ts';
import { uriIn } from '../../model/repository.ts';
import type { Scene } from '../../model/scene.ts';
import { OURS } from '../../model/soundness.ts';
import type { Step } from '../script.ts';
import type { Simulator } from '../simulate.ts';

/** Where people were last, and under which name. */
export class Directory {
  private readonly names = new Map<Did, { handle: string; isMutual: boolean; server: 0 | 1 }>();

  of(did: Did): { handle: string; isMutual: boolean; server: 0 | 1 } {
    return this.names.get(did) ?? { handle: `${did.slice(8)}.test`, isMutual: true, server: 0 };
  }

  set(did: Did, name: { handle: string; isMutual: boolean; server: 0 | 1 }): void {
    this.names.set(did, name);
  }
}

export function identity(it: Simulator): Step[] {
  const { dice, scene, people } = it;
  const did = dice.once(4) ? dice.one(scene.groups) : dice.one(scene.authors);
  const was = people.of(did);
  const name = dice.one([
    { ...was, handle: `renamed-${dice.below(1000)}.test`, isMutual: true },
    { ...was, isMutual: !was.isMutual },
    { ...was, server: (1 - was.server) as 0 | 1 },
  ]);
  people.set(did, name);
  return [{ do: 'identity', did, ...name }];
}

/** What was late of this author comes before: a snapshot says nothing of versions that belonged nowhere. */
export function snapshot(it: Simulator): Step[] {
  const { dice, scene } = it;
  const repository = scene.repository(dice.once(5) ? dice.one(scene.groups) : dice.one(scene.present()));
  const rev = repository.head;
  const before: Step = { do: 'tell', events: it.heldBack() };
  // Pages show what was written since the rev was asked for, too.
  const since: Step = { do: 'tell', events: it.tell(it.written(2)) };
  const events: RecordEvent[] = repository.snapshot(rev);
  if (events.length === 0) return [before, since];
  return dice.once(2) ? [before, { do: 'snapshot', events }, since] : [before, since, { do: 'snapshot', events }];
}

/** Nobody knows them, and what they take back at once names nobody but them. */
export function newcomer(it: Simulator): Step[] {
  const { dice, scene } = it;
  const did = cast.didOf(`newcomer${'abcdefghijklmnop'[it.newcomers++ % 16]}`);
  scene.goOn(dice);
  const [space, rkey] = [dice.one(scene.groups), scene.rkey(1)];
  const posted = scene.put(did, `${OURS}story`, rkey, records.post('story', space, scene.time()));
  const second = scene.put(did, `${OURS}topic`, rkey, records.post('topic', space, scene.time()));
  scene.goOn(dice);
  const removed = scene.repository(did).remove(`${OURS}story`, rkey, scene.now);
  const events = it.tell([posted, second, removed]);
  if (dice.once(3)) {
    // Nobody listened when the stream said so.
    const gone = { kind: 'account', did, status: 'deactivated', at: scene.now } as const;
    return [
      { do: 'account', did, events: [gone], word: 'deactivated' },
      { do: 'tell', events },
    ];
  }
  scene.authors.push(did);
  return [{ do: 'tell', events }];
}

/** A comment on what is yet to come, which may keep it waiting for long. */
export function early(it: Simulator): Step[] {
  const { dice, scene } = it;
  scene.goOn(dice);
  const group = dice.one(scene.groups);
  const story = scene.put(group, `${OURS}story`, scene.rkey(5), records.post('story', group, scene.time()));
  const subject = { uri: uriIn(group, story), cid: cast.cidOf(1) };
  scene.anchors.push(subject.uri);
  const words = { $type: cast.COMMENT, title: 'Already', text: 'Indeed.', createdAt: scene.time(), subject };
  const did = dice.one(scene.present());
  const comment = scene.put(did, cast.COMMENT, scene.rkey(6), words);
  scene.kept.add(uriIn(did, comment));
  const meanwhile: Step = dice.once(2) ? { do: 'quiet' } : { do: 'tell', events: it.some(4) };
  return [{ do: 'tell', events: it.tell([comment]) }, meanwhile, { do: 'tell', events: it.tell([story]) }];
}

/** In many a space anyone may write, and some go by the accounts' own servers alone. */
export function openDoors({ scene, dice }: Simulator): StreamEvent[] {
  return scene.groups.flatMap((group) => {
    scene.goOn(dice);
    const profile = cast.profile(group, 'anyone', cast.SECTIONS[0] ?? null, scene.time());
    const said = dice.once(2) ? { ...profile, relayTakedowns: 'ignore' } : profile;
    return dice.once(2) ? [scene.put(group, `${OURS}space.profile`, 'self', said)] : [];
  });
}

/** A space stops, or begins again, to follow what relays say of accounts. */
export function relayPolicy(scene: Scene, dice: Dice): StreamEvent[] {
  const group = dice.one(scene.groups);
  const profile = scene.repository(group).entries.get(`${OURS}space.profile/self`)?.record as JsonObject;
  const relayTakedowns = dice.one(['ignore', 'ignore', 'follow', 'whatever']);
  return [scene.put(group, `${OURS}space.profile`, 'self', { ...profile, relayTakedowns })];
}

/** The same person likes the same once more, or on behalf of another space. */
export function likeAgain(scene: Scene, dice: Dice): StreamEvent[] {
  const did = dice.once(2) ? scene.busy() : dice.one(scene.present());
  const likes = [...scene.repository(did).entries.values()].filter(({ collection }) => collection === `${OURS}like`);
  const live = likes.map(({ record }) => record).filter((record) => record !== null);
  if (live.length === 0) return [];
  const like = dice.one(live.slice(-3));
  const again = { ...like, createdAt: scene.time(), ...(dice.once(3) ? { space: dice.one(scene.groups) } : {}) };
  return [scene.put(did, `${OURS}like`, scene.rkey(7), again)];
}

/** A reply is edited to answer itself, or one that may answer it. */
export function circle(scene: Scene, dice: Dice): StreamEvent[] {
  const did = dice.once(2) ? scene.busy() : dice.one(scene.present());
  const replies = [...scene.repository(did).entries.values()].filter(
    ({ collection, record }) => collection === `${OURS}reply` && record !== null,
  );
  if (replies.length === 0) return [];
  const { collection, rkey, record } = dice.one(replies.slice(-4));
  const other = dice.once(2) ? rkey : dice.one(replies.slice(-4)).rkey;
  const parent = { uri: uriIn(did, { collection, rkey: other }), cid: cast.cidOf(1) };
  return [scene.put(did, collection, rkey, { ...record, parent })];
}

/** A record of another lexicon whose time says nothing. */
export function undated(scene: Scene, dice: Dice): StreamEvent[] {
  const words = { $type: cast.ESSAY, title: 'Undated', text: 'Some day.', createdAt: 'one day in May' };
  const record = { ...words, community: dice.one(scene.groups) };
  return [scene.put(dice.one(scene.present()), cast.ESSAY, scene.rkey(3), record)];
}

/** The last that happens: the space goes, what is written meanwhile is nobody's, and it may come back to what is new. */
export function removal(it: Simulator): Step[] {
  const { dice, scene } = it;
  const did = cast.LEAGUE;
  const late: Step = { do: 'tell', events: it.heldBack() };
  // Not private: who is in is then kept beside the records, from that moment on, which no fold of events can say. See test/access.
  const hidden: Step = { do: 'add-space', did: cast.LETTERS, visibility: 'unlisted' };
  const gone: Step[] = [late, { do: 'quiet' }, hidden, { do: 'quiet' }, { do: 'remove-space', did }, { do: 'quiet' }];
  if (dice.once(2)) return [...gone, { do: 'tell', events: plain(it) }, { do: 'quiet' }];
  const open: Step = { do: 'add-space', did: cast.LETTERS, visibility: null };
  const again: Step = { do: 'add-space', did, visibility: null };
  const profile = cast.profile(did, 'anyone', cast.SECTIONS[0] ?? null, scene.time());
  const welcome: Step = { do: 'tell', events: [scene.put(did, `${OURS}space.profile`, 'self', profile)] };
  return [...gone, open, again, welcome, { do: 'tell', events: plain(it) }];
}

/** New posts, in order. */
function plain({ dice, scene }: Simulator): StreamEvent[] {
  return Array.from({ length: 5 }, () => {
    scene.goOn(dice);
    const record = records.post('story', dice.one(scene.groups), scene.time());
    return scene.put(dice.one(scene.present()), `${OURS}story`, scene.rkey(4), record);
  });
}
