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
    <p>{say.setup.stewardsText}</p>
    <Form action="/setup/stewards" token={token} class="fields">
      <Field id="stewards" label={say.setup.otherStewards} hint={say.setup.otherStewardsHint}>
        <textarea
          {...{ id: 'stewards', name: 'stewards', rows: 4, maxlength: 10_000 }}
          {...{ autocapitalize: 'none', spellcheck: false, 'aria-describedby': 'stewards-hint' }}
        >
          {typed}
        </textarea>
      </Field>
      <button type="submit">{say.setup.saveStep}</button>
    </Form>
  </StepFrame>
);

export const OpenStep = ({ founding, token, alert }: Props) => (
  <StepFrame founding={founding} here="open" alert={alert}>
    {isDecided(founding) ? (
      <>
        <Summary founding={founding} />
        <p>{say.setup.openText}</p>
        {founding.ways.visibility === 'private' && <p>{say.setup.openPrivate}</p>}
        <Form action="/setup/open" token={token}>
          <button type="submit">{say.setup.openDoors}</button>
        </Form>
      </>
    ) : (
      <p>{say.setup.notAllDecided}</p>
    )}
  </StepFrame>
);

function Summary({ founding: { group, host, about, ways, stewards } }: { founding: Decided }) {
  const rows = [
    [say.setup.steps.group, group.handle ?? group.did],
    [say.setup.steps.host, host.name],
    [say.setup.spaceName, about.displayName],
    [say.setup.description, about.description],
    [say.setup.whoJoins, say.setup.joins[ways.joinPolicy]],
    [say.setup.whoPosts, say.posting[ways.postPolicy]],
    [say.setup.whoSees, say.setup.visibilities[ways.visibility]],
    [say.setup.sectionsHeading, ways.sections.map(({ name }) => name).join(', ')],
    [say.setup.look, presetOf(ways.theme)?.name ?? ''],
    [say.setup.otherStewards, stewards.map(({ did, handle }) => handle ?? did).join(', ')],
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
