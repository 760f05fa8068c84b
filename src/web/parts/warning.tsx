// What authors say of their own posts: content warnings fold the text away until the reader wants it.
import type { Child } from 'hono/jsx';
import { oneLine } from '../../domain/text.ts';
import { SIGNED_IN_ONLY } from '../../domain/visibility.ts';
import { say } from '../messages.ts';

export const isWithheld = (labels: string[]): boolean => labels.includes(SIGNED_IN_ONLY);

/** The warning in words; null where there is nothing to warn of. */
export function warningWords(labels: string[]): string | null {
  const values = labels.filter((label) => label !== SIGNED_IN_ONLY).map((label) => oneLine(label, 60));
  return values.length === 0 ? null : say.warning(values);
}

interface Props {
  labels: string[];
  /** Whether somebody is signed in. */
  isKnown: boolean;
  children: Child;
}

export function Warned({ labels, isKnown, children }: Props) {
  if (isWithheld(labels) && !isKnown) return <p class="note">{say.signedInOnly}</p>;
  const warning = warningWords(labels);
  if (warning === null) return <>{children}</>;
  return (
    <details class="warning">
      <summary>{warning}</summary>
      {children}
    </details>
  );
}
