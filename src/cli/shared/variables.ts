/** Variables of the Worker given on a command line: `--var NAME:VALUE`, as wrangler takes them. */
import { usageError } from './terminal.ts';

export function parseVariables(given: string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, value] = /^([A-Z][A-Z0-9_]*)[:=](.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) {
        throw usageError(`--var is NAME:VALUE, such as FOLLOW_MODE:live, not "${text}".`);
      }
      return [name, value];
    }),
  );
}
