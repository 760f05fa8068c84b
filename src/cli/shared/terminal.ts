/** How a command ends: with an exit code, and when it fails with words that say what to do. */

export const EXIT = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const;

/** A failure that is understood: its message is all that is printed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;
  /** A word for programs, such as an error's name in the lexicon. */
  readonly code: string;

  constructor(message: string, exitCode: number = EXIT.refused, code = 'Failed') {
    super(message);
    this.exitCode = exitCode;
    this.code = code;
  }
}

export const usageError = (message: string): CommandError => new CommandError(message, EXIT.usage, 'Usage');

export const say = (...lines: string[]): void => {
  for (const line of lines) process.stdout.write(`${line}\n`);
};

/** The last line of a command that was given `--json`. */
export const sayJson = (value: object): void => say(JSON.stringify(value));

/** Runs a command and sets the exit code; the process ends when nothing keeps it busy. */
export async function runCommand(command: () => Promise<void>, { json = false } = {}): Promise<void> {
  try {
    await command();
  } catch (error) {
    const known = error instanceof CommandError;
    const message = error instanceof Error ? error.message : String(error);
    if (json) sayJson({ error: known ? error.code : 'Failed', message });
    else process.stderr.write(`${known || !(error instanceof Error) ? message : (error.stack ?? message)}\n`);
    process.exitCode = known ? error.exitCode : EXIT.refused;
  }
}
