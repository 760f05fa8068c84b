// What the house changes in parsed Markdown: headings keep the page's outline, links are harmless, pictures become links.
import type { Token } from 'markdown-it';
import { hostBehind, UGC_REL } from './links.ts';
import { type Named, piecesOf } from './markdown-facets.ts';
import { say } from './messages.ts';

/** Makes tokens and turns a picture's description into plain text. */
export interface Maker {
  token(type: string, tag: string, nesting: -1 | 0 | 1): Token;
  words(children: Token[]): string;
}

/** Levels follow the nesting under `under` without a gap, whatever marks were used; a heading without words goes. */
export function placeHeadings(tokens: Token[], under: number): Token[] {
  const open: number[] = [];
  const placed: Token[] = [];
  let tag = '';
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.type === 'heading_open') {
      if (!hasWords(tokens[i + 1]?.children ?? [])) {
        i += 2;
        continue;
      }
      const level = Number(token.tag.slice(1));
      while (open.length > 0 && (open.at(-1) as number) >= level) open.pop();
      open.push(level);
      tag = `h${Math.min(6, under + open.length)}`;
    }
    if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = tag;
    placed.push(token);
  }
  return placed;
}

const hasWords = (tokens: Token[]): boolean =>
  tokens.some(
    (token) =>
      token.type === 'image' ||
      ((token.type === 'text' || token.type === 'code_inline') && token.content.trim() !== ''),
  );

/** The inline tokens with their links made harmless, and what is left of the budget for addresses. */
export function tidyLinks(
  tokens: Token[],
  { budget, named }: { budget: number; named: Named | null },
  maker: Maker,
): { tokens: Token[]; budget: number } {
  const tidy: Token[] = [];
  let left = budget;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const isPicture = token.type === 'image';
    if (token.type === 'text' && named !== null) {
      for (const { words, href } of piecesOf(token.content, named)) {
        left -= href?.length ?? 0;
        const piece = text(words, maker);
        tidy.push(...(href === null || left < 0 ? [piece] : linked([piece], href, maker)));
      }
      continue;
    }
    if (!isPicture && token.type !== 'link_open') {
      tidy.push(token);
      continue;
    }
    const end = isPicture ? i : closing(tokens, i);
    const href = String(token.attrGet(isPicture ? 'src' : 'href') ?? '');
    const inner = isPicture
      ? [pictureText(token, maker)]
      : tokens.slice(i + 1, end).map((inside) => flat(inside, maker));
    left -= href.length;
    tidy.push(...(left < 0 ? inner : linked(inner, href, maker)));
    i = end;
  }
  return { tokens: tidy, budget: left };
}

function closing(tokens: Token[], from: number): number {
  let end = from + 1;
  while (end < tokens.length && tokens[end]?.type !== 'link_close') end++;
  return end;
}

function text(content: string, maker: Maker): Token {
  const token = maker.token('text', '', 0);
  token.content = content;
  return token;
}

const pictureText = (token: Token, maker: Maker): Token =>
  text(say.imageLink(maker.words(token.children ?? []).trim()), maker);

/** A picture within a link is only its words: links do not nest. */
const flat = (token: Token, maker: Maker): Token => (token.type === 'image' ? pictureText(token, maker) : token);

function linked(inner: Token[], href: string, maker: Maker): Token[] {
  const open = maker.token('link_open', 'a', 1);
  // Of our own site there is nothing to be wary of.
  open.attrs = href.startsWith('/')
    ? [['href', href]]
    : [
        ['href', href],
        ['rel', UGC_REL],
      ];
  const words = maker.words(inner);
  const named = words.trim() === '' ? [text(href, maker)] : inner;
  const host = href.startsWith('/') ? null : hostBehind(words, href);
  const behind = host === null ? [] : [text(` (${host})`, maker)];
  return [open, ...named, maker.token('link_close', 'a', -1), ...behind];
}
