// Signing in: one field, and what will happen.
import type { Problem } from '../../auth/sign-in.ts';
import { say } from '../messages.ts';
import { Alert, Field, Form } from '../parts/form.tsx';
import { withQuery } from '../site.ts';

export interface SignInProps {
  /** Of the place. */
  name: string;
  token: string;
  next: string;
  /** As it was given, where it was no good. */
  who: string;
  problem: Problem | null;
  /** The instance's own host, whose sign-in may be shared; null on that host itself. */
  hub: { host: string; origin: string } | null;
  /** Origins of servers where an account may be made. */
  servers: string[];
}

export const SignInText = ({ name, token, next, who, problem, hub, servers }: SignInProps) => (
  <div class="reading narrow">
    <h1 dir="auto">{say.signInTo(name)}</h1>
    {problem && <Alert>{say.problem(problem)}</Alert>}
    <p>{say.signInText}</p>
    <Form action="/login" token={token} values={{ next }} class="fields">
      <Field id="who" label={say.handle} hint={say.handleHint}>
        <input
          id="who"
          name="who"
          value={who}
          required
          maxlength={2048}
          autocomplete="username"
          autocapitalize="none"
          autocorrect="off"
          spellcheck={false}
          inputmode="url"
          list="names"
          aria-describedby="who-hint"
          aria-invalid={problem && who !== '' ? 'true' : undefined}
        />
        <datalist id="names" />
      </Field>
      <button type="submit">{say.goOn}</button>
    </Form>
    <p class="hint">{say.signInAllows}</p>
    {servers.length > 0 && (
      <>
        <h2>{say.noAccount}</h2>
        {servers.map((server) => (
          <Form action="/login" token={token} values={{ next, server }} class="fields">
            <button type="submit">{say.makeAccount(new URL(server).host)}</button>
          </Form>
        ))}
        <p class="hint">{say.noAccountText}</p>
      </>
    )}
    {hub && (
      <p>
        {say.useSignInText}{' '}
        <a href={withQuery('/login/pull', { from: hub.origin, next })}>{say.useSignInOf(hub.host)}</a>
      </p>
    )}
  </div>
);
