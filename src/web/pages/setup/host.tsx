// The hostname of the space: one to choose, and how the chosen one stands.
import type { HostCheck } from '../../../actions/founding/host.ts';
import type { Founding } from '../../../domain/founding.ts';
import { say } from '../../messages.ts';
import { Field, Form } from '../../parts/form.tsx';
import { StepFrame } from './frame.tsx';

export interface HostStepProps {
  founding: Founding;
  token: string | null;
  alert: string | null;
  /** Where names are given; null where the founder brings one. */
  domain: string | null;
  /** Of the instance. */
  home: string;
  checks: HostCheck[];
  typed: { label: string; host: string };
}

export const HostStep = (props: HostStepProps) => (
  <StepFrame founding={props.founding} here="host" alert={props.alert}>
    <p>{say.setup.hostText}</p>
    {props.founding.host && <Standing {...props} name={props.founding.host.name} />}
    {props.domain && <OfDomain {...props} domain={props.domain} />}
    <Form action="/setup/host" token={props.token} class="fields">
      <Field id="host" label={say.setup.hostOwn} hint={say.setup.hostOwnHint}>
        <input
          {...{ id: 'host', name: 'host', value: props.typed.host, required: true, maxlength: 253 }}
          {...{
            autocomplete: 'off',
            autocapitalize: 'none',
            spellcheck: false,
            inputmode: 'url',
            'aria-describedby': 'host-hint',
          }}
        />
      </Field>
      <button type="submit">{say.setup.chooseHost}</button>
    </Form>
  </StepFrame>
);

const OfDomain = ({ token, domain, typed }: HostStepProps & { domain: string }) => (
  <Form action="/setup/host" token={token} class="fields">
    <Field id="label" label={say.setup.hostOfDomain} hint={say.setup.hostOfDomainHint(domain)}>
      <input
        {...{ id: 'label', name: 'label', value: typed.label, required: true, maxlength: 63 }}
        {...{ autocomplete: 'off', autocapitalize: 'none', spellcheck: false, 'aria-describedby': 'label-hint' }}
      />
    </Field>
    <button type="submit">{say.setup.chooseHost}</button>
  </Form>
);

const Standing = ({ founding, token, home, checks, name }: HostStepProps & { name: string }) => (
  <section aria-labelledby="checks">
    <p>
      <strong>{say.setup.hostIs(name)}</strong>
    </p>
    <h2 id="checks">{say.setup.hostChecks}</h2>
    <ul class="rows" aria-labelledby="checks">
      {checks.map(({ what, isRight, isNeeded }) => (
        <li>
          <span>
            {isRight ? say.setup.hostRight(what) : say.setup.hostMend(what, name, home, founding.group?.did ?? '')}
          </span>
          <span class="chip">{isRight ? say.setup.isRight : isNeeded ? say.setup.toMend : say.setup.optional}</span>
        </li>
      ))}
    </ul>
    <p class="hint">{say.setup.hostHandle(name)}</p>
    <div class="acts">
      {founding.host?.isVerified ? (
        <a class="button" href="/setup">
          {say.setup.goOnStep}
        </a>
      ) : (
        <Form action="/setup/host" token={token} values={{ host: name }}>
          <button type="submit">{say.setup.lookAgain}</button>
        </Form>
      )}
    </div>
  </section>
);
