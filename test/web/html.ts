/** HTML as a browser reads it (parse5 follows the standard's tree construction), and what in it could do something. */
import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

export interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

function elementsIn(node: Node): Element[] {
  const children = 'childNodes' in node ? node.childNodes.flatMap(elementsIn) : [];
  if (!('tagName' in node)) return children;
  const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
  return [{ name: node.tagName, attributes, text: textIn(node) }, ...children];
}

function textIn(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
}

/** Every element of a part of a page, in document order. */
export const fragmentElements = (html: string): Element[] => elementsIn(parseFragment(html));

export const documentElements = (html: string): Element[] => elementsIn(parse(html));

export const visibleText = (html: string): string => textIn(parseFragment(html));

/** All that Markdown may become. */
const HARMLESS = new Set('a blockquote br code em h2 h3 h4 h5 h6 hr li ol p pre strong ul'.split(' '));
const ATTRIBUTES: Record<string, string[]> = { a: ['href', 'rel'], ol: ['start'] };
const SCHEMES = /^(?:https?:\/\/|mailto:|at:\/\/)/;

/** What a reader's browser could be made to do by text that somebody wrote; nothing, if all is well. */
export function activeContent(html: string): string[] {
  return fragmentElements(html).flatMap(({ name, attributes }) => {
    if (!HARMLESS.has(name)) return [`<${name}>`];
    const found = Object.keys(attributes)
      .filter((attribute) => !ATTRIBUTES[name]?.includes(attribute))
      .map((attribute) => `<${name} ${attribute}>`);
    if (name !== 'a') return found;
    if (!SCHEMES.test(attributes.href ?? '')) found.push(`href=${attributes.href}`);
    if (attributes.rel !== 'nofollow ugc noopener') found.push(`rel=${attributes.rel}`);
    return found;
  });
}
