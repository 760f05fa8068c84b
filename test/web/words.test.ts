/** Times, numbers and beginnings of texts as readers see them. */
import { describe, expect, test } from 'vitest';
import { beginning, firstParagraph, summary } from '../../src/web/excerpt.ts';
import { favicon } from '../../src/web/favicon.ts';
import { say } from '../../src/web/messages.ts';
import { agoWords, machineTime, timeWords } from '../../src/web/time.ts';
import { fragmentElements } from './html.ts';

const NOW = Date.UTC(2026, 10, 20, 9, 51, 30);
const MINUTE = 60_000;

describe('times', () => {
  test.each([
    [0, 'just now'],
    [59_000, 'just now'],
    [MINUTE, '1 minute ago'],
    [59 * MINUTE, '59 minutes ago'],
    [60 * MINUTE, '1 hour ago'],
    [23.9 * 60 * MINUTE, '23 hours ago'],
    [24 * 60 * MINUTE, '1 day ago'],
    [6 * 24 * 60 * MINUTE, '6 days ago'],
    [7 * 24 * 60 * MINUTE, '13 November 2026'],
    [-2 * 60 * MINUTE, '20 November 2026'],
  ])('%d ms before now is %s', (past, words) => expect(agoWords(NOW - past, NOW)).toBe(words));

  test('are in UTC, for people and machines', () => {
    expect(timeWords(NOW)).toBe('20 November 2026, 09:51 UTC');
    expect(machineTime(NOW)).toBe('2026-11-20T09:51:30Z');
    expect(timeWords(0)).toBe('1 January 1970, 00:00 UTC');
  });
});

test.each([
  [say.replies(0), 'No replies'],
  [say.replies(1), '1 reply'],
  [say.replies(2), '2 replies'],
  [say.members(12_345_678), '12,345,678 members'],
  [say.likes(1000), '1,000 likes'],
])('counts read well: %s', (words, expected) => expect(words).toBe(expected));

describe('the beginning of a text', () => {
  test.each([
    ['short', 20, 'short'],
    ['one two three', 9, 'one two…'],
    ['one two three', 7, 'one two…'],
    ['one two. three', 9, 'one two…'],
    ['a'.repeat(50), 10, `${'a'.repeat(10)}…`],
    ['夜の図書館で本を読む', 10, '夜の図書館…'],
    ['夜の図書館', 5, '夜の…'],
    ['夜の', 4, '夜の'],
    ['aaaaaaaaa👋b', 10, 'aaaaaaaaa…'],
  ])('%j in %d', (text, length, expected) => expect(beginning(text, length)).toBe(expected));

  test('is its first paragraph, and a line for previews', () => {
    expect(firstParagraph('\nOne\nline.\n \nTwo.')).toBe('One\nline.');
    expect(summary(' One\n\n two ')).toBe('One two');
  });
});

describe('the icon', () => {
  test.each([
    ['The Inkwell', 'T'],
    ['état', 'É'],
    ['👩‍👩‍👧 family', '👩‍👩‍👧'],
    ['<script>', '<'],
    ['', ''],
  ])('of %j is %j', (name, letter) => {
    const text = fragmentElements(favicon(name, null)).find((element) => element.name === 'text');
    expect(text?.text).toBe(letter);
  });
});
