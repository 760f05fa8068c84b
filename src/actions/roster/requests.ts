// Asking to be let in, and deciding about it. Answers are private: they are kept here until it is decided.
import { tell } from '../../db/personal.ts';
import { applicationOf, standingRow } from '../../db/queries/roster.ts';
import { answersTo, isHeld, mayApplyAt } from '../../domain/admission.ts';
import type { Did } from '../../domain/model.ts';
import { refuse } from '../../domain/outcome.ts';
import { refusalOf } from '../../domain/permission.ts';
import type { OwnDeps } from '../own.ts';
import { type Acted, type Actor, putHalf, rolesWith } from './halves.ts';

/** `answers` in the order of the space's questions. Asking once more replaces what was answered before. */
export async function apply({ space, standing }: Actor, answers: string[], deps: OwnDeps): Acted {
  const refused = refusalOf(standing, { do: 'apply' });
  if (refused) return refused;
  const now = deps.clock.now();
  const again = mayApplyAt(await applicationOf(deps.db, space.did, standing.did), now);
  if (again !== null) return refuse('TooSoon', `this was declined; ask again after ${new Date(again).toISOString()}`);
  const given = answersTo(space.joinQuestions, answers);
  if ('missing' in given) return refuse('AnswerRequired', `"${given.missing}" must be answered`);
  const { did } = standing;
  const taken = await deps.indexer.roster({ order: 'apply', space: space.did, did, answers: given });
  if (!taken) return refuse('TooMany', 'too many ask to join just now: try again later');
  if (isHeld(space)) await deps.indexer.roster({ order: 'hold', space: space.did, did, joined: true });
  return null;
}

export async function withdraw({ space, standing: { did } }: Actor, deps: OwnDeps): Acted {
  const application = await applicationOf(deps.db, space.did, did);
  if (application?.state !== 'open') return refuse('NotFound', 'you have not asked to join');
  await deps.indexer.roster({ order: 'settle', space: space.did, did });
  if (isHeld(space)) await deps.indexer.roster({ order: 'hold', space: space.did, did, joined: false });
  return null;
}

async function asks({ space }: Actor, did: Did, deps: OwnDeps): Acted {
  const [application, { member, banned }] = await Promise.all([
    applicationOf(deps.db, space.did, did),
    standingRow(deps.db, space.did, did, deps.clock.now()),
  ]);
  const isOpen = (application?.state === 'open' || member?.joined) && !member?.admitted && !banned;
  return isOpen ? null : refuse('MemberNotFound', 'nobody of this name asks to join');
}

export async function accept(actor: Actor, did: Did, deps: OwnDeps): Acted {
  const { space, standing } = actor;
  const refused = refusalOf(standing, { do: 'admit' }) ?? (await asks(actor, did, deps));
  if (refused) return refused;
  const failed = await putHalf(space, did, rolesWith(space, null), standing.did, deps);
  if (!failed) await deps.indexer.roster({ order: 'settle', space: space.did, did });
  return failed;
}

/** `reason` is told to the applicant. */
export async function decline(actor: Actor, { did, reason }: { did: Did; reason: string }, deps: OwnDeps): Acted {
  const { space, standing } = actor;
  const refused = refusalOf(standing, { do: 'admit' }) ?? (await asks(actor, did, deps));
  if (refused) return refused;
  await deps.indexer.roster({ order: 'decline', space: space.did, did, reason });
  if (isHeld(space)) await deps.indexer.roster({ order: 'hold', space: space.did, did, joined: false });
  await tell(deps.db, { did, space: space.did, reason: 'declined', detail: reason }, deps.clock.now());
  return null;
}
