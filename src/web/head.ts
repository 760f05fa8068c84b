// The document around a page: head, then body.
import { escapeHtml } from './escape.ts';
import { summary } from './excerpt.ts';

export interface Head {
  title: string;
  /** For search engines and cards, plain text. */
  description: string;
  siteName: string;
  /** Null for what has no address of its own: errors. */
  canonical: string | null;
  /** `noindex` where false. */
  index: boolean;
  type: 'website' | 'article' | 'profile';
  stylesheets: string[];
  /** AT-URI of what the page shows. */
  record?: string | null;
  /** Value of the page's JSON-LD. */
  linkedData?: object | null;
  /** For previews, with its whole address. */
  image?: CardImage | null;
  next?: string | null;
  script?: PageScript | null;
}

export interface CardImage {
  url: string;
  alt: string;
}

/** A script of the page's own host, with what it is told in attributes. */
export interface PageScript {
  src: string;
  data: Record<string, string>;
}

type Attributes = Record<string, string>;

const tag = (name: string, attributes: Attributes): string =>
  `<${name} ${Object.entries(attributes)
    .map(([key, value]) => `${key}="${escapeHtml(value)}"`)
    .join(' ')}>`;
const link = (rel: string, href: string, more: Attributes = {}): string => tag('link', { rel, href, ...more });

const ALWAYS =
  tag('meta', { charset: 'utf-8' }) +
  tag('meta', { name: 'viewport', content: 'width=device-width,initial-scale=1' }) +
  tag('meta', { name: 'color-scheme', content: 'light dark' }) +
  link('icon', '/favicon.svg', { type: 'image/svg+xml' });

const LARGE = tag('meta', { name: 'twitter:card', content: 'summary_large_image' });

/** A whole HTML document; `body` is HTML already. */
export const htmlDocument = (head: Head, body: string): string =>
  `<!doctype html><html lang="en"><head>${ALWAYS}${headTags(head)}</head><body>${body}</body></html>`;

function headTags(head: Head): string {
  return [
    `<title>${escapeHtml(head.title)}</title>`,
    ...head.stylesheets.map((href) => link('stylesheet', href)),
    head.index ? '' : tag('meta', { name: 'robots', content: 'noindex' }),
    head.record ? link('alternate', head.record) : '',
    head.next ? link('next', head.next) : '',
    head.canonical === null ? '' : cardTags(head, head.canonical),
    head.linkedData ? dataBlock(head.linkedData) : '',
    head.script ? scriptTag(head.script) : '',
  ].join('');
}

/** What search engines and previews show of the page. */
function cardTags({ title, siteName, type, ...head }: Head, url: string): string {
  const description = summary(head.description);
  const property = (name: string, content: string): string => tag('meta', { property: `og:${name}`, content });
  return [
    link('canonical', url),
    ...(description === ''
      ? []
      : [tag('meta', { name: 'description', content: description }), property('description', description)]),
    property('type', type),
    property('title', title),
    property('site_name', siteName),
    property('url', url),
    ...(head.image ? [property('image', head.image.url), property('image:alt', head.image.alt), LARGE] : []),
  ].join('');
}

function scriptTag({ src, data }: PageScript): string {
  const attributes = Object.entries(data).map(([name, value]) => [`data-${name}`, value]);
  return `${tag('script', { src, defer: '', ...Object.fromEntries(attributes) })}</script>`;
}

/** Not a script that runs: browsers only keep it. No `<` in it can end the element. */
const dataBlock = (value: object): string =>
  `<script type="application/ld+json">${JSON.stringify(value).replace(/</g, '\\u003c')}</script>`;
