// Files that never change under their name: the name carries a hash of what is in them.
import { shortHash } from '../domain/hash.ts';
import type { SpaceDetails } from '../domain/model.ts';
/// <reference path="./assets/css.d.ts" />
import base from './assets/base.css';
import { COMPOSE } from './assets/compose.ts';
import forms from './assets/forms.css';
import frame from './assets/frame.css';
import lists from './assets/lists.css';
import media from './assets/media.css';
import { NAMES } from './assets/names.ts';
import { NEWS } from './assets/news.ts';
import reading from './assets/reading.css';
import { RECOVERY } from './assets/recovery.ts';
import setup from './assets/setup.css';
import { FOR_EVER, fileHeaders } from './headers.ts';
import { themeStylesheet } from './theme.ts';

/** Comments and indentation are for those who read the source. No string in the stylesheet has any of this. */
const compact = (css: string): string =>
  css
    .replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':');

const STYLE = themeStylesheet(null) + compact(base + frame + forms + lists + reading + media);
/** Changes with the look of the house, and so with what a theme is made into. */
const LOOK = shortHash(STYLE).toString(36);

const STYLE_FILE = `${LOOK}.css`;
export const STYLE_PATH = `/assets/${STYLE_FILE}`;

const SETUP = compact(setup);
const SETUP_FILE = `setup-${shortHash(SETUP).toString(36)}.css`;
/** Beside the house's own, on the pages of a founding. */
export const SETUP_STYLE_PATH = `/assets/${SETUP_FILE}`;

const themeFile = (space: SpaceDetails): string => `${space.themeHash}-${LOOK}.css`;

/** What a page of the space links to. */
export const stylesheetsOf = (space: SpaceDetails): string[] =>
  space.themeHash === null ? [STYLE_PATH] : [STYLE_PATH, `/theme/${space.did}/${themeFile(space)}`];

const scriptFile = (source: string): { text: string; file: string } => {
  const text = source.replace(/\n +/g, '\n');
  return { text, file: `${shortHash(text).toString(36)}.js` };
};
const SCRIPTS = {
  ...{ news: scriptFile(NEWS), compose: scriptFile(COMPOSE), names: scriptFile(NAMES), recovery: scriptFile(RECOVERY) },
};

export const scriptPath = (name: keyof typeof SCRIPTS): string => `/assets/${name}-${SCRIPTS[name].file}`;

export function assetResponse(file: string): Response {
  if (/^setup-.*\.css$/.test(file)) return fileResponse(SETUP, 'text/css', file === SETUP_FILE);
  if (!file.endsWith('.js')) return fileResponse(STYLE, 'text/css', file === STYLE_FILE);
  const script = Object.keys(SCRIPTS).find((name): name is keyof typeof SCRIPTS => file.startsWith(`${name}-`));
  const { text, file: named } = SCRIPTS[script ?? 'news'];
  return fileResponse(text, 'text/javascript', file.endsWith(`-${named}`));
}

export const themeResponse = (space: SpaceDetails, file: string): Response =>
  fileResponse(themeStylesheet(space.theme), 'text/css', file === themeFile(space));

/** Asked for under an older name, it is given, but not to be kept: a page may be older than its stylesheet. */
const fileResponse = (text: string, type: string, isNamed: boolean): Response =>
  new Response(text, { headers: fileHeaders(`${type}; charset=utf-8`, isNamed ? FOR_EVER : 'no-cache') });
