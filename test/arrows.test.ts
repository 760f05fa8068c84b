/** The map of the house, enforced. Rooms and arrows change here and in the README's map together. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findViolations, type House } from './support/arrows.ts';

const house: House = {
  floors: {
    // The Worker tells its version.
    'package.json': 0,
    lexicons: 0,
    domain: 1,
    views: 2,
    ports: 2,
    formats: 2,
    db: 3,
    cloudflare: 3,
    ingest: 4,
    reads: 4,
    auth: 4,
    follow: 5,
    listen: 5,
    sync: 5,
    actions: 5,
    media: 5,
    xrpc: 6,
    web: 6,
    workers: 7,
  },
  beside: { cli: ['src/domain/', 'src/ports/', 'test/network/'] },
  apart: [
    {
      rooms: ['reads', 'xrpc', 'web'],
      never: ['src/ingest/', 'src/follow/', 'src/db/commit.ts'],
      why: 'the read half never imports the write half',
    },
    { rooms: ['reads', 'views'], never: ['src/domain/write.ts'], why: 'what reads does not write' },
  ],
  fences: {
    'drizzle-orm': ['src/db/'],
    'drizzle-kit': ['src/db/'],
    hono: ['src/xrpc/', 'src/web/', 'workers/app.ts'],
    'cloudflare:': ['workers/', 'src/cloudflare/'],
  },
  pure: ['domain', 'views'],
  short: { lines: 60, within: ['workers/'], except: ['workers/app.ts', 'workers/wire.ts', 'workers/config.ts'] },
};

test('the real tree keeps to the map', () => {
  const paths = globSync('{src,workers}/**/*.{ts,tsx}').filter((path) => !path.startsWith('src/lexicons/'));
  expect(paths).not.toEqual([]);
  const files = Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')]));
  expect(findViolations(house, files)).toEqual([]);
});

/** What the checker says of one file with this source. */
function check(path: string, source: string): string[] {
  return findViolations(house, { [path]: source });
}

describe('floors', () => {
  test.each([
    ['down', 'src/reads/feed.ts', `import { page } from '../db/page.ts';`],
    ['its own room', 'src/reads/feed.ts', `import { hydrate } from './hydrate.ts';`],
    ['the contract', 'src/domain/scope.ts', `import { club } from '../lexicons/index.ts';`],
    ['a type from below', 'src/xrpc/router.ts', `import type { Viewer } from '../auth/viewer.ts';`],
    ['everything from the wiring', 'workers/wire.ts', `import { follow } from '../src/follow/follow.ts';`],
    ['an asset of its room', 'src/web/layout.tsx', `import css from './assets/style.css';`],
    ['a package without a fence', 'src/domain/uri.ts', `import { AtUri } from '@atproto/syntax';`],
  ])('allow %s', (_, path, source) => expect(check(path, source)).toEqual([]));

  test.each([
    ['an import', `import { page } from '../db/page.ts';`],
    ['an import for its effect', `import '../db/page.ts';`],
    ['a type', `import type { Page } from '../db/page.ts';`],
    ['a type among values', `import { type Page } from '../db/page.ts';`],
    ['a re-export', `export { page } from '../db/page.ts';`],
    ['a re-export of all', `export * from '../db/page.ts';`],
    ['a re-export of a type', `export type { Page } from '../db/page.ts';`],
    ['an import()', `export const load = () => import('../db/page.ts');`],
    ['an import type', `export type Page = import('../db/page.ts').Page;`],
    ['a typeof import', `export type Db = typeof import('../db/page.ts');`],
    ['an import assignment', `import page = require('../db/page.ts');`],
  ])('catch going up by %s', (_, source) => {
    expect(check('src/ports/clock.ts', source)).toEqual([
      'src/ports/clock.ts imports src/db/page.ts: from ports (floor 2) to db (floor 3) is up.',
    ]);
  });

  test('catch going sideways', () => {
    expect(check('src/actions/join.ts', `import { backfill } from '../sync/backfill.ts';`)).toEqual([
      'src/actions/join.ts imports src/sync/backfill.ts: from actions to sync is sideways, on floor 5.',
    ]);
  });

  test('catch the wiring imported from below', () => {
    expect(check('src/web/home.ts', `import { readConfig } from '../../workers/config.ts';`)).toEqual([
      'src/web/home.ts imports workers/config.ts: from web (floor 6) to workers (floor 7) is up.',
    ]);
  });

  test('catch an import() that only running it resolves', () => {
    expect(check('src/reads/feed.ts', 'export const load = (path: string) => import(path);')).toEqual([
      'src/reads/feed.ts imports what only running it tells: the specifier of an import() must be a literal.',
    ]);
  });

  test('catch files outside of all rooms, and imports of them', () => {
    expect(check('src/utils/misc.ts', '')).toEqual(['src/utils/misc.ts is in no room of the house.']);
    expect(check('src/misc.ts', '')).toEqual(['src/misc.ts is in no room of the house.']);
    expect(check('src/web/home.ts', `import { pds } from '../../test/network/pds.ts';`)).toEqual([
      'src/web/home.ts imports test/network/pds.ts: one of them is in no room of the house.',
    ]);
  });
});

