// Around every step of a founding: which steps there are, and how far one is.
import type { Child } from 'hono/jsx';
import { FOUNDING_STEPS, type Founding, type FoundingStep, isDone } from '../../../domain/founding.ts';
import { say } from '../../messages.ts';
import { Alert } from '../../parts/form.tsx';

interface Props {
  founding: Founding;
  /** `open` is the last page, after all steps. */
  here: FoundingStep | 'open';
  alert: string | null;
  children: Child;
}

export const StepFrame = ({ founding, here, alert, children }: Props) => (
  <div class="reading narrow founding">
    <p class="hint">
      <a href="/setup">{say.setup.foundSpace}</a>
    </p>
    <h1>{here === 'open' ? say.setup.openDoors : say.setup.steps[here]}</h1>
    {alert && <Alert>{alert}</Alert>}
    {children}
    <nav class="steps" aria-label={say.setup.stepsNav}>
      <Steps founding={founding} here={here} />
    </nav>
  </div>
);

export const Steps = ({ founding, here }: { founding: Founding; here: Props['here'] | null }) => (
  <ol>
    {FOUNDING_STEPS.map((step) => (
      <li>
        <a href={`/setup/${step}`} aria-current={step === here ? 'step' : undefined}>
          {say.setup.steps[step]}
        </a>{' '}
        <span class="hint">{isDone(founding, step) ? say.setup.isDecided : say.setup.isOpenStep}</span>
      </li>
    ))}
    <li>
      <a href="/setup/open" aria-current={here === 'open' ? 'step' : undefined}>
        {say.setup.openDoors}
      </a>
    </li>
  </ol>
);
