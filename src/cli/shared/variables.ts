/** Variables of the Worker given on a command line: `--var NAME:VALUE`, as wrangler takes them. */
import { parseArgs } from 'node:util';
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

/** `--var` and `--help`; anything else is told with `help`. */
export function readArguments(help: string): { help: boolean; vars: Record<string, string> } {
  try {
    const options = { var: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } } as const;
    const { values } = parseArgs({ options });
    return { help: values.help ?? false, vars: parseVariables(values.var) };
  } catch (error) {
    throw usageError(`${(error as Error).message}\n\n${help}`);
  }
}
