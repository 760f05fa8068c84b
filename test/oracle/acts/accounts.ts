/** Accounts that come and go, by the stream's word and by their own servers'. */
import type { AccountEvent } from '../../../src/domain/event.ts';
import type { Did } from '../../../src/domain/model.ts';
import type { Dice } from '../../model/dice.ts';
import type { Step } from '../script.ts';
import { PAUSE_MS, type Simulator } from '../simulate.ts';

/** What was said last of each account. */
export class Accounts {
  readonly status = new Map<Did, string>();
  /** Whose servers say nothing. */
  readonly silent = new Set<Did>();
}

const INACTIVE = ['deactivated', 'takendown', 'suspended', 'throttled', 'deleted'];

/** One of the authors, or the one of whom there is something to take back. */
function someone({ dice, scene, standing }: Simulator): Did {
  const inactive = [...standing.status].flatMap(([did, status]) => (status === 'active' ? [] : [did]));
  return inactive.length > 0 && dice.once(2) ? dice.one(inactive) : dice.one(scene.present());
}

/** Mostly the server agrees; sometimes it denies, says something else, or nothing at all. */
function wordFor(status: string, dice: Dice): string | null {
  if (status === 'deleted')
    return dice.weighted([
      [4, 'deleted'],
      [2, 'active'],
      [1, 'deactivated'],
      [1, null],
    ] as const);
  const other = status === 'active' ? 'deactivated' : 'active';
  return dice.weighted([
    [6, status],
    [3, other],
    [1, null],
  ] as const);
}

const eventOf = (it: Simulator, did: Did, status: string): AccountEvent => {
  it.scene.goOn(it.dice);
  return { kind: 'account', did, status, at: it.scene.now };
};

export function account(it: Simulator, did = someone(it)): Step[] {
  const { dice, standing } = it;
  if (standing.silent.has(did)) return speakAgain(it, did);
  const was = standing.status.get(did) ?? 'active';
  const status = was === 'active' ? dice.one(INACTIVE) : dice.once(4) ? dice.one(INACTIVE) : 'active';
  const word = wordFor(status, dice);
  note(it, did, status, word);
  const said: Step = { do: 'account', did, events: [eventOf(it, did, status)], word };
  return [said, { do: 'tell', events: it.some(3) }];
}

/** An earlier word comes after a later one. */
export function outOfOrder(it: Simulator): Step[] {
  const did = someone(it);
  if (it.standing.silent.has(did)) return speakAgain(it, did);
  const earlier = eventOf(it, did, it.dice.one(['active', ...INACTIVE]));
  const later = eventOf(it, did, it.dice.one(['active', 'active', 'deactivated', 'suspended']));
  const word = wordFor(later.status, it.dice);
  note(it, did, later.status, word);
  return [{ do: 'account', did, events: [later, earlier], word }];
}

/** The account moves while the server that it leaves is still to answer. */
export function leaving(it: Simulator): Step[] {
  const { dice, people } = it;
  const did = someone(it);
  const was = people.of(did);
  const home = { ...was, server: (1 - was.server) as 0 | 1 };
  people.set(did, home);
  const asked = account(it, did).map((step) => (step.do === 'tell' ? { ...step, pause: 2 * PAUSE_MS } : step));
  return [{ do: 'slow', ms: 40 + dice.below(80) }, ...asked, { do: 'identity', did, ...home }];
}

/** Nobody listens while an account goes, or comes back. */
export function unheard(it: Simulator): { did: Did; word: string }[] {
  const { dice, standing } = it;
  const did = someone(it);
  if (standing.silent.has(did)) return [];
  const was = standing.status.get(did) ?? 'active';
  const word = was === 'active' ? dice.one(['deactivated', 'suspended', 'takendown', 'deleted']) : 'active';
  standing.status.set(did, word);
  return [{ did, word }];
}

function speakAgain(it: Simulator, did: Did): Step[] {
  it.standing.silent.delete(did);
  const status = it.standing.status.get(did) ?? 'active';
  return [{ do: 'word', did, word: it.dice.once(3) ? 'active' : status }];
}

function note({ standing }: Simulator, did: Did, status: string, word: string | null): void {
  standing.status.set(did, status);
  if (word === null) standing.silent.add(did);
}
