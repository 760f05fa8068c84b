// A member's own half of a membership: a record in their own repository; and the group's, where that takes whoever comes.
import { isHeld } from '../domain/admission.ts';
import { NSID } from '../domain/collections.ts';
import { beginRecord } from '../domain/compose.ts';
import type { Did, SpaceDetails } from '../domain/model.ts';
import type { Refusal } from '../domain/outcome.ts';
import { confirmsAtOnce, refusalOf } from '../domain/permission.ts';
import { isDone, type Outcome, type OwnDeps, type Writer, writeOwn } from './own.ts';
import { type Acted, type Actor, dropHalf, putHalf, rolesWith } from './roster/halves.ts';

export async function join(writer: Writer, deps: OwnDeps): Promise<Outcome> {
  const { space, standing } = writer;
  if (isHeld(space)) return outcomeOf(await joinHeld(writer, deps));
  const record = beginRecord(NSID.join, space.did, new Date(deps.clock.now()).toISOString());
  const act = { act: 'put' as const, collection: NSID.join, rkey: space.did, record };
  const outcome = await writeOwn(writer, { do: 'join' }, act, deps);
  if (!isDone(outcome)) return outcome;
  if (confirmsAtOnce(standing)) await confirm(space, standing.did, deps);
  if (standing.admitted) await answered(writer, deps);
  return outcome;
}

/** Where the roster is private both halves are kept here, and nothing is written anywhere else. */
export async function joinHeld(actor: Actor, deps: OwnDeps): Acted {
  const { space, standing } = actor;
  const refused = refusalOf(standing, { do: 'join' });
  if (refused) return refused;
  const { did } = standing;
  if (standing.isInside) return null;
  await deps.indexer.roster({ order: 'hold', space: space.did, did, joined: true });
  if (confirmsAtOnce(standing)) await putHalf(space, did, rolesWith(space, null), did, deps);
  if (standing.admitted) await answered(actor, deps);
  return null;
}

const answered = ({ space, standing: { did } }: Actor, deps: OwnDeps): Promise<boolean> =>
  deps.indexer.roster({ order: 'answer', space: space.did, did, answer: 'accepted' });

/** False where the group account is not connected, or its server is away: the join stands by itself until it is confirmed. */
export async function confirm(space: SpaceDetails, member: Did, deps: OwnDeps): Promise<boolean> {
  if (!(await deps.groups.connection(space.did)).isConnected) return false;
  return (await putHalf(space, member, rolesWith(space, null), member, deps)) === null;
}

export async function leave(writer: Writer, deps: OwnDeps): Promise<Outcome> {
  const { space } = writer;
  if (isHeld(space)) return outcomeOf(await leaveHeld(writer, deps));
  const kept = await spared(writer, deps);
  if (kept) return kept;
  const act = { act: 'delete' as const, collection: NSID.join, rkey: space.did };
  const outcome = await writeOwn(writer, { do: 'leave' }, act, deps);
  if (isDone(outcome)) await forgetAsking(writer, deps);
  return outcome;
}

export async function leaveHeld(actor: Actor, deps: OwnDeps): Acted {
  const { space, standing } = actor;
  const kept = await spared(actor, deps);
  if (kept) return kept;
  await forgetAsking(actor, deps);
  return dropHalf(space, standing.did, standing.did, deps);
}

/** Whoever left of themselves may come again by the same link; whoever was put out may not, and whoever was declined asks no sooner. */
async function forgetAsking({ space, standing: { did } }: Actor, deps: OwnDeps): Promise<void> {
  await deps.indexer.roster({ order: 'settle', space: space.did, did, leaves: true });
  await deps.indexer.roster({ order: 'unname', space: space.did, did, leaves: true });
}

/** Who has no role keeps nothing. */
const spared = async ({ space, standing: { did, roles } }: Actor, deps: OwnDeps): Acted =>
  roles.length === 0 ? null : deps.indexer.spare(space.did, { change: 'out', did });

/** Of what is no record anywhere. */
const outcomeOf = (refused: Refusal | null): Outcome => refused ?? { uri: '' };
