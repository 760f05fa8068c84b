/** `npm run admin -- founding` and `founders`: a code to found a space with, and who may without one. */
import { askInstance, type Instance } from '../shared/instance.ts';
import { usageError } from '../shared/terminal.ts';

export type FoundingCommand = { action: 'code' } | { action: 'founders'; subject?: string; approved: boolean };

export const isFounding = (command: { action: string }): command is FoundingCommand =>
  command.action === 'code' || command.action === 'founders';

export function foundingAction(noun: string, rest: string[]): FoundingCommand {
  const [verb, subject, another] = rest;
  if (another !== undefined) throw usageError(`"${noun} ${verb}" takes one account, not also ${another}.`);
  if (noun === 'founding' && verb === 'code' && subject === undefined) return { action: 'code' };
  if (noun === 'founders' && verb === 'list' && subject === undefined) return { action: 'founders', approved: true };
  if (noun === 'founders' && (verb === 'add' || verb === 'remove') && subject !== undefined) {
    return { action: 'founders', subject: subject.replace(/^@/, ''), approved: verb === 'add' };
  }
  throw usageError(
    'It is "founding code", "founders add <handle or DID>", "founders remove <handle or DID>" or "founders list".',
  );
}

export interface FoundingCode {
  url: string;
  expiresAt: string;
}

/** The one line that `npm start` and `npm run deploy` print, too. */
export const codeWords = ({ url }: FoundingCode): string => `Found a space, once, within a day: ${url}`;

interface FounderLine {
  did: string;
  handle?: string;
}

const nameOf = ({ did, handle }: FounderLine): string => (handle === undefined ? did : `${handle}  ${did}`);

export async function runFounding(
  command: FoundingCommand,
  instance: Instance,
): Promise<{ answer: object; words: string[] }> {
  if (command.action === 'code') {
    const answer = await askInstance<FoundingCode>(instance, 'createFoundingCode', {});
    return { answer, words: [codeWords(answer)] };
  }
  const { subject, approved } = command;
  if (subject === undefined) {
    const answer = await askInstance<{ founders: FounderLine[] }>(instance, 'listFounders');
    const none = 'No account is approved. It counts where FOUNDING is "approved".';
    return { answer, words: answer.founders.length === 0 ? [none] : answer.founders.map(nameOf) };
  }
  const answer = await askInstance<{ founder: FounderLine; changed: boolean }>(instance, 'setFounder', {
    subject,
    approved,
  });
  const may = approved ? 'may found spaces, where FOUNDING is "approved"' : 'may found spaces with a code only';
  return { answer, words: [`${nameOf(answer.founder)} ${may}${answer.changed ? '' : ', as before'}.`] };
}
