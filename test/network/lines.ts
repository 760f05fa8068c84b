/** Files to which whole lines are appended. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** A last line cut short by a kill is taken away, lest the next one be glued to it. */
export function readWholeLines(path: string): string[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) writeFileSync(path, whole);
  return whole.split('\n').slice(0, -1);
}
