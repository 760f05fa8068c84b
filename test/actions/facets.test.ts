/** Mentions, links and tags are found where somebody typed them, counted in bytes, and nowhere else. */
import { describe, expect, test } from 'vitest';
import { facetsIn, markdownFacetsIn } from '../../src/actions/facets.ts';
import type { JsonObject } from '../../src/domain/model.ts';
import { renderMarkdown } from '../../src/web/markdown.ts';

const ADA = 'did:plc:adaadaadaadaadaadaadaada';
const identity = { resolveHandle: async (handle: string) => (handle === 'ada.test' ? ADA : null) };

/** What each facet marks, and what it says of it. */
async function marked(text: string, find = facetsIn): Promise<unknown[]> {
  const bytes = Buffer.from(text);
  const facets = (await find(text, identity)) as unknown as {
    index: { byteStart: number; byteEnd: number };
    features: JsonObject[];
  }[];
  return facets.map(({ index, features: [feature] }) => [
    bytes.subarray(index.byteStart, index.byteEnd).toString(),
    feature?.did ?? feature?.uri ?? feature?.tag,
  ]);
}

const TYPED = 'Grüße, @ada.test 🦆 siehe https://teich.example/höhe und #Gänse, 東京 #東京';
const FOUND = [
  ['@ada.test', ADA],
  ['https://teich.example/höhe', 'https://teich.example/höhe'],
  ['#Gänse', 'Gänse'],
  ['#東京', '東京'],
];

test.each([
  ['plain text', facetsIn],
  ['Markdown', markdownFacetsIn],
])('in %s with letters of many bytes', async (_, find) => {
  expect(await marked(TYPED, find)).toEqual(FOUND);
});

test('a handle that leads to nobody is only text', async () => {
  expect(await marked('@nobody.test')).toEqual([]);
});

describe('in Markdown nothing is found', () => {
  test.each([
    ['in a span of code', 'ä `@ada.test #no` #yes'],
    ['in a fence of code', 'ä\n\n```\n@ada.test\n#no\n```\n\n#yes'],
    ['in one without an end', '#yes\n\n~~~\n@ada.test #no'],
    ['in the address of a link', '[ä](https://no.example/@ada.test) #yes'],
    ['in an address in brackets', '<https://no.example/> #yes'],
    ['in the address of a reference', '[ä]\n\n#yes\n\n[ä]: https://no.example/'],
  ])('%s', async (_, text) => {
    expect(await marked(text, markdownFacetsIn)).toEqual([['#yes', 'yes']]);
  });
});

test('what is found becomes a link on the page, beside the Markdown that is there', async () => {
  const text = '**@ada.test** wrote `@ada.test` on #Gänse: [words](https://a.example) https://b.example';
  const html = renderMarkdown(text, 1, await markdownFacetsIn(text, identity));
  expect(html).toContain(`<strong><a href="/author/${ADA}">@ada.test</a></strong> wrote <code>@ada.test</code>`);
  expect(html).toContain('<a href="/tag/g%C3%A4nse">#Gänse</a>');
  expect(html).toMatch(/<a href="https:\/\/a.example\/?" rel="[^"]+">words<\/a>/);
  expect(html).toMatch(/<a href="https:\/\/b.example\/?" rel="[^"]+">https:\/\/b.example<\/a>/);
});

test.each(['`', '```\n', '[', '](', '<a:', '``` `', '~~~~\n~~~\n'])(
  '%j many times over is looked through once',
  async (part) => {
    expect(await markdownFacetsIn(part.repeat(50_000), identity)).toEqual([]);
  },
);
