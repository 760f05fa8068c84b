// The account of the space: made now, or there already; and signing in as it.
import type { Founding, FoundingGroup } from '../../../domain/founding.ts';
import type { ServerTerms } from '../../../ports/new-accounts.ts';
import { say } from '../../messages.ts';
import { Field, Form } from '../../parts/form.tsx';
import { StepFrame } from './frame.tsx';

interface Common {
  founding: Founding;
  token: string | null;
  alert: string | null;
}

export interface GroupStepProps extends Common {
  /** The one that was chosen; null where another is wanted. */
  group: FoundingGroup | null;
  server: string;
  subject: string;
}

export const GroupStep = ({ founding, token, alert, group, server, subject }: GroupStepProps) => (
  <StepFrame founding={founding} here="group" alert={alert}>
    {group ? <Chosen group={group} token={token} /> : <Choice token={token} server={server} subject={subject} />}
  </StepFrame>
);

const Chosen = ({ group, token }: { group: FoundingGroup; token: string | null }) => (
  <>
    <p>
      <strong>
        <bdi>{say.setup.groupIs(group.handle ?? group.did)}</bdi>
      </strong>
      <br />
      <span class="hint">{group.did}</span>
    </p>
    <p>{say.setup.groupAt(group.pds)}</p>
    <p>{group.recoveryKey ? say.setup.hasRecoveryKey : say.setup.hasNoRecoveryKey}</p>
    {group.recoveryKey && <p class="hint key">{group.recoveryKey}</p>}
    <p>{group.isConnected ? say.setup.groupConnected : say.setup.groupNotConnected}</p>
    <div class="acts">
      {group.isConnected ? (
        <a class="button" href="/setup">
          {say.setup.goOnStep}
        </a>
      ) : (
        <Form action="/setup/group/connect" token={token}>
          <button type="submit">{say.setup.connectGroup}</button>
        </Form>
      )}
      <a href="/setup/group?other=1">{say.setup.anotherAccount}</a>
    </div>
  </>
);

const Choice = ({ token, server, subject }: Pick<GroupStepProps, 'token' | 'server' | 'subject'>) => (
  <>
    <h2>{say.setup.makeAccount}</h2>
    <p>{say.setup.makeAccountText}</p>
    <Form action="/setup/group/server" token={token} class="fields">
      <Field id="server" label={say.setup.server} hint={say.setup.serverHint}>
        <input
          id="server"
          name="server"
          value={server}
          required
          maxlength={300}
          inputmode="url"
          aria-describedby="server-hint"
        />
      </Field>
      <button type="submit">{say.setup.askServer}</button>
    </Form>
    <h2>{say.setup.haveAccount}</h2>
    <p>{say.setup.haveAccountText}</p>
    <Form action="/setup/group/name" token={token} class="fields">
      <Field id="subject" label={say.setup.groupHandle} hint={say.handleHint}>
        <input
          {...{ id: 'subject', name: 'subject', value: subject, required: true, maxlength: 300 }}
          {...{ autocomplete: 'off', autocapitalize: 'none', spellcheck: false, 'aria-describedby': 'subject-hint' }}
        />
      </Field>
      <button type="submit">{say.setup.connectGroup}</button>
    </Form>
  </>
);

export interface MakeProps extends Common {
  terms: ServerTerms;
  /** As typed, but for the password. */
  typed: { name: string; domain: string; email: string; invite: string; recovery: string };
}

export const MakeStep = ({ founding, token, alert, terms, typed }: MakeProps) => (
  <StepFrame founding={founding} here="group" alert={alert}>
    <h2>{say.setup.makeAt(new URL(terms.pds).host)}</h2>
    <ServerLinks terms={terms} />
    {terms.needsPhone ? (
      <p>{say.setup.needsPhone}</p>
    ) : (
      <Form action="/setup/group/make" token={token} values={{ server: terms.pds }} class="fields">
        <div class="details">
          <Field id="name" label={say.setup.accountName} hint={say.setup.accountNameHint}>
            <input
              {...{ id: 'name', name: 'name', value: typed.name, required: true, maxlength: 63 }}
              {...{ autocomplete: 'off', autocapitalize: 'none', spellcheck: false, 'aria-describedby': 'name-hint' }}
            />
          </Field>
          <Field id="domain" label={say.setup.ending}>
            <select id="domain" name="domain">
              {terms.domains.map((domain) => (
                <option value={domain} selected={domain === typed.domain}>
                  {domain}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <Field id="email" label={say.setup.email} hint={say.setup.emailHint}>
          <input
            {...{ id: 'email', name: 'email', type: 'email', value: typed.email, required: true }}
            maxlength={300}
            aria-describedby="email-hint"
          />
        </Field>
        <Field id="password" label={say.setup.password} hint={say.setup.passwordHint}>
          <input
            {...{ id: 'password', name: 'password', type: 'password', required: true, minlength: 8, maxlength: 256 }}
            {...{ autocomplete: 'new-password', 'aria-describedby': 'password-hint' }}
          />
        </Field>
        {terms.needsInvite && (
          <Field id="invite" label={say.setup.inviteCode} hint={say.setup.inviteHint}>
            <input
              id="invite"
              name="invite"
              value={typed.invite}
              required
              maxlength={200}
              aria-describedby="invite-hint"
            />
          </Field>
        )}
        <Recovery recovery={typed.recovery} />
        <button type="submit">{say.setup.make}</button>
      </Form>
    )}
  </StepFrame>
);

const ServerLinks = ({ terms: { termsOfService, privacyPolicy } }: { terms: ServerTerms }) => (
  <p class="acts">
    {termsOfService && (
      <a href={termsOfService} rel="noreferrer nofollow">
        {say.setup.terms}
      </a>
    )}
    {privacyPolicy && (
      <a href={privacyPolicy} rel="noreferrer nofollow">
        {say.setup.privacy}
      </a>
    )}
  </p>
);

/** The script makes the key and fills the field; without it a key that was made elsewhere will do. */
const Recovery = ({ recovery }: { recovery: string }) => (
  <fieldset id="recovery-box">
    <legend>{say.setup.recovery}</legend>
    <p>{say.setup.recoveryText}</p>
    <Field id="recovery" label={say.setup.recoveryField} hint={say.setup.recoveryHint}>
      <input
        {...{ id: 'recovery', name: 'recovery', value: recovery, maxlength: 100 }}
        {...{ autocomplete: 'off', spellcheck: false, 'aria-describedby': 'recovery-hint' }}
      />
    </Field>
  </fieldset>
);
