/** Which hostnames a space can be given. */
import { describe, expect, test } from 'vitest';
import { hostname, hostnames } from '../../src/actions/hostnames.ts';

test.each([
  ['club.example.com', 'club.example.com'],
  [' Club.Example.COM. ', 'club.example.com'],
  ['bücher.example.com', 'xn--bcher-kva.example.com'],
  ['例え.テスト.example', 'xn--r8jz45g.xn--zckzah.example'],
  ['a-b.1und1.example.com', 'a-b.1und1.example.com'],
  [`${'a'.repeat(63)}.example.com`, `${'a'.repeat(63)}.example.com`],
])('%s is the hostname %s', (given, host) => expect(hostname(given, false)).toBe(host));

test.each([
  '',
  '.',
  'club',
  'localhost',
  'club.localhost',
  'https://club.example.com',
  'club.example.com/path',
  'club.example.com:8787',
  'user@club.example.com',
  'club.example.com?x',
  'club .example.com',
  'club_x.example.com',
  '-club.example.com',
  'club-.example.com',
  'club..example.com',
  '*.example.com',
  '%63lub.example.com',
  '127.0.0.1',
  '2130706433.1',
  '[::1]',
  `${'a'.repeat(64)}.example.com`,
  `${'a.'.repeat(127)}example.com`,
])('"%s" is none, in words', (given) => {
  expect(hostname(given, false)).toMatchObject({ refusal: 'InvalidHost', message: expect.stringMatching(/\w+ \w+/) });
});

test('on one’s own machine there are names under localhost', () => {
  expect(hostname('club.localhost', true)).toBe('club.localhost');
  expect(hostname('localhost', true)).toMatchObject({ refusal: 'InvalidHost' });
});

describe('several', () => {
  test('keep their order, each once', () => {
    expect(hostnames(['b.example.com', 'A.example.com', 'B.example.com'], [], false)).toEqual([
      'b.example.com',
      'a.example.com',
    ]);
  });

  test.each([
    ['none', []],
    ['one that is the instance’s own', ['club.example.com', 'HOME.example.com']],
    ['one that is no hostname', ['club.example.com', 'club']],
  ])('with %s are refused', (_, given) => {
    expect(hostnames(given, ['home.example.com:443'], false)).toMatchObject({ refusal: 'InvalidHost' });
  });
});
