// The sections of the site: the form.
import type { SectionDraft } from '../../../domain/settings.ts';
import { say } from '../../messages.ts';
import { Field, Form } from '../../parts/form.tsx';
import { TAKEN } from '../../writing/kinds.ts';

interface Props {
  token: string | null;
  /** The last one is new. */
  drafts: SectionDraft[];
  seen: string;
}

export const SectionsForm = ({ token, drafts, seen }: Props) => (
  <Form action="/settings/sections" token={token} values={{ seen }} class="fields boxes">
    <p>{say.sectionsText}</p>
    {drafts.map((draft, i) => (
      <SectionFields draft={draft} i={i} isNew={i === drafts.length - 1} />
    ))}
    <p class="acts">
      <button type="submit">{say.save}</button>
    </p>
  </Form>
);

const SectionFields = ({ draft, i, isNew }: { draft: SectionDraft; i: number; isNew: boolean }) => (
  <fieldset>
    <legend>{isNew ? say.newSection : say.sectionNamed(draft.name)}</legend>
    <div class="details">
      <Field id={`name-${i}`} label={say.sectionName}>
        <input id={`name-${i}`} name="name" value={draft.name} maxlength={64} dir="auto" />
      </Field>
      {isNew ? (
        <Field id={`id-${i}`} label={say.sectionId} hint={say.sectionIdHint}>
          <input id={`id-${i}`} name="id" value={draft.id} maxlength={64} aria-describedby={`id-${i}-hint`} />
        </Field>
      ) : (
        <input type="hidden" name="id" value={draft.id} />
      )}
      <Field id={`order-${i}`} label={say.sectionOrder}>
        <input id={`order-${i}`} name="order" type="number" min={0} max={999} value={draft.order} />
      </Field>
    </div>
    <Field id={`about-${i}`} label={say.spaceDescription}>
      <input id={`about-${i}`} name="about" value={draft.description ?? ''} maxlength={2000} dir="auto" />
    </Field>
    {(Object.keys(TAKEN) as (keyof typeof TAKEN)[]).map((kind) => (
      <label class="tick">
        <input type="checkbox" name="takes" value={`${i} ${kind}`} checked={draft.collections.includes(TAKEN[kind])} />{' '}
        {say.sectionTakes}: {say.sectionKinds[kind]}
      </label>
    ))}
    {!isNew && (
      <label class="tick">
        <input type="checkbox" name="remove" value={i} /> {say.sectionRemove}
      </label>
    )}
  </fieldset>
);
