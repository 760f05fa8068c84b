/** What happens to memberships, policies and accounts, and what only pretends to. */
import type { StreamEvent } from '../../src/domain/event.ts';
import type { JsonObject } from '../../src/domain/model.ts';
import * as cast from './cast.ts';
import type { Dice } from './dice.ts';
import * as records from './records.ts';
import type { Scene } from './scene.ts';
import { OURS } from './soundness.ts';
import { tid } from './tid.ts';

export function membership(scene: Scene, dice: Dice): StreamEvent[] {
  const [did, group] = [dice.one(scene.authors), dice.one(scene.groups)];
  const joined = scene.repository(did).entries.get(`${OURS}actor.join/${group}`)?.record;
  const admitted = scene.repository(group).entries.get(`${OURS}space.membership/${did}`)?.record;
  if (dice.once(2) && !scene.gone.has(did)) {
    if (!joined) return [scene.join(did, group)];
    return [scene.repository(did).remove(`${OURS}actor.join`, group, scene.now)];
  }
  if (!admitted || dice.once(2))
    return [scene.admit(did, group, dice.one([[], ['writer'], ['reader'], ['reader', 'writer']]))];
  return [scene.repository(group).remove(`${OURS}space.membership`, did, scene.now)];
}

export function govern(scene: Scene, dice: Dice): StreamEvent[] {
  const group = dice.one(scene.groups);
  if (dice.once(3)) {
    const granting = dice.one([
      { writer: ['post'] },
      { reader: ['post', 'label'], writer: [] },
      { writer: ['govern'] },
      {},
    ]);
    return [scene.put(group, `${OURS}space.permissions`, 'self', cast.permissions(group, granting))];
  }
  const policy = dice.one(['anyone', 'members', 'roles', 'only-the-wise', null]);
  const profile = cast.profile(group, policy, dice.one(scene.telling.sections), scene.time());
  return [scene.put(group, `${OURS}space.profile`, 'self', profile)];
}

/** Deleting is the last thing one does, and somebody stays. */
export function account(scene: Scene, dice: Dice): StreamEvent[] {
  const did = dice.once(2) ? scene.busy() : scene.writer(dice);
  const mayGo = scene.present().length > scene.authors.length / 2 && !scene.groups.includes(did) && dice.once(6);
  const status = mayGo
    ? 'deleted'
    : dice.one(['active', 'active', 'deactivated', 'takendown', 'suspended', 'throttled']);
  if (mayGo) scene.gone.add(did);
  return [{ kind: 'account', did, status, at: scene.now }];
}

/** What only a group may say, said by others or of others. */
export function forge(scene: Scene, dice: Dice): StreamEvent[] {
  const [did, group] = [scene.writer(dice), dice.one(scene.groups)];
  if (did === group) return [];
  const [path, rkey, record] = dice.one<[string, string, JsonObject]>([
    ['space.profile', 'self', cast.profile(group, 'anyone', null, scene.time())],
    ['space.membership', did, records.membership(group, did, ['writer'], scene.time())],
    ['space.rule', scene.rkey(3), records.rule(group)],
    ['actor.join', group, records.half('actor.join', cast.ELSEWHERE, scene.time())],
  ]);
  const rev = tid(scene.now * 1000, 9);
  const forged = {
    kind: 'record',
    did,
    collection: OURS + path,
    rkey,
    rev,
    operation: 'create',
    snapshot: false,
  } as const;
  return [{ ...forged, cid: cast.cidOf(2), record }];
}
