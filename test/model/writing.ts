/** What people write, and do with what they wrote. */
import type { StreamEvent } from '../../src/domain/event.ts';
import type { JsonObject } from '../../src/domain/model.ts';
import * as cast from './cast.ts';
import type { Dice } from './dice.ts';
import * as records from './records.ts';
import { type Entry, uriIn } from './repository.ts';
import type { Scene } from './scene.ts';
import { OURS } from './soundness.ts';
import { tid } from './tid.ts';

export function post(scene: Scene, dice: Dice): StreamEvent[] {
  const did = scene.writer(dice);
  const name = dice.weighted([
    [6, 'story'],
    [4, 'topic'],
    [2, 'crosspost'],
  ] as const);
  const record = postRecord(scene, dice, name);
  const other = scene.posts.length > 0 && dice.once(10) ? dice.one(scene.posts).split('/').at(-1) : undefined;
  const rkey = other ?? scene.rkey(dice.below(4));
  const event = scene.put(did, OURS + name, rkey, record);
  scene.posts.push(uriIn(did, event));
  return [event];
}

function postRecord(scene: Scene, dice: Dice, name: 'story' | 'topic' | 'crosspost'): JsonObject {
  const space = scene.space(dice);
  const words = { section: dice.once(3) ? dice.one(cast.SECTION_IDS) : null, tags: records.someTags(dice) };
  if (name === 'crosspost') return records.crosspost(space, scene.target(dice), words.section, scene.createdAt(dice));
  return records.post(name, space, scene.createdAt(dice), { ...words, labelled: dice.once(8) });
}

function replyRecord(scene: Scene, dice: Dice): JsonObject {
  const root = scene.target(dice);
  const parent = scene.replies.length > 0 && dice.once(3) ? dice.one(scene.replies) : root;
  return records.reply(scene.spaceOf(root, dice), root, parent, scene.createdAt(dice), dice.once(8));
}

export function reply(scene: Scene, dice: Dice): StreamEvent[] {
  const did = scene.writer(dice);
  const event = scene.put(did, `${OURS}reply`, scene.rkey(dice.below(4)), replyRecord(scene, dice));
  scene.replies.push(uriIn(did, event));
  return [event];
}

export function like(scene: Scene, dice: Dice): StreamEvent[] {
  const target = dice.once(4) && scene.replies.length > 0 ? dice.one(scene.replies.slice(-3)) : scene.target(dice);
  const record = records.like(scene.spaceOf(target, dice), target, scene.createdAt(dice));
  const did = dice.once(3) ? scene.busy() : scene.writer(dice);
  return [scene.put(did, `${OURS}like`, scene.rkey(dice.below(4)), record)];
}

function rewritten(scene: Scene, dice: Dice, { collection, record }: Entry): JsonObject {
  const name = collection.slice(OURS.length);
  const createdAt = dice.once(3) ? scene.createdAt(dice) : (record?.createdAt ?? scene.createdAt(dice));
  const space = dice.once(4) ? scene.space(dice) : (record?.space ?? scene.space(dice));
  if (name === 'reply') {
    const place = dice.once(3) && record ? { root: record.root, parent: record.parent } : {};
    return { ...replyRecord(scene, dice), ...(place as JsonObject), createdAt, space };
  }
  if (name === 'like') return { ...records.like('', scene.target(dice), ''), createdAt, space };
  return { ...postRecord(scene, dice, name as 'story'), createdAt, space };
}

/** Other words, another section, another thread, another space. */
export function edit(scene: Scene, dice: Dice): StreamEvent[] {
  const found = scene.entry(dice, ({ collection, record }) => record !== null && records.isContent(collection));
  if (!found) return [];
  const { did, entry } = found;
  return [scene.put(did, entry.collection, entry.rkey, rewritten(scene, dice, entry))];
}

export function remove(scene: Scene, dice: Dice): StreamEvent[] {
  const found =
    (dice.once(3) ? scene.recent(dice) : null) ??
    scene.entry(dice, ({ collection, record }) => record !== null && records.isRemovable(collection));
  if (found) return [scene.repository(found.did).remove(found.entry.collection, found.entry.rkey, scene.now)];
  return [scene.repository(dice.one(scene.present())).remove(`${OURS}story`, scene.rkey(29), scene.now)];
}

export function recreate(scene: Scene, dice: Dice): StreamEvent[] {
  const found = scene.entry(dice, ({ collection, record }) => record === null && records.isContent(collection));
  if (!found) return [];
  const { did, entry } = found;
  return [scene.put(did, entry.collection, entry.rkey, rewritten(scene, dice, entry))];
}

/** What must be refused, at a new key or as a version of something that is there. */
export function spoil(scene: Scene, dice: Dice): StreamEvent[] {
  const found = dice.once(2) ? scene.entry(dice, ({ collection }) => records.isContent(collection)) : null;
  const did = found?.did ?? scene.writer(dice);
  const entry: Entry = found?.entry ?? { collection: `${OURS}story`, rkey: scene.rkey(1), record: null };
  const record = rewritten(scene, dice, entry);
  const event = scene.put(did, entry.collection, entry.rkey, records.spoiled(dice, record));
  if (!dice.once(3)) return [event];
  const rev = dice.one([tid((scene.telling.now + 3_600_000 + dice.below(1000)) * 1000), 'zzzzzzzzzzzzz', 'yesterday']);
  return dice.once(2) ? [{ ...event, record, rev }] : [{ ...event, record: null, cid: null, operation: 'delete', rev }];
}

/** Records of others' lexicons, by each of the rules. */
export function further(scene: Scene, dice: Dice): StreamEvent[] {
  const [did, space] = [scene.writer(dice), scene.space(dice)];
  const kind = dice.one([cast.COMMENT, cast.ESSAY, cast.BADGE, cast.FORBIDDEN]);
  const rkey = kind === cast.BADGE ? space : scene.rkey(2);
  const words = { $type: kind, title: 'From elsewhere', text: 'Words.', createdAt: scene.createdAt(dice) };
  const subject = { uri: dice.one(scene.anchors), cid: cast.cidOf(1) };
  const record = {
    ...words,
    ...(kind === cast.COMMENT ? { subject } : {}),
    ...(kind === cast.ESSAY || kind === cast.FORBIDDEN ? { community: space } : {}),
  };
  return [scene.put(did, kind, rkey, dice.once(5) ? { ...record, space } : record)];
}
