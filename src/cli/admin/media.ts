/** `npm run admin -- media`: what is kept, and what is kept out. */
import { askInstance, type Instance } from '../shared/instance.ts';
import type { AdminAction } from './arguments.ts';
import type { MediaCommand } from './media-arguments.ts';
import { type AdminBlock, type AdminMedia, blockWords, mediaWords } from './media-words.ts';

const ACTIONS: Record<MediaCommand['action'], true> = {
  media: true,
  sweep: true,
  blocks: true,
  block: true,
  unblock: true,
};

export const isMedia = (command: AdminAction): command is MediaCommand => Object.hasOwn(ACTIONS, command.action);

export async function runMedia(
  command: MediaCommand,
  instance: Instance,
): Promise<{ answer: object; words: string[] }> {
  switch (command.action) {
    case 'media': {
      const which: Record<string, string> = command.space === undefined ? {} : { space: command.space };
      const answer = await askInstance<{ media: AdminMedia }>(instance, 'getMedia', undefined, which);
      return { answer, words: mediaWords(answer.media) };
    }
    case 'sweep':
      return {
        answer: await askInstance<object>(instance, 'sweepMedia', {}),
        words: ['The sweep has begun. "npm run admin -- media" shows what is left.'],
      };
    case 'blocks': {
      const answer = await askInstance<{ blocks: AdminBlock[] }>(instance, 'listBlocks');
      return { answer, words: blockWords(answer.blocks) };
    }
    case 'block': {
      const { subject, why } = command;
      const answer = await askInstance<{ subject: string }>(instance, 'block', { subject, why });
      return { answer, words: blockedWords(answer.subject) };
    }
    case 'unblock': {
      const answer = await askInstance<{ subject: string }>(instance, 'unblock', { subject: command.subject });
      return { answer, words: [`${answer.subject} may come here again.`] };
    }
  }
}

const blockedWords = (subject: string): string[] => [
  `${subject} is kept out from now on. What is held of it is being deleted; within a minute nobody is answered with it any more.`,
  'Readers\u2019 browsers may keep what they have seen for up to a day. Nothing on the network was changed.',
];
