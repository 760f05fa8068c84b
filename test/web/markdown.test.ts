/** Markdown from strangers: CommonMark where it is harmless, its own source as text where it is not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/web/markdown.ts';
import { type Named, namedIn, piecesOf } from '../../src/web/markdown-facets.ts';
import { activeContent, fragmentElements, visibleText } from './html.ts';

const LENGTH = 200_000;
const filled = (part: string): string => part.repeat(Math.floor(LENGTH / part.length));

describe('what authors may do', () => {
  test.each([
    ['*em* and **strong**', '<p><em>em</em> and <strong>strong</strong></p>\n'],
    ['- one\n- two', '<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n'],
    ['3. one', '<ol start="3">\n<li>one</li>\n</ol>\n'],
    ['> said', '<blockquote>\n<p>said</p>\n</blockquote>\n'],
    ['```js\nlet a;\n```', '<pre><code>let a;\n</code></pre>\n'],
    ['a  \nb', '<p>a<br>\nb</p>\n'],
    ['***', '<hr>\n'],
    [
      '[it](https://example.com/a "title")',
      '<p><a href="https://example.com/a" rel="nofollow ugc noopener">it</a></p>\n',
    ],
    ['<ada@example.com>', '<p><a href="mailto:ada@example.com" rel="nofollow ugc noopener">ada@example.com</a></p>\n'],
    [
      '[it](at://did:plc:abc/club.commonplace.story/3k)',
      '<p><a href="at://did:plc:abc/club.commonplace.story/3k" rel="nofollow ugc noopener">it</a></p>\n',
    ],
  ])('%s', (markdown, html) => expect(renderMarkdown(markdown)).toBe(html));
});

describe('pictures', () => {
  test('become links, so that nothing is loaded from elsewhere', () => {
    const [, link] = fragmentElements(renderMarkdown('![A *boat*](https://example.com/a.png)'));
    expect(link).toMatchObject({
      name: 'a',
      text: 'Picture: A boat',
      attributes: { href: 'https://example.com/a.png' },
    });
  });

  test('within a link are words of that link', () => {
    const links = fragmentElements(renderMarkdown('[![boat](https://a.example/)](https://b.example/)')).slice(1);
    expect(links).toEqual([
      {
        name: 'a',
        text: 'Picture: boat',
        attributes: { href: 'https://b.example/', rel: 'nofollow ugc noopener' },
      },
    ]);
  });
});

describe('headings', () => {
  const levels = (markdown: string, under?: number): string[] =>
    fragmentElements(renderMarkdown(markdown, under)).map(({ name }) => name);

  test.each([
    ['# a\n## b\n# c', 1, ['h2', 'h3', 'h2']],
    ['### a\n# b', 1, ['h2', 'h2']],
    ['# a\n#### b\n##### c', 1, ['h2', 'h3', 'h4']],
    ['# a\n## b', 3, ['h4', 'h5']],
    ['# a\n## b\n### c\n#### d\n##### e\n###### f', 1, ['h2', 'h3', 'h4', 'h5', 'h6', 'h6']],
  ])('%j under h%i', (markdown, under, expected) => expect(levels(markdown, under)).toEqual(expected));

  test.each(['#', '# ', '#  #', '##\t'])('%j says nothing and is left out', (markdown) =>
    expect(levels(markdown)).toEqual([]),
  );

  test('never leave a gap in the outline, whatever the marks', () => {
    const marks = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 30 });
    fc.assert(
      fc.property(marks, (numbers) => {
        const outline = levels(numbers.map((n) => `${'#'.repeat(n)} x`).join('\n\n')).map((name) => Number(name[1]));
        expect(outline).toHaveLength(numbers.length);
        for (const [i, level] of outline.entries()) expect(level).toBeLessThanOrEqual((outline[i - 1] ?? 1) + 1);
      }),
    );
  });
});

describe('links that lie or lead astray', () => {
  test.each([
    ['[bank.com](https://evil.example/)', 'bank.com (evil.example)'],
    ['[https://bank.com/login](https://evil.example/)', 'https://bank.com/login (evil.example)'],
    ['[see bank.com.](https://evil.example/)', 'see bank.com. (evil.example)'],
    ['[bank.com](https://www.bank.com/)', 'bank.com'],
    ['[the bank](https://bank.com/)', 'the bank'],
    ['[**bank**.com](https://evil.example/)', 'bank.com (evil.example)'],
    ['[](https://evil.example/)', 'https://evil.example/'],
    ['[ ](https://evil.example/)', 'https://evil.example/'],
  ])('%s reads "%s"', (markdown, text) => expect(visibleText(renderMarkdown(markdown)).trim()).toBe(text));
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<style>*{display:none}</style>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](&#x6A;avascript&colon;alert(1))',
  '[x](<java\nscript:alert(1)>)',
  '[x](\u0001javascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](blob:https://example.com/1)',
  '[x](file:///etc/passwd)',
  '[x](//evil.example/)',
  '[x](/relative)',
  '[x](https://user:secret@evil.example/)',
  '[x](https://a.example/"onmouseover="alert(1))',
  '[x](https://a.example/ "\\"onmouseover=\\"alert(1)")',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml,<svg onload=alert(1)>)',
  '![x"onerror="alert(1)](https://a.example/)',
  '<javascript:alert(1)>',
  '<https://a.example/"onmouseover=alert(1)>',
  '[x]\n\n[x]: javascript:alert(1)',
  '```"><script>alert(1)</script>\n</code></pre><script>alert(1)</script>\n```',
  '`</code><script>alert(1)</script>`',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\\<script\\>',
  '# <img src=x onerror=alert(1)>',
  '<math><mtext></p><style><img src=x onerror=alert(1)></style>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
];

describe('hostile text', () => {
  test.each(HOSTILE)('%j is harmless', (markdown) => expect(activeContent(renderMarkdown(markdown))).toEqual([]));

  test('is harmless however it is put together', () => {
    const parts = [
      ...HOSTILE,
      '*',
      '_',
      '`',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '!',
      '\\',
      '\n',
      '\n\n',
      '    ',
      '> ',
      '- ',
      '# ',
      '"',
      "'",
      '&',
    ];
    const text = fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 8, unit: 'binary' })), {
      maxLength: 14,
    });
    fc.assert(
      fc.property(text, (pieces) => {
        expect(activeContent(renderMarkdown(pieces.join('')))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps no tricks of direction or invisible characters', () => {
    expect(visibleText(renderMarkdown('a\u202Egnp.exe\u202C b\u200Bc\uFEFFd \u2066e\u2069'))).not.toMatch(
      /[\u200b\u202a-\u202e\u2066-\u2069\ufeff]/,
    );
  });
});

describe('Markdown bombs', () => {
  const nested = (mark: string): string => Array.from({ length: 600 }, (_, i) => `${mark.repeat(i)}a`).join('\n');

  test.each([
    ['brackets', filled('[')],
    ['brackets, closed', '['.repeat(LENGTH / 2) + ']'.repeat(LENGTH / 2)],
    ['pictures in pictures', filled('![')],
    ['links', filled('[a](b')],
    ['emphasis', filled('*a **b ')],
    ['emphasis without end', filled('**a')],
    ['quotes', filled('>')],
    ['quotes, deeper with each line', nested('>')],
    ['lists, deeper with each line', nested('- ')],
    ['backticks', Array.from({ length: 600 }, (_, i) => '`'.repeat(i + 1)).join(' ')],
    ['angles', filled('<a ')],
    ['addresses', filled('<a@b.c>')],
    ['definitions', filled('[a]: b\n')],
    ['titles without end', `[a]: b${filled('\n"a')}`],
    ['a word', filled('a')],
  ])('%s are done in time', (_, markdown) => {
    const started = performance.now();
    const html = renderMarkdown(markdown);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(activeContent(html)).toEqual([]);
  });

  test('one long address, referred to often, does not outgrow the text', () => {
    const bomb = `[a]: https://a.example/${'b'.repeat(1900)}\n\n${'[a]'.repeat(60_000)}`;
    expect(renderMarkdown(bomb).length).toBeLessThan(4 * LENGTH);
  });

  test('what is longer than any record is cut', () => {
    expect(renderMarkdown('a'.repeat(2 * LENGTH)).length).toBeLessThan(LENGTH + 100);
  });
});

test.each(['https://my-site.example/a-b?c=(d)&e=[f]+g^h$', '#sci-fi', '@ada-b.example.com', 'a|b\\c{2}/*.?'])(
  'what is named is found as it is written: %s',
  (words) => {
    const link = { $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com/there' };
    const text = `See ${words} now`;
    const [byteStart, byteEnd] = [4, 4 + new TextEncoder().encode(words).length];
    const facets = [{ index: { byteStart, byteEnd }, features: [link] }];
    const named = namedIn(text, facets) as Named;
    expect(piecesOf(text, named)).toEqual([
      { words: 'See ', href: null },
      { words, href: 'https://example.com/there' },
      { words: ' now', href: null },
    ]);
  },
);
