// The rules of the space: a form for each.
import type { RuleDraft } from '../../../domain/settings.ts';
import { say } from '../../messages.ts';
import { Field, Form } from '../../parts/form.tsx';

export interface ShownRule {
  /** '' for a new one. */
  rkey: string;
  seen: string;
  draft: RuleDraft;
}

export const RulesForms = ({ token, rules }: { token: string | null; rules: ShownRule[] }) => (
  <>
    {rules.map((rule, i) => (
      <RuleForm token={token} rule={rule} i={i} />
    ))}
  </>
);

const RuleForm = ({ token, rule: { rkey, seen, draft }, i }: { token: string | null; rule: ShownRule; i: number }) => (
  <details class="box" open={rkey === ''}>
    <summary>{rkey === '' ? say.newRule : say.ruleNamed(draft.title)}</summary>
    <Form action="/settings/rules" token={token} values={{ rkey, seen }} class="fields">
      <Field id={`title-${i}`} label={say.ruleTitle}>
        <input id={`title-${i}`} name="title" value={draft.title} required maxlength={64} dir="auto" />
      </Field>
      <Field id={`text-${i}`} label={say.ruleText} hint={say.markdownHint}>
        <textarea id={`text-${i}`} name="text" rows={4} maxlength={2000} dir="auto" aria-describedby={`text-${i}-hint`}>
          {draft.text}
        </textarea>
      </Field>
      <Field id={`order-${i}`} label={say.ruleOrder}>
        <input id={`order-${i}`} name="order" type="number" min={0} max={9999} value={draft.order} />
      </Field>
      <p class="acts">
        <button type="submit">{rkey === '' ? say.addRule : say.save}</button>
        {rkey !== '' && (
          <button type="submit" name="delete" value="1" class="quiet" formnovalidate>
            {say.deleteRule}
          </button>
        )}
      </p>
    </Form>
  </details>
);
