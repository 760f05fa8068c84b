// The rules of the space.
import { NSID } from '../../domain/collections.ts';
import type { RecordItem } from '../../domain/model.ts';
import { type RuleDraft, ruleRecord } from '../../domain/settings.ts';
import type { RepoAct } from '../../ports/accounts.ts';
import { RulesForms, type ShownRule } from '../pages/settings/rules.tsx';
import type { Env } from '../writing/desk.ts';
import { CHANGED, given, ownRecord, ownRecords, refusedPage, save, settingsPage, type Told, toPart } from './desk.tsx';

const NEW: ShownRule = { rkey: '', seen: '', draft: { title: '', text: '', order: '' } };

const ruleOf = ({ uri, cid, value }: RecordItem): ShownRule => ({
  ...{ rkey: uri.split('/').at(-1) ?? '', seen: cid },
  draft: {
    ...{ title: String(value.title ?? ''), text: String(value.text ?? '') },
    order: typeof value.order === 'number' ? String(value.order) : '',
  },
});

const place = ({ draft }: ShownRule): number => (draft.order === '' ? Number.MAX_SAFE_INTEGER : Number(draft.order));

/** `typed`: what somebody sent, in the place of what is there. */
async function shown(env: Env, typed: ShownRule | null = null, told: Told | null = null): Promise<Response> {
  const there = (await ownRecords(env, NSID.rule)).map(ruleOf).toSorted((a, b) => place(a) - place(b));
  const rules = [...there, NEW].map((rule) => (rule.rkey === typed?.rkey ? typed : rule));
  return settingsPage(env, 'rules', <RulesForms token={env.place.site.guest.token} rules={rules} />, told);
}

export const rulesPage = async (env: Env): Promise<Response> => refusedPage(env, 'rules') ?? shown(env);

export async function saveRule(env: Env, request: Request): Promise<Response> {
  const form = await given(env, request, 'rules');
  if (form instanceof Response) return form;
  const { fields, writer } = form;
  const text = (name: string): string => fields.get(name) ?? '';
  const draft = { title: text('title'), text: text('text'), order: text('order') };
  const typed = { rkey: text('rkey'), seen: text('seen'), draft };
  if (form.told) return shown(env, typed, form.told);
  const act = await actFor(env, typed, fields.has('delete') ? null : draft);
  const told = act === null ? CHANGED : await save(env, writer.standing.did, act);
  return told ? shown(env, typed, told) : toPart('rules');
}

/** Null where the rule is another by now. `draft` null: it is deleted. */
async function actFor(env: Env, { rkey, seen }: ShownRule, draft: RuleDraft | null): Promise<RepoAct | null> {
  const collection = NSID.rule;
  const { did } = env.place.site.space;
  if (rkey === '') return draft && { act: 'create', collection, record: ruleRecord(did, null, draft) };
  const { cid, value } = await ownRecord(env, collection, rkey);
  if (cid !== seen || seen === '') return null;
  if (draft === null) return { act: 'delete', collection, rkey, swap: seen };
  return { act: 'put', collection, rkey, record: ruleRecord(did, value, draft), swap: seen };
}
