// Keeping what is not finished: for its author alone, and only where they might publish it.
import { DRAFTS, type Draft, refuseDraft } from '../domain/drafts.ts';
import type { Did, JsonObject } from '../domain/model.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import { refusalOf, type Standing } from '../domain/permission.ts';
import type { Clock } from '../ports/clock.ts';
import type { DraftsPort } from '../ports/drafts.ts';

export interface DraftDeps {
  accounts: DraftsPort;
  clock: Clock;
}

/** Of one space, or of all: what an export gives. The last changed first. */
export async function listDrafts(
  did: Did,
  space: Did | null,
  { accounts }: Pick<DraftDeps, 'accounts'>,
): Promise<Draft[]> {
  const all = (await accounts.drafts(did, { order: 'list' })) ?? [];
  return all.filter((draft) => space === null || draft.space === space);
}

export async function findDraft(did: Did, id: string, deps: Pick<DraftDeps, 'accounts'>): Promise<Draft | Refusal> {
  const found = (await listDrafts(did, null, deps)).find((draft) => draft.id === id);
  return found ?? refuse('RecordNotFound', 'you have no such draft');
}

/** `id` null for a new one. */
export async function saveDraft(
  standing: Standing,
  { id, space, record }: { id: string | null; space: Did; record: JsonObject },
  { accounts, clock }: DraftDeps,
): Promise<Draft | Refusal> {
  const draft = { id: id ?? crypto.randomUUID(), space, updatedAt: clock.now(), record };
  const refused = refusalOf(standing, { do: 'draft' }) ?? refuseDraft(draft);
  if (refused) return refused;
  const kept = await accounts.drafts(standing.did, { order: 'put', draft });
  const full = `there is room for ${DRAFTS.most} drafts, of ${DRAFTS.length} characters together: delete some first`;
  return kept === null ? refuse('TooManyDrafts', full) : draft;
}

/** One that is not there is none to be deleted. */
export const deleteDraft = async (did: Did, id: string, { accounts }: Pick<DraftDeps, 'accounts'>): Promise<void> =>
  void (await accounts.drafts(did, { order: 'delete', id }));

/** All that an account began to write, in whatever space. */
export const eraseDrafts = async (did: Did, { accounts }: Pick<DraftDeps, 'accounts'>): Promise<void> =>
  void (await accounts.drafts(did, { order: 'erase' }));
