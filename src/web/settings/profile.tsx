// What the space is, who may join and post.
import { NSID } from '../../domain/collections.ts';
import type { JsonObject } from '../../domain/model.ts';
import { newProfile, type ProfileDraft, profileDraft, profileProblem, profileRecord } from '../../domain/settings.ts';
import { say } from '../messages.ts';
import { ProfileForm } from '../pages/settings/profile.tsx';
import type { Env } from '../writing/desk.ts';
import {
  CHANGED,
  type Given,
  given,
  isTold,
  ownRecord,
  refusedPage,
  replacing,
  save,
  settingsPage,
  type Told,
  toPart,
  uploaded,
} from './desk.tsx';

const PICTURES = ['avatar', 'banner'];

interface Shown {
  draft: ProfileDraft;
  seen: string;
  value: JsonObject;
}

const shown = (env: Env, { draft, seen, value }: Shown, told: Told | null = null): Response => {
  const has = { avatar: value.avatar !== undefined, banner: value.banner !== undefined };
  const { token } = env.place.site.guest;
  return settingsPage(env, 'profile', <ProfileForm token={token} draft={draft} seen={seen} has={has} />, told);
};

export async function profilePage(env: Env): Promise<Response> {
  const refused = refusedPage(env, 'profile');
  if (refused) return refused;
  const { cid: seen, value } = await ownRecord(env, NSID.profile);
  return shown(env, { draft: profileDraft(value ?? {}), seen, value: value ?? {} });
}

export async function saveProfile(env: Env, request: Request): Promise<Response> {
  const form = await given(env, request, 'profile');
  if (form instanceof Response) return form;
  const { cid, value } = await ownRecord(env, NSID.profile);
  const seen = form.fields.get('seen') ?? '';
  const draft = draftFrom(form);
  const again = (told: Told): Response => shown(env, { draft, seen, value: value ?? {} }, told);
  if (form.told) return again(form.told);
  if (cid !== seen) return again(CHANGED);
  const problem = profileProblem(draft);
  if (problem) return again({ alert: say.invalid(say.profileProblems[problem]), status: 400 });
  const { did } = env.place.site.space;
  const before = value ?? newProfile(did, new Date(env.web.own.clock.now()).toISOString());
  const record = await withPictures(env, form, profileRecord(before, draft));
  if (isTold(record)) return again(record);
  const act = { act: 'put' as const, collection: NSID.profile, rkey: 'self', record, ...replacing(seen) };
  const told = await save(env, form.writer.standing.did, act);
  return told ? again(told) : toPart('profile');
}

function draftFrom({ fields }: Given): ProfileDraft {
  const text = (name: string): string => fields.get(name) ?? '';
  const required = new Set(fields.getAll('required'));
  return {
    ...{ displayName: text('displayName'), description: text('description'), url: text('url'), langs: text('langs') },
    ...{ joinPolicy: text('joinPolicy'), postPolicy: text('postPolicy'), visibility: text('visibility') },
    joinQuestions: fields
      .getAll('question')
      .slice(0, 5)
      .map((question, i) => ({ text: question, required: required.has(String(i)) })),
  };
}

async function withPictures(env: Env, form: Given, record: JsonObject): Promise<JsonObject | Told> {
  const removed = new Set(form.fields.getAll('remove'));
  for (const name of PICTURES) {
    if (removed.has(name)) delete record[name];
    const blob = await uploaded(env, form, name);
    if (blob && isTold(blob)) return blob as Told;
    if (blob) record[name] = blob;
  }
  return record;
}
