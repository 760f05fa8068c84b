// Long text: CommonMark without HTML, made by strangers. What comes out holds no active content and loads nothing.
import MarkdownIt, { type StateCore } from 'markdown-it';
import type { Json } from '../domain/model.ts';
import { withoutTricks } from '../domain/text.ts';
import { safeHref } from './links.ts';
import { type Named, namedIn } from './markdown-facets.ts';
import { placeHeadings, tidyLinks } from './markdown-tokens.ts';

/** UTF-16 units of text that are read; a longer text than the lexicons allow is cut. */
const LONGEST = 200_000;
/** Reference links repeat an address written once: together they may not outgrow the text. */
const LINK_BUDGET = 200_000;

const md = new MarkdownIt('commonmark', { html: false, linkify: false, xhtmlOut: false, maxNesting: 24 });
// An address that may not be linked to makes no link at all: its source shows as text.
md.normalizeLink = (address) => safeHref(address) ?? '';
md.validateLink = (address) => address !== '';
md.normalizeLinkText = (text) => text;
md.core.ruler.push('tidy', tidy);
md.renderer.rules.fence = (tokens, at) => `<pre><code>${md.utils.escapeHtml(tokens[at]?.content ?? '')}</code></pre>\n`;

/** HTML of a text that stands under a heading of level `under`. `facets`: what it names beside the links of its own. */
export const renderMarkdown = (text: string, under = 1, facets?: Json): string =>
  md.render(withoutTricks(text.slice(0, LONGEST)), { under, named: namedIn(text, facets) });

function tidy(state: StateCore): void {
  const maker = {
    token: (type: string, tag: string, nesting: -1 | 0 | 1) => new state.Token(type, tag, nesting),
    words: (tokens: StateCore['tokens']) => md.renderer.renderInlineAsText(tokens, md.options, state.env),
  };
  state.tokens = placeHeadings(state.tokens, Number(state.env.under));
  const named = state.env.named as Named;
  let budget = LINK_BUDGET;
  for (const token of state.tokens) {
    if (!token.children) continue;
    const done = tidyLinks(token.children, { budget, named }, maker);
    token.children = done.tokens;
    budget = done.budget;
  }
}
