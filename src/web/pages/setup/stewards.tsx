// Who acts for the space from the beginning, and opening its doors.
import type { Founding } from '../../../domain/founding.ts';
import { type Decided, isDecided } from '../../../domain/founding-records.ts';
import { presetOf } from '../../../domain/theme-presets.ts';
import { say } from '../../messages.ts';
import { Field, Form } from '../../parts/form.tsx';
import { StepFrame } from './frame.tsx';

interface Props {
  founding: Founding;
  token: string | null;
  alert: string | null;
}

export const StewardsStep = ({ founding, token, alert, typed }: Props & { typed: string }) => (
  <StepFrame founding={founding} here="stewards" alert={alert}>
    <p>{say.stewardsText}</p>
    <Form action="/setup/stewards" token={token} class="fields">
      <Field id="stewards" label={say.otherStewards} hint={say.otherStewardsHint}>
        <textarea
          {...{ id: 'stewards', name: 'stewards', rows: 4, maxlength: 10_000 }}
          {...{ autocapitalize: 'none', spellcheck: false, 'aria-describedby': 'stewards-hint' }}
        >
          {typed}
        </textarea>
      </Field>
      <button type="submit">{say.saveStep}</button>
    </Form>
  </StepFrame>
);

export const OpenStep = ({ founding, token, alert }: Props) => (
  <StepFrame founding={founding} here="open" alert={alert}>
    {isDecided(founding) ? (
      <>
        <Summary founding={founding} />
        <p>{say.openText}</p>
        {founding.ways.visibility === 'private' && <p>{say.openPrivate}</p>}
        <Form action="/setup/open" token={token}>
          <button type="submit">{say.openDoors}</button>
        </Form>
      </>
    ) : (
      <p>{say.notAllDecided}</p>
    )}
  </StepFrame>
);

function Summary({ founding: { group, host, about, ways, stewards } }: { founding: Decided }) {
  const rows = [
    [say.steps.group, group.handle ?? group.did],
    [say.steps.host, host.name],
    [say.spaceName, about.displayName],
    [say.description, about.description],
    [say.whoJoins, say.joins[ways.joinPolicy]],
    [say.whoPosts, say.posting[ways.postPolicy]],
    [say.whoSees, say.visibilities[ways.visibility]],
    [say.sectionsHeading, ways.sections.map(({ name }) => name).join(', ')],
    [say.look, presetOf(ways.theme)?.name ?? ''],
    [say.otherStewards, stewards.map(({ did, handle }) => handle ?? did).join(', ')],
  ];
  return (
    <dl class="summary">
      {rows
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </>
        ))}
    </dl>
  );
}
