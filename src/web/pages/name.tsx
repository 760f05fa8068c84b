// A member's name below the hostname of the space, and how it becomes their handle.
import { NAME_LENGTH } from '../../domain/names.ts';
import { say } from '../messages.ts';
import { Alert, Field, Form } from '../parts/form.tsx';
import type { Site } from '../site.ts';

export interface NameProps {
  site: Site;
  /** What names stand before. */
  host: string;
  /** Theirs; null without one. */
  name: string | null;
  isGiven: boolean;
  mayTake: boolean;
  maySwitch: boolean;
  typed: string;
  alert: string | null;
}

export const NAME = '/account/name';

export const NameText = (props: NameProps) => {
  const { host, isGiven, alert, maySwitch, name, mayTake } = props;
  return (
    <div class="reading narrow">
      <h1>{say.yourName}</h1>
      {alert && <Alert>{alert}</Alert>}
      {isGiven ? <p>{say.nameText(host)}</p> : <p class="note">{say.noNames}</p>}
      {name !== null && <Held {...props} name={name} />}
      {isGiven && name === null && (mayTake ? <Take {...props} /> : <p class="note">{say.nameMembersOnly}</p>)}
      {maySwitch && <Switch {...props} />}
    </div>
  );
};

const Held = ({ site: { guest }, host, name, isGiven }: NameProps & { name: string }) => (
  <>
    <p>
      {say.yourNameIs}{' '}
      <strong>
        <bdi>
          {name}.{host}
        </bdi>
      </strong>
    </p>
    {isGiven && (
      <>
        <h2>{say.nameSteps}</h2>
        <ol>
          {say.nameStepsList(`${name}.${host}`).map((step) => (
            <li>{step}</li>
          ))}
        </ol>
      </>
    )}
    <p class="hint">{say.nameKept}</p>
    <Form action={`${NAME}/drop`} token={guest.token}>
      <button type="submit" class="quiet">
        {say.giveBackName}
      </button>
    </Form>
  </>
);

const Take = ({ site: { guest }, host, typed }: NameProps) => (
  <Form action={NAME} token={guest.token} class="fields">
    <Field id="name" label={say.nameField} hint={say.nameHint(host)}>
      <input
        {...{ id: 'name', name: 'name', value: typed, required: true, maxlength: NAME_LENGTH.most }}
        autocapitalize="none"
        autocomplete="off"
        spellcheck={false}
        aria-describedby="name-hint"
      />
    </Field>
    <p>
      <button type="submit">{say.takeName}</button>
    </p>
  </Form>
);

const Switch = ({ site: { guest }, isGiven }: NameProps) => (
  <Form action={`${NAME}/switch`} token={guest.token} values={{ give: isGiven ? null : '1' }} class="fields">
    {isGiven && <p class="hint">{say.namesAreGiven}</p>}
    <p>
      <button type="submit" class="quiet">
        {isGiven ? say.stopNames : say.giveNames}
      </button>
    </p>
  </Form>
);
