/** The reference of the API: whatever is answered has its page, and what its example shows would be taken. */
import { env } from 'cloudflare:workers';
import { jsonToLex } from '@atproto/lex';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseDocuments } from '../../src/lexicons/documents.ts';
import * as lexicons from '../../src/lexicons/index.ts';
import type { Document } from '../../src/web/docs/documents.ts';
import { exampleOf, exampleQuery, exampleRecord } from '../../src/web/docs/example.ts';
import { GROUP_METHODS } from '../../src/xrpc/group-methods.ts';
import { METHODS } from '../../src/xrpc/methods.ts';
import { OPERATOR_METHODS } from '../../src/xrpc/operator-methods.ts';
import { Community } from '../support/community.ts';
import { openSite } from './visit.ts';

const ALL = [...METHODS, ...GROUP_METHODS, ...OPERATOR_METHODS];
const site = openSite(env.DB, {}, { methods: ALL });
const documents = parseDocuments() as readonly Document[];
const records = documents.filter(({ defs }) => defs.main?.type === 'record').map(({ id }) => id);
const page = (path: string, host = 'instance.example') => site.get(`https://${host}/docs/api${path}`);

beforeAll(async () => {
  await Community.found(env.DB, 'club', { hosts: ['club.example'] });
});

describe('the index', () => {
  test('names every method and record, with the way to its page', async () => {
    const { all, headers } = await page('');
    const links = all('a').map(({ attributes }) => attributes.href);
    for (const id of [...ALL.map(({ nsid }) => nsid), ...records]) expect(links).toContain(`/docs/api/${id}`);
    expect(headers.get('content-security-policy')).not.toContain('script-src');
  });

  test('is at the hosts of spaces too, where search engines are sent on', async () => {
    const { status, find } = await page('', 'club.example');
    expect([status, find('link', { rel: 'canonical' })?.attributes.href]).toEqual([
      200,
      'https://instance.example/docs/api',
    ]);
    expect((await site.get('https://club.example/docs')).headers.get('location')).toBe('/docs/api');
  });
});

test.each([
  ...ALL.map(({ nsid }) => nsid),
  ...records,
  'club.commonplace.sync.subscribe',
  'club.commonplace.feed.defs',
])('%s has a page on which everything leads somewhere', async (id) => {
  const { status, find, all, text } = await page(`/${id}`);
  expect([status, find('h1')?.text]).toEqual([200, id]);
  for (const { attributes } of all('a')) {
    const [path = '', anchor] = (attributes.href ?? '').split('#');
    if (!path.startsWith('/docs/api/')) continue;
    const target = await page(path.slice('/docs/api'.length));
    expect(target.status, path).toBe(200);
    if (anchor)
      expect(
        target.elements.map((element) => element.attributes.id),
        attributes.href,
      ).toContain(anchor);
  }
  expect(text).not.toContain('undefined');
});

test('what is not answered here has none', async () => {
  for (const id of ['club.commonplace.feed.nothing', 'com.atproto.repo.createRecord', 'x', '..%2Fabout'])
    expect((await page(`/${id}`)).status).toBe(404);
  const without = openSite(env.DB, {}, { methods: [] });
  expect((await without.get('https://instance.example/docs/api/club.commonplace.feed.getFeed')).status).toBe(404);
});

test('a page says who may ask, and shows how', async () => {
  const told = async (id: string): Promise<string> => (await page(`/club.commonplace.${id}`)).text;
  const service = 'did:web:instance.example#commonplace';
  expect(await told('feed.getFeed')).toContain('Anybody may ask');
  expect(await told('actor.getMembership')).toContain(`atproto-proxy: ${service}`);
  expect(await told('actor.joinSpace')).toContain('SessionRequired');
  expect(await told('admin.addSpace')).toContain('authorization: Bearer $ADMIN_TOKEN');
  expect(await told('sync.listRecords')).toContain('only instances that it names');
  expect(await told('group.uploadBlob')).toContain('content-type: image/png');
  expect(await told('topic')).toContain('agent.com.atproto.repo.createRecord');
});

interface Checked {
  safeParse(value: unknown): { success: boolean; reason?: Error };
}
type Main = {
  input?: { schema?: Checked };
  parameters: { fromURLSearchParams(params: [string, string][]): object };
} & {
  $safeParse: Checked['safeParse'];
};

const mainOf = (id: string): Main => {
  const found = id.split('.').reduce<unknown>((within, name) => (within as Record<string, unknown>)[name], lexicons);
  return (found as { main: Main }).main;
};
const documentOf = (id: string): Document => documents.find((document) => document.id === id) as Document;
const asLex = (value: unknown): unknown => jsonToLex(value as Parameters<typeof jsonToLex>[0]);

test.each(ALL.map(({ nsid }) => nsid))('the example of %s is what the lexicon takes', (id) => {
  const { main } = documentOf(id).defs;
  if (!main) throw new Error('a method has a main definition');
  mainOf(id).parameters.fromURLSearchParams([...exampleQuery(id, main)]);
  const { schema } = mainOf(id).input ?? {};
  if (!schema) return;
  const result = schema.safeParse(asLex(exampleOf(main.input?.schema ?? { type: 'object' }, id)));
  expect(result.reason?.message ?? null).toBeNull();
});

test.each(records)('the example of %s is a valid record', (id) => {
  const { main } = documentOf(id).defs;
  if (!main) throw new Error('a record has a main definition');
  const result = mainOf(id).$safeParse(asLex(exampleRecord(id, main)));
  expect(result.reason?.message ?? null).toBeNull();
});
