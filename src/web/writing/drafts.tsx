// What is not finished: kept with one press, listed, gone on with, thrown away, and gone once it is published.
import { deleteDraft, findDraft, listDrafts, saveDraft } from '../../actions/drafts.ts';
import type { Writer } from '../../actions/own.ts';
import { type Draft, isDraftId } from '../../domain/drafts.ts';
import type { JsonObject } from '../../domain/model.ts';
import { isRefusal, type Refusal } from '../../domain/outcome.ts';
import { say } from '../messages.ts';
import { DraftsText } from '../pages/drafts.tsx';
import { placePage } from '../respond.tsx';
import { leadTo } from '../sign-in/door.ts';
import { type Env, failure, sent, toSignIn, writerOf } from './desk.ts';
import { keyIn } from './key.ts';

/** The button that keeps a draft, and the field that names the one at hand. */
export const SAVE = 'save-draft';
export const DRAFT = 'draft';

export async function draftsPage(env: Env, alert: string | null = null, status = 200): Promise<Response> {
  const { place, web } = env;
  const writer = writerOf(env);
  if (!writer) return toSignIn(env);
  const drafts = await listDrafts(writer.standing.did, writer.space.did, web.own);
  return placePage(place, say.drafts, <DraftsText site={place.site} alert={alert} drafts={drafts} />, { status });
}

/** Null where there is no such draft of this space. */
export async function draftAt({ web, place }: Env, writer: Writer, id: string | null): Promise<Draft | null> {
  const found = id === null ? null : await findDraft(writer.standing.did, id, web.own);
  return found && !isRefusal(found) && found.space === place.site.space.did ? found : null;
}

/** A new draft is known by the key of its form, so that the form keeps one draft however often it is sent. */
const idIn = ({ url }: Env, fields: URLSearchParams): string | null => {
  const id = fields.get(DRAFT) ?? keyIn(url) ?? '';
  return isDraftId(id) ? id : null;
};

/** On to the list of them; or why it could not be kept. */
export async function keepDraft(
  env: Env,
  { standing }: Writer,
  fields: URLSearchParams,
  record: JsonObject,
): Promise<Response | Refusal> {
  const draft = { id: idIn(env, fields), space: env.place.site.space.did, record };
  const saved = await saveDraft(standing, draft, env.web.own);
  return isRefusal(saved) ? saved : leadTo('/write/drafts');
}

/** What was published is no draft any more. */
export async function forgetDraft(env: Env, { standing }: Writer, fields: URLSearchParams): Promise<void> {
  const id = idIn(env, fields);
  if (id !== null) await deleteDraft(standing.did, id, env.web.own);
}

export async function throwAway(env: Env, request: Request): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { fields, writer, alert } = given;
  if (alert || !writer) return draftsPage(env, alert, given.status);
  await forgetDraft(env, writer, fields);
  return leadTo('/write/drafts');
}

/** Why a draft could not be kept, beside the form that still holds it. */
export const notKept = (refused: Refusal): { alert: string; status: number } =>
  refused.refusal === 'TooManyDrafts' ? { alert: say.tooManyDrafts, status: 400 } : failure(refused);