describe('the command line', () => {
  test.each(['../domain/uri.ts', '../ports/clock.ts', '../../test/network/index.ts', './state.ts'])(
    'may import %s',
    (it) => expect(check('src/cli/start.ts', `import '${it}';`)).toEqual([]),
  );

  test.each([
    ['../db/page.ts', 'src/db/page.ts'],
    ['../lexicons/index.ts', 'src/lexicons/index.ts'],
    ['../../test/support/chromium.ts', 'test/support/chromium.ts'],
  ])('may not import %s', (specifier, target) => {
    expect(check('src/cli/start.ts', `import '${specifier}';`)).toEqual([
      `src/cli/start.ts imports ${target}: cli may import only src/domain/, src/ports/, test/network/.`,
    ]);
  });

  test('is imported by nothing', () => {
    expect(check('workers/app.ts', `import '../src/cli/start.ts';`)).toEqual([
      'workers/app.ts imports src/cli/start.ts: nothing imports cli.',
    ]);
  });
});

describe('the read half', () => {
  test.each([
    ['src/reads/feed.ts', '../ingest/admit.ts', 'src/ingest/admit.ts'],
    ['src/xrpc/router.ts', '../ingest/admit.ts', 'src/ingest/admit.ts'],
    ['src/xrpc/router.ts', '../follow/cursor.ts', 'src/follow/cursor.ts'],
    ['src/web/home.tsx', '../follow/cursor.ts', 'src/follow/cursor.ts'],
    ['src/web/home.tsx', '../db/commit.ts', 'src/db/commit.ts'],
  ])('%s never imports %s', (path, specifier, target) => {
    expect(check(path, `import type { It } from '${specifier}';`)).toEqual([
      `${path} imports ${target}: the read half never imports the write half.`,
    ]);
  });

  test.each(['src/reads/feed.ts', 'src/views/post.ts'])('%s never imports the writes', (path) => {
    expect(check(path, `import type { Write } from '../domain/write.ts';`)).toEqual([
      `${path} imports src/domain/write.ts: what reads does not write.`,
    ]);
  });

  test('the write half may', () => {
    expect(check('src/follow/follow.ts', `import { admit } from '../ingest/admit.ts';`)).toEqual([]);
    expect(check('src/ingest/admit.ts', `import type { Write } from '../domain/write.ts';`)).toEqual([]);
    expect(check('src/ingest/admit.ts', `import { commit } from '../db/commit.ts';`)).toEqual([]);
  });
});

describe('fences', () => {
  test.each([
    ['src/db/page.ts', 'drizzle-orm/d1'],
    ['src/db/drizzle.config.ts', 'drizzle-kit'],
    ['src/xrpc/router.ts', 'hono'],
    ['src/web/home.tsx', 'hono/jsx'],
    ['workers/app.ts', 'hono'],
    ['workers/indexer.ts', 'cloudflare:workers'],
    ['src/cloudflare/stubs.ts', 'cloudflare:workers'],
    ['src/reads/feed.ts', 'hono-like'],
  ])('let %s import %s', (path, name) => expect(check(path, `import '${name}';`)).toEqual([]));

  test.each([
    ['src/reads/feed.ts', 'drizzle-orm', 'src/db/'],
    ['workers/wire.ts', 'drizzle-orm/d1', 'src/db/'],
    ['src/auth/session.ts', 'hono', 'src/xrpc/, src/web/, workers/app.ts'],
    ['workers/wire.ts', 'hono/cors', 'src/xrpc/, src/web/, workers/app.ts'],
    ['src/follow/follow.ts', 'cloudflare:workers', 'workers/, src/cloudflare/'],
  ])('keep %s from %s', (path, name, places) => {
    expect(check(path, `import type { It } from '${name}';`)).toEqual([`${path} imports ${name}: only ${places} may.`]);
  });

  test('know that JSX imports hono', () => {
    expect(check('src/reads/feed.tsx', 'export const feed = <p>hi</p>;')).toEqual([
      'src/reads/feed.tsx imports hono/jsx/jsx-runtime: only src/xrpc/, src/web/, workers/app.ts may.',
    ]);
  });
});

