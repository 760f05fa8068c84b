/** The website over a database, as a browser would ask it: a page by its address. */

import type { FoundingDeps } from '../../src/actions/founding/deps.ts';
import type { OwnDeps } from '../../src/actions/own.ts';
import type { SignInDeps } from '../../src/auth/sign-in.ts';
import type { JsonObject } from '../../src/domain/model.ts';
import { type ReadContext, SpaceCache } from '../../src/reads/index.ts';
import { type WebContext, webRoutes } from '../../src/web/app.ts';
import { METHODS } from '../../src/xrpc/methods.ts';
import { documentElements, type Element } from './html.ts';

export interface Visited {
  status: number;
  headers: Headers;
  text: string;
  elements: Element[];
  /** The first element of this name, with these attributes. */
  find(name: string, attributes?: Record<string, string>): Element | undefined;
  all(name: string, attributes?: Record<string, string>): Element[];
}

export interface Site {
  get(url: string, method?: string): Promise<Visited>;
  post(url: string, body: string, type?: string): Promise<Visited>;
  /** What was reported as a fault. */
  faults: unknown[];
}

/** `now` is a day after what a test's community wrote. */
export function openSite(db: D1Database, more: Partial<ReadContext> = {}, given: Partial<WebContext> = {}): Site {
  const read: ReadContext = {
    db,
    viewer: null,
    now: Date.UTC(2026, 0, 2),
    indexer: {
      renewTop: async () => {},
      verify: async () => false,
      status: () => Promise.reject(new Error('no page asks for this')),
    },
    later: () => {},
    get spaces() {
      return new SpaceCache();
    },
    allowed: () => true,
    instance: 'did:web:instance.example',
    ...more,
  };
  const faults: unknown[] = [];
  const fault = (error: unknown): void => void faults.push(error);
  const instanceHosts = ['instance.example', 'other.example'];
  const cards = async (svg: string) => new TextEncoder().encode(svg).slice();
  const app = webRoutes(() => ({
    read,
    auth: NOBODY_IS_ASKED,
    own: NOBODY_IS_ASKED as unknown as OwnDeps,
    founding: { policy: 'operator' } as FoundingDeps,
    instanceHosts,
    methods: METHODS,
    resizes: true,
    cards,
    legalContact: null,
    memberNames: true,
    recommendedPds: ['https://new.example'],
    development: false,
    requestId: 'request-7',
    spent: null,
    fault,
    ...given,
  }));
  return {
    faults,
    post: async (url, body, type = 'application/x-www-form-urlencoded') =>
      visited(await app.request(url, { method: 'POST', body, headers: { 'content-type': type }, redirect: 'manual' })),
    get: async (url, method = 'GET') => visited(await app.request(url, { method, redirect: 'manual' })),
  };
}

/** Visitors without a cookie cost no question to any object. */
const NOBODY_IS_ASKED = new Proxy({} as SignInDeps, {
  get: (_, name) => {
    if (name === 'accounts' || name === 'signIns') return NOBODY_IS_ASKED;
    throw new Error(`no visitor's page asks for ${String(name)}`);
  },
});

async function visited(response: Response): Promise<Visited> {
  const text = await response.text();
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  const elements = isPage ? documentElements(text) : [];
  const all = (name: string, attributes: Record<string, string> = {}): Element[] =>
    elements.filter(
      (element) =>
        element.name === name && Object.entries(attributes).every(([key, value]) => element.attributes[key] === value),
    );
  const find = (name: string, attributes?: Record<string, string>): Element | undefined => all(name, attributes)[0];
  return { status: response.status, headers: response.headers, text, elements, find, all };
}

/** The page's JSON-LD. */
export const linkedData = (page: Visited): Record<string, unknown> =>
  JSON.parse(page.find('script', { type: 'application/ld+json' })?.text ?? 'null') as Record<string, unknown>;

/** A picture as records have it. */
export const picture = (alt: string): JsonObject => ({
  alt,
  image: {
    $type: 'blob',
    ref: { $link: 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku' },
    mimeType: 'image/png',
    size: 10,
  },
});
