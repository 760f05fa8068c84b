// What all pages of the settings have in common: who may be there, the record as it was seen, and what came of a change.
import type { Child } from 'hono/jsx';
import { readied } from '../../actions/pictures.ts';
import { MAX_PICTURE, PICTURE_TYPES } from '../../domain/founding.ts';
import type { Did, JsonObject, RecordItem } from '../../domain/model.ts';
import { isRefusal, type Refusal } from '../../domain/outcome.ts';
import { type Deed, refusalOf } from '../../domain/permission.ts';
import type { NotWritten, RepoAct } from '../../ports/accounts.ts';
import { readOwnRecord, readRecords } from '../../reads/index.ts';
import { say } from '../messages.ts';
import { SettingsFrame } from '../pages/settings/frame.tsx';
import { failurePage, placePage } from '../respond.tsx';
import { leadTo } from '../sign-in/door.ts';
import { type Env, failure, type Sent, sent, toSignIn } from '../writing/desk.ts';
import { PATHS, type Part } from './parts.ts';

/** Roles are the group's own matter, all else the space's. */
const deedOf = (part: Part): Deed => ({ do: part === 'roles' ? 'configure-group' : 'configure-space' });

/** Parts that the visitor may change. */
export const partsFor = ({ place: { site } }: Env): Part[] =>
  (Object.keys(PATHS) as Part[]).filter(
    (part) => site.standing !== null && refusalOf(site.standing, deedOf(part)) === null,
  );

export interface Told {
  alert: string;
  status: number;
}

export function settingsPage(env: Env, part: Part, body: Child, told: Told | null = null): Response {
  const frame = (
    <SettingsFrame
      parts={partsFor(env)}
      part={part}
      alert={told?.alert ?? null}
      isSaved={env.url.searchParams.has('saved')}
    >
      {body}
    </SettingsFrame>
  );
  return placePage(env.place, say.settings, frame, { status: told?.status ?? 200 });
}

/** Null for who may be here. Who may not is not told that it is there. */
export function refusedPage(env: Env, part: Part): Response | null {
  if (!env.place.site.standing) return toSignIn(env);
  return partsFor(env).includes(part) ? null : failurePage(env.place, 404);
}

export type Given = Sent & { writer: NonNullable<Sent['writer']>; told: Told | null };

/** What a form sent; what speaks against it is told with what was typed. */
export async function given(env: Env, request: Request, part: Part): Promise<Given | Response> {
  const form = await sent(env, request);
  if (form instanceof Response) return form;
  const { writer, alert, status } = form;
  if (!writer) return toSignIn(env);
  if (!partsFor(env).includes(part)) return failurePage(env.place, 404);
  return { ...form, writer, told: alert === null ? null : { alert, status } };
}

const MOST = 100;

/** The group's own records of a collection. */
export async function ownRecords({ web, place: { site } }: Env, collection: string): Promise<RecordItem[]> {
  const { space } = site;
  const found = await readRecords(web.read, space, { collection, repo: space.did, limit: MOST });
  return isRefusal(found) ? [] : found.items;
}

export interface OwnRecord {
  /** '' where there is none. */
  cid: string;
  value: JsonObject | null;
}

export async function ownRecord(env: Env, collection: string, rkey = 'self'): Promise<OwnRecord> {
  const { web, place } = env;
  return (await readOwnRecord(web.read, place.site.space, collection, rkey)) ?? { cid: '', value: null };
}

/** In the place of the version that the form began from. Null when it is done. */
export async function save(env: Env, by: Did, act: RepoAct): Promise<Told | null> {
  const { web, place } = env;
  const outcome = await web.own.groups.apply(place.site.space.did, { acts: [act], isBatch: false }, by);
  web.read.spaces.forget();
  return 'failed' in outcome || isRefusal(outcome) ? whyNot(outcome as NotWritten | Refusal) : null;
}

function whyNot(outcome: NotWritten | Refusal): Told {
  if (isRefusal(outcome)) {
    const isApart = outcome.refusal === 'GroupNotConnected';
    return isApart ? { alert: say.groupNotWritten['signed-out'], status: 409 } : failure(outcome);
  }
  return { alert: say.groupNotWritten[outcome.failed], status: failure(outcome).status };
}

/** `seen`: the cid of the version, '' for none. */
export const replacing = (seen: string): { swap: string | null } => ({ swap: seen === '' ? null : seen });

export const CHANGED: Told = { alert: say.groupNotWritten.changed, status: 409 };

export const toPart = (part: Part): Response => leadTo(`${PATHS[part]}?saved=1`);

/** The picture of this field, put into the group's repository; null where none was chosen. */
export async function uploaded(env: Env, form: Given, name: string): Promise<JsonObject | Told | null> {
  const file = form.files.find((one) => one.name === name && one.bytes?.length !== 0);
  if (!file) return null;
  const ready = file.bytes === null || file.bytes.length > MAX_PICTURE ? 'too-large' : readied(file.bytes);
  if (typeof ready === 'string' || !PICTURE_TYPES.includes(ready.type)) {
    return { alert: ready === 'too-large' ? say.pictureTooLarge : say.pictureUnreadable, status: 400 };
  }
  const { did } = env.place.site.space;
  const answer = await env.web.own.groups.upload(did, ready.bytes, ready.type, form.writer.standing.did);
  return 'blob' in answer ? answer.blob : whyNot(answer);
}

export const isTold = (value: object): value is Told => 'alert' in value;
