// The sections of the site.
import { NSID } from '../../domain/collections.ts';
import { newProfile, type SectionDraft, sectionProblem, sectionsRecord, withKinds } from '../../domain/settings.ts';
import { say } from '../messages.ts';
import { SectionsForm } from '../pages/settings/sections.tsx';
import type { Env } from '../writing/desk.ts';
import { TAKEN } from '../writing/kinds.ts';
import { CHANGED, given, ownRecord, refusedPage, replacing, save, settingsPage, type Told, toPart } from './desk.tsx';

const MOST = 20;
const NEW: SectionDraft = { id: '', name: '', collections: [], order: 99 };

const shown = (env: Env, drafts: SectionDraft[], seen: string, told: Told | null = null): Response => {
  const { token } = env.place.site.guest;
  return settingsPage(env, 'sections', <SectionsForm token={token} drafts={drafts} seen={seen} />, told);
};

export async function sectionsPage(env: Env): Promise<Response> {
  const refused = refusedPage(env, 'sections');
  if (refused) return refused;
  const { cid } = await ownRecord(env, NSID.profile);
  const { sections } = env.place.site.space.policy;
  return shown(env, [...sections.map((section, i) => ({ ...section, order: i + 1 })), NEW], cid);
}

export async function saveSections(env: Env, request: Request): Promise<Response> {
  const form = await given(env, request, 'sections');
  if (form instanceof Response) return form;
  const { cid, value } = await ownRecord(env, NSID.profile);
  const seen = form.fields.get('seen') ?? '';
  const drafts = draftsFrom(env, form.fields);
  const again = (told: Told): Response => shown(env, drafts, seen, told);
  if (form.told) return again(form.told);
  if (cid !== seen) return again(CHANGED);
  const removed = new Set(form.fields.getAll('remove'));
  const wanted = drafts.filter(({ id, name }, i) => !removed.has(String(i)) && (id !== '' || name.trim() !== ''));
  const problem = sectionProblem(wanted);
  if (problem) return again({ alert: say.sectionProblems[problem], status: 400 });
  const { did } = env.place.site.space;
  const before = value ?? newProfile(did, new Date(env.web.own.clock.now()).toISOString());
  const record = sectionsRecord(before, wanted);
  const act = { act: 'put' as const, collection: NSID.profile, rkey: 'self', record, ...replacing(seen) };
  const told = await save(env, form.writer.standing.did, act);
  return told ? again(told) : toPart('sections');
}

/** Ids of sections that are there are taken as they are there: a form cannot change them. */
function draftsFrom(env: Env, fields: URLSearchParams): SectionDraft[] {
  const there = env.place.site.space.policy.sections;
  const [names, orders, about] = ['name', 'order', 'about'].map((name) => fields.getAll(name)) as [
    string[],
    string[],
    string[],
  ];
  const takes = new Set(fields.getAll('takes'));
  return fields
    .getAll('id')
    .slice(0, MOST + 1)
    .map((id, i) => {
      const taken = Object.entries(TAKEN).filter(([kind]) => takes.has(`${i} ${kind}`));
      const known = there.find((section) => section.id === id);
      return {
        ...{ id: id.trim(), name: names[i] ?? '', description: about[i] ?? '' },
        collections: withKinds(
          known?.collections ?? [],
          taken.map(([, collection]) => collection),
        ),
        order: Number(orders[i]) || 0,
      };
    });
}
