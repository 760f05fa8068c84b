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
        <bdi>{say.groupIs(group.handle ?? group.did)}</bdi>
      </strong>
      <br />
      <span class="hint">{group.did}</span>
    </p>
    <p>{say.groupAt(group.pds)}</p>
    <p>{group.recoveryKey ? say.hasRecoveryKey : say.hasNoRecoveryKey}</p>
    {group.recoveryKey && <p class="hint key">{group.recoveryKey}</p>}
    <p>{group.isConnected ? say.groupConnected : say.groupNotConnected}</p>
    <div class="acts">
      {group.isConnected ? (
        <a class="button" href="/setup">
          {say.goOnStep}
        </a>
      ) : (
        <Form action="/setup/group/connect" token={token}>
          <button type="submit">{say.connectGroup}</button>
        </Form>
      )}
      <a href="/setup/group?other=1">{say.anotherAccount}</a>
    </div>
  </>
);

const Choice = ({ token, server, subject }: Pick<GroupStepProps, 'token' | 'server' | 'subject'>) => (
  <>
    <h2>{say.makeAccount}</h2>
    <p>{say.makeAccountText}</p>
    <Form action="/setup/group/server" token={token} class="fields">
      <Field id="server" label={say.server} hint={say.serverHint}>
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
      <button type="submit">{say.askServer}</button>
    </Form>
    <h2>{say.haveAccount}</h2>
    <p>{say.haveAccountText}</p>
    <Form action="/setup/group/name" token={token} class="fields">
      <Field id="subject" label={say.groupHandle} hint={say.handleHint}>
        <input
          {...{ id: 'subject', name: 'subject', value: subject, required: true, maxlength: 300 }}
          {...{ autocomplete: 'off', autocapitalize: 'none', spellcheck: false, 'aria-describedby': 'subject-hint' }}
        />
      </Field>
      <button type="submit">{say.connectGroup}</button>
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
    <h2>{say.makeAt(new URL(terms.pds).host)}</h2>
    <ServerLinks terms={terms} />
    {terms.needsPhone ? (
      <p>{say.needsPhone}</p>
    ) : (
      <Form action="/setup/group/make" token={token} values={{ server: terms.pds }} class="fields">
        <div class="details">
          <Field id="name" label={say.accountName} hint={say.accountNameHint}>
            <input
              {...{ id: 'name', name: 'name', value: typed.name, required: true, maxlength: 63 }}
              {...{ autocomplete: 'off', autocapitalize: 'none', spellcheck: false, 'aria-describedby': 'name-hint' }}
            />
          </Field>
          <Field id="domain" label={say.ending}>
            <select id="domain" name="domain">
              {terms.domains.map((domain) => (
                <option value={domain} selected={domain === typed.domain}>
                  {domain}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <Field id="email" label={say.email} hint={say.emailHint}>
          <input
            {...{ id: 'email', name: 'email', type: 'email', value: typed.email, required: true }}
            maxlength={300}
            aria-describedby="email-hint"
          />
        </Field>
        <Field id="password" label={say.password} hint={say.passwordHint}>
          <input
            {...{ id: 'password', name: 'password', type: 'password', required: true, minlength: 8, maxlength: 256 }}
            {...{ autocomplete: 'new-password', 'aria-describedby': 'password-hint' }}
          />
        </Field>
        {terms.needsInvite && (
          <Field id="invite" label={say.inviteCode} hint={say.inviteHint}>
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
        <button type="submit">{say.make}</button>
      </Form>
    )}
  </StepFrame>
);

const ServerLinks = ({ terms: { termsOfService, privacyPolicy } }: { terms: ServerTerms }) => (
  <p class="acts">
    {termsOfService && (
      <a href={termsOfService} rel="noreferrer nofollow">
        {say.terms}
      </a>
    )}
    {privacyPolicy && (
      <a href={privacyPolicy} rel="noreferrer nofollow">
        {say.privacy}
      </a>
    )}
  </p>
);

/** The script makes the key and fills the field; without it a key that was made elsewhere will do. */
const Recovery = ({ recovery }: { recovery: string }) => (
  <fieldset id="recovery-box">
    <legend>{say.recovery}</legend>
    <p>{say.recoveryText}</p>
    <Field id="recovery" label={say.recoveryField} hint={say.recoveryHint}>
      <input
        {...{ id: 'recovery', name: 'recovery', value: recovery, maxlength: 100 }}
        {...{ autocomplete: 'off', spellcheck: false, 'aria-describedby': 'recovery-hint' }}
      />
    </Field>
  </fieldset>
);
