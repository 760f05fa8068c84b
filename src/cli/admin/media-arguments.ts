/** The part of the command line that is about media. */
import { usageError } from '../shared/terminal.ts';

export type MediaCommand =
  | { action: 'media'; space?: string }
  | { action: 'sweep' }
  | { action: 'blocks' }
  | { action: 'block'; subject: string; why: string }
  | { action: 'unblock'; subject: string };

/** `rest` is what follows "media". */
export function mediaAction(rest: string[], why: string | undefined): MediaCommand {
  const [verb, subject, another] = rest;
  if (another !== undefined) throw usageError(`"media ${verb}" takes one thing, not also ${another}.`);
  if (verb === 'block' || verb === 'unblock') return blocking(verb, subject, why);
  if (subject !== undefined) throw usageError(`"media ${verb}" takes no ${subject}.`);
  if (verb === 'sweep' || verb === 'blocks') return { action: verb };
  return { action: 'media', ...(verb === undefined ? {} : { space: verb }) };
}

function blocking(action: 'block' | 'unblock', subject: string | undefined, why: string | undefined): MediaCommand {
  if (subject === undefined) throw usageError(`Say what to ${action}: a DID, the at:// address of a record, or a CID.`);
  if (action === 'unblock') return { action, subject };
  if (!why) throw usageError('Say why it is blocked, for the log: --why "court order 7/2026".');
  return { action, subject, why };
}
