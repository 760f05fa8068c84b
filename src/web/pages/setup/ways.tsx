// How the space works and looks: who joins, posts and sees it, its sections, its look.
import type { Founding, Ways } from '../../../domain/founding.ts';
import {
  JOIN_POLICIES,
  kindOf,
  POST_POLICIES,
  SECTION_KINDS,
  SECTION_ROWS,
  VISIBILITIES,
} from '../../../domain/founding-input.ts';
import { THEME_PRESETS, type ThemePreset } from '../../../domain/theme-presets.ts';
import { say } from '../../messages.ts';
import { Choices } from '../../parts/choices.tsx';
import { Field, Form } from '../../parts/form.tsx';
import { StepFrame } from './frame.tsx';

export interface SectionRow {
  name: string;
  kind: string;
  id: string;
}

export interface WaysTyped extends Omit<Ways, 'sections' | 'instances' | 'joinPolicy' | 'postPolicy' | 'visibility'> {
  joinPolicy: string;
  postPolicy: string;
  visibility: string;
  instances: string;
  rows: SectionRow[];
}

export interface WaysStepProps {
  founding: Founding;
  token: string | null;
  alert: string | null;
  typed: WaysTyped;
}

export const typedOf = ({ sections, instances, ...ways }: Ways): WaysTyped => ({
  ...ways,
  instances: instances.map((did) => did.replace(/^did:web:/, '')).join('\n'),
  rows: sections.map((section) => ({ name: section.name, id: section.id, kind: kindOf(section) })),
});

export const WaysStep = ({ founding, token, alert, typed }: WaysStepProps) => (
  <StepFrame founding={founding} here="ways" alert={alert}>
    <Form action="/setup/ways" token={token} class="fields">
      <Choices
        name="join"
        legend={say.setup.whoJoins}
        value={typed.joinPolicy}
        options={JOIN_POLICIES.map((one) => [one, say.setup.joins[one]])}
      />
      <Choices
        name="post"
        legend={say.setup.whoPosts}
        value={typed.postPolicy}
        options={POST_POLICIES.map((one) => [one, say.posting[one]])}
      />
      <Choices
        {...{ name: 'visibility', legend: say.setup.whoSees, value: typed.visibility }}
        options={VISIBILITIES.map((one) => [one, say.setup.visibilities[one]])}
      />
      <Discovery typed={typed} />
      <Sections rows={typed.rows} />
      <Look theme={typed.theme} />
      <button type="submit">{say.setup.saveStep}</button>
    </Form>
  </StepFrame>
);

const Discovery = ({ typed }: { typed: WaysTyped }) => (
  <div>
    <p class="choices">
      <label>
        <input type="checkbox" name="external" value="1" checked={typed.external} aria-describedby="external-hint" />{' '}
        {say.setup.external}
      </label>
    </p>
    <p class="hint" id="external-hint">
      {say.setup.externalHint}
    </p>
    <Field id="instances" label={say.setup.instances} hint={say.setup.instancesHint}>
      <textarea id="instances" name="instances" rows={2} maxlength={10_000} aria-describedby="instances-hint">
        {typed.instances}
      </textarea>
    </Field>
  </div>
);

/** Shown at once; the others when they are asked for. */
const FIRST_ROWS = 3;

const Sections = ({ rows }: { rows: SectionRow[] }) => (
  <fieldset>
    <legend>{say.setup.sectionsHeading}</legend>
    <p class="hint">{say.setup.sectionsText}</p>
    <p class="hint" id="section-id-hint">
      {say.setup.sectionIdHint}
    </p>
    <Rows rows={rows} from={0} to={FIRST_ROWS} />
    <details open={rows.slice(FIRST_ROWS).some(({ name }) => name !== '')}>
      <summary>{say.setup.moreSections}</summary>
      <Rows rows={rows} from={FIRST_ROWS} to={SECTION_ROWS} />
    </details>
  </fieldset>
);

const Rows = ({ rows, from, to }: { rows: SectionRow[]; from: number; to: number }) => (
  <>
    {Array.from({ length: to - from }, (_, index) => (
      <SectionFields number={from + index + 1} row={rows[from + index] ?? { name: '', kind: 'both', id: '' }} />
    ))}
  </>
);

const SectionFields = ({ number, row }: { number: number; row: SectionRow }) => (
  <div class="details">
    <Field id={`section-${number}`} label={say.setup.sectionName(number)}>
      <input id={`section-${number}`} name={`section-${number}`} value={row.name} maxlength={640} dir="auto" />
    </Field>
    <Field id={`kind-${number}`} label={say.setup.sectionTakes(number)}>
      <select id={`kind-${number}`} name={`kind-${number}`}>
        {(Object.keys(SECTION_KINDS) as (keyof typeof SECTION_KINDS)[]).map((kind) => (
          <option value={kind} selected={kind === row.kind}>
            {say.setup.kinds[kind]}
          </option>
        ))}
      </select>
    </Field>
    <Field id={`id-${number}`} label={say.setup.sectionId(number)}>
      <input
        id={`id-${number}`}
        name={`id-${number}`}
        value={row.id}
        maxlength={64}
        aria-describedby="section-id-hint"
      />
    </Field>
  </div>
);

const Look = ({ theme }: { theme: string }) => (
  <fieldset class="choices">
    <legend>{say.setup.look}</legend>
    {THEME_PRESETS.map((preset) => (
      <label>
        <input type="radio" name="theme" value={preset.id} checked={preset.id === theme} required />{' '}
        <Swatch preset={preset} /> {preset.name}
      </label>
    ))}
  </fieldset>
);

/** As attributes: pages allow no styles of their own. */
const Swatch = ({ preset: { light, dark } }: { preset: ThemePreset }) => (
  <svg width="72" height="24" viewBox="0 0 72 24" aria-hidden="true">
    {[light, dark].map(({ background, text, accent }, index) => (
      <g transform={`translate(${index * 36} 0)`}>
        <rect width="36" height="24" fill={background} stroke={text} />
        <rect x="6" y="6" width="12" height="12" fill={accent} />
        <rect x="22" y="8" width="9" height="2" fill={text} />
        <rect x="22" y="14" width="6" height="2" fill={text} />
      </g>
    ))}
  </svg>
);
