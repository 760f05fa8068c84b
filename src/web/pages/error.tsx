// Errors are pages too. A fault says nothing but which request it was.
import type { Child } from 'hono/jsx';
import { say } from '../messages.ts';

export interface Failure {
  status: number;
  /** What was wrong, where it helps the reader; never a fault's own message. */
  detail?: string | undefined;
  /** Where to go on. */
  home: { href: string; words: string };
}

export const FailureText = ({ status, detail, home }: Failure): Child => (
  <div class="reading">
    <h1>{say.errorTitles[status]}</h1>
    <p>{say.errorTexts[status]}</p>
    {detail && <p class="note">{detail}</p>}
    <p>
      <a class="button" href={home.href}>
        {home.words}
      </a>
    </p>
  </div>
);
