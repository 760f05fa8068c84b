// The first page of a founding: who may, and how far it is.
import { type Founding, nextStep } from '../../../domain/founding.ts';
import { say } from '../../messages.ts';
import { Alert, Field, Form } from '../../parts/form.tsx';
import { withQuery } from '../../site.ts';
import { Steps } from './frame.tsx';

export interface StartProps {
  token: string | null;
  isSignedIn: boolean;
  /** What has been begun, where they may go on with it. */
  founding: Founding | null;
  /** Why they may not begin without a code; null where they may. */
  mayNot: string | null;
  code: string;
  alert: string | null;
}

export const StartText = (props: StartProps) => (
  <div class="reading narrow founding">
    <h1>{say.setup.foundSpace}</h1>
    {props.alert && <Alert>{props.alert}</Alert>}
    <p>{say.setup.setupText}</p>
    <Body {...props} />
  </div>
);

function Body({ token, isSignedIn, founding, mayNot, code }: StartProps) {
  if (!isSignedIn) {
    return (
      <>
        <p>{say.setup.setupSignIn}</p>
        <p>
          <a class="button" href={withQuery('/login', { next: withQuery('/setup', { code }) })}>
            {say.setup.signInAsYourself}
          </a>
        </p>
      </>
    );
  }
  return founding ? <GoOn founding={founding} token={token} /> : <Begin {...{ token, mayNot, code }} />;
}

const Begin = ({ token, mayNot, code }: Pick<StartProps, 'token' | 'mayNot' | 'code'>) => (
  <>
    {mayNot && <p>{mayNot}</p>}
    <Form action="/setup/begin" token={token} class="fields">
      {(mayNot !== null || code !== '') && (
        <Field id="code" label={say.setup.code} hint={say.setup.codeHint}>
          <input
            id="code"
            name="code"
            value={code}
            required={mayNot !== null}
            maxlength={100}
            autocomplete="off"
            spellcheck={false}
            aria-describedby="code-hint"
          />
        </Field>
      )}
      <button type="submit">{say.setup.begin}</button>
    </Form>
  </>
);

function GoOn({ founding, token }: { founding: Founding; token: string | null }) {
  const next = nextStep(founding);
  return (
    <>
      <nav class="steps" aria-label={say.setup.stepsNav}>
        <Steps founding={founding} here={null} />
      </nav>
      <p>
        <a class="button" href={`/setup/${next ?? 'open'}`}>
          {next ? say.setup.goOnWith(next) : say.setup.openDoors}
        </a>
      </p>
      <Form action="/setup/drop" token={token} class="fields">
        <p class="hint">{say.setup.giveUpText}</p>
        <button type="submit" class="quiet">
          {say.setup.giveUp}
        </button>
      </Form>
    </>
  );
}