describe('pure rooms', () => {
  test.each([
    ['export const now = () => Date.now();', 'Date.now'],
    [`export const now = () => Date['now']();`, 'Date.now'],
    ['export const now = () => new Date();', 'new Date() without argument'],
    ['export const now = () => Date();', 'Date()'],
    ['export const now = () => performance.now();', 'performance'],
    [`export const get = () => fetch('https://example.com');`, 'fetch'],
    ['export const get = { fetch };', 'fetch'],
    ['export const get = () => globalThis.fetch;', 'globalThis'],
    ['export const id = () => crypto.randomUUID();', 'crypto'],
    ['export const id = () => crypto.getRandomValues(new Uint8Array(8));', 'crypto'],
    ['export const dice = () => Math.random();', 'Math.random'],
    ['export const later = (f: () => void) => setTimeout(f, 1);', 'setTimeout'],
    ['export async function read() {}', 'an async function'],
    ['export const read = async () => 1;', 'an async function'],
    ['export const it = { async read() {} };', 'an async function'],
    ['export const it = await 1;', 'await'],
  ])('never %s', (source, impurity) => {
    expect(check('src/domain/it.ts', source)).toEqual([`src/domain/it.ts uses ${impurity}: domain is pure.`]);
    expect(check('src/views/it.ts', source)).toEqual([`src/views/it.ts uses ${impurity}: views is pure.`]);
    expect(check('src/reads/it.ts', source)).toEqual([]);
  });

  test('import nothing of Node', () => {
    expect(check('src/domain/it.ts', `import { randomUUID } from 'node:crypto';`)).toEqual([
      'src/domain/it.ts imports node:crypto: domain is pure.',
    ]);
  });

  test.each([
    'export const day = (time: string) => new Date(time).toISOString();',
    'export const time = (text: string) => Date.parse(text);',
    'export const most = Math.max(1, 2);',
    'export const read = (source: { fetch: string }) => source.fetch;',
    'export const named = { crypto: 1, performance: 2 };',
    'export interface Post { fetch: string; now: number }',
    `export const text = 'await fetch(Date.now())'; // Math.random()`,
  ])('may %s', (source) => expect(check('src/domain/it.ts', source)).toEqual([]));
});

describe('circles', () => {
  test('are caught between two files, types included', () => {
    const files = {
      'src/reads/feed.ts': `import type { Thread } from './thread.ts';`,
      'src/reads/thread.ts': `import { feed } from './feed.ts';`,
    };
    expect(findViolations(house, files)).toEqual([
      'src/reads/feed.ts -> src/reads/thread.ts -> src/reads/feed.ts is a circle.',
    ]);
  });

  test('are caught the long way round, without extension and through re-exports', () => {
    const files = {
      'workers/app.ts': `import '../src/db/a.ts';`,
      'src/db/a.ts': `export * from './b';`,
      'src/db/b.ts': `export type { C } from './c/index';`,
      'src/db/c/index.ts': `export const a = () => import('../a.ts');`,
    };
    expect(findViolations(house, files)).toEqual([
      'src/db/a.ts -> src/db/b.ts -> src/db/c/index.ts -> src/db/a.ts is a circle.',
    ]);
  });

  test('are not seen where two ways lead to one file', () => {
    const files = {
      'src/db/a.ts': `import './b.ts'; import './c.ts';`,
      'src/db/b.ts': `import './d.ts';`,
      'src/db/c.ts': `import './d.ts';`,
      'src/db/d.ts': '',
    };
    expect(findViolations(house, files)).toEqual([]);
  });
});

describe('sizes', () => {
  const lines = (count: number) => '// wiring\n'.repeat(count);

  test('a Durable Object has at most 60 lines', () => {
    expect(check('workers/indexer.ts', lines(60))).toEqual([]);
    expect(check('workers/indexer.ts', lines(61))).toEqual([
      'workers/indexer.ts has 61 lines: only wiring belongs there, at most 60 lines of it.',
    ]);
  });

  test.each(['workers/app.ts', 'workers/wire.ts', 'workers/config.ts', 'src/db/commit.ts'])(
    '%s may have more',
    (path) => expect(check(path, lines(61))).toEqual([]),
  );
});

test('a file that cannot be read is no file without arrows', () => {
  expect(() => check('src/db/page.ts', 'import {')).toThrow('src/db/page.ts');
});
