/** Which addresses may be linked to, and which words lie about them. */
import { describe, expect, test } from 'vitest';
import { hostBehind, safeHref } from '../../src/web/links.ts';

describe('an address', () => {
  test.each([
    ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['HTTP://EXAMPLE.com', 'http://example.com/'],
    ['mailto:ada@example.com', 'mailto:ada@example.com'],
    ['at://did:plc:abc/club.commonplace.story/3k', 'at://did:plc:abc/club.commonplace.story/3k'],
    ['at://ada.example.com', 'at://ada.example.com'],
    ['https://例え.jp/', 'https://xn--r8jz45g.jp/'],
    [' https://example.com/ ', 'https://example.com/'],
  ])('%j may be linked to', (address, href) => expect(safeHref(address)).toBe(href));

  test.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'JAVASCRIPT://example.com/%0aalert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://example.com/',
    'blob:https://example.com/x',
    'at://"onclick="',
    'at:javascript:alert(1)',
    'https://user@example.com/',
    'https://example.com:pass@evil.example/',
    '//example.com/',
    '/path',
    'example.com',
    '',
    `https://example.com/${'a'.repeat(3000)}`,
  ])('%j may not', (address) => expect(safeHref(address)).toBeNull());
});

describe('the words of a link', () => {
  test.each([
    ['example.com', 'https://example.com/x', null],
    ['www.example.com/x', 'https://example.com/x', null],
    ['read this', 'https://example.com/x', null],
    ['the end.Then more', 'https://example.com/', 'example.com'],
    ['example.com', 'https://evil.example/', 'evil.example'],
    ['https://example.com', 'https://example.com.evil.example/', 'example.com.evil.example'],
    ['EXAMPLE.COM', 'https://example.com/', null],
    ['example.com', 'mailto:ada@example.com', null],
  ])('%j for %s: behind it is %j', (words, href, host) => expect(hostBehind(words, href)).toBe(host));
});
