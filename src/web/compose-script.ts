// What the script of a form with pictures is told.
import { scriptPath } from './assets.ts';
import type { PageScript } from './head.ts';
import { say } from './messages.ts';

export const composeScript = (): PageScript => ({ src: scriptPath('compose'), data: { smaller: say.madeSmaller } });
