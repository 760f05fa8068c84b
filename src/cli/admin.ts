/** `npm run admin`: the operator's commands, against the local instance or another. */
import { type AdminAction, HELP, parseAdmin } from './admin/arguments.ts';
import { runBackfill } from './admin/backfill.ts';
import { isFounding, runFounding } from './admin/founding.ts';
import { isMedia, runMedia } from './admin/media.ts';
import { type AdminSpace, type AdminStream, addedWords, listWords, spaceWords } from './admin/words.ts';
import { askInstance, findInstance, type Instance } from './shared/instance.ts';
import { runCommand, say, sayJson } from './shared/terminal.ts';

const json = process.argv.includes('--json');

interface Done {
  answer: object;
  words: string[];
}

async function perform(command: Exclude<AdminAction, { action: 'help' }>, instance: Instance): Promise<Done> {
  if (isMedia(command)) return runMedia(command, instance);
  if (isFounding(command)) return runFounding(command, instance);
  switch (command.action) {
    case 'add': {
      const { subject, hosts, visibility } = command;
      const input = { subject, hosts, visibility };
      const answer = await askInstance<Parameters<typeof addedWords>[0]>(instance, 'addSpace', input);
      return { answer, words: addedWords(answer) };
    }
    case 'list': {
      const answer = await askInstance<{ spaces: AdminSpace[]; stream: AdminStream }>(instance, 'listSpaces');
      return { answer, words: listWords(answer) };
    }
    case 'set': {
      const { action: _, ...change } = command;
      const answer = await askInstance<{ space: AdminSpace }>(instance, 'setSpace', change);
      return { answer, words: spaceWords(answer.space) };
    }
    case 'backfill':
      return runBackfill(command, instance, json);
    case 'remove': {
      const answer = await askInstance<{ did: string }>(instance, 'removeSpace', { space: command.space });
      return {
        answer,
        words: [
          `${answer.did} is followed no more, and what is held of it is being deleted.`,
          'Nothing on the network was changed.',
        ],
      };
    }
  }
}

await runCommand(
  async () => {
    const { command, ...where } = parseAdmin(process.argv.slice(2), process.stdin.isTTY === true);
    if (command.action === 'help') return say(HELP);
    const { answer, words } = await perform(command, findInstance(where));
    if (json) sayJson(answer);
    else say(...words);
  },
  { json },
);
