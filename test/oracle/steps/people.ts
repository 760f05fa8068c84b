/** What happens to accounts and spaces: the world changes, the stream says so or not. */
import type { Of } from '../script.ts';
import type { Stage } from '../stage.ts';

/**
 * What a server said before must have been heard before it says something else. And nobody may be asked after just now, when the
 * word is that of a deletion, or of somebody not met yet: the index would take the time of asking, which here is weeks later than
 * the time of the event, for that of the word.
 */
export async function account(stage: Stage, { did, events, word }: Of<'account'>): Promise<void> {
  if (stage.unsettled.has(did) || stage.isNew(did) || word === 'deleted') await stage.quiet();
  stage.world.account(events, word);
  stage.hear(did, word);
  await stage.tell(events);
}

export async function word(stage: Stage, { did, word: said }: Of<'word'>): Promise<void> {
  await stage.quiet();
  stage.world.word(did, said);
  stage.hear(did, said);
}

export function slow({ rig }: Stage, { ms }: Of<'slow'>): void {
  rig.servers.delayMs = ms;
}

export async function identity(stage: Stage, { did, handle, isMutual, server }: Of<'identity'>): Promise<void> {
  const person = stage.rig.servers.person(did);
  if (person.handle !== handle) stage.coverage.count('handle change');
  if (!isMutual) stage.coverage.count('handle invalid');
  if (person.server !== server) stage.coverage.count('PDS move');
  Object.assign(person, { handle, isMutual, server });
  await stage.tell([{ kind: 'identity', did }]);
}

export async function removeSpace(stage: Stage, { did }: Of<'remove-space'>): Promise<void> {
  await stage.atRest();
  stage.world.remove(did);
  await stage.rig.worker.tell('remove-space', did);
}

export async function addSpace(stage: Stage, { did, visibility }: Of<'add-space'>): Promise<void> {
  await stage.atRest();
  await stage.addSpace(did, visibility);
}
