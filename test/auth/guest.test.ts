/** Who stands before a page, and whose forms are taken. */
import { describe, expect, test } from 'vitest';
import { entriesOf, sessionCookie, visitOf } from '../../src/auth/cookies.ts';
import { isOwnForm, NOBODY } from '../../src/auth/guest.ts';
import { newSecret } from '../../src/auth/seal.ts';
import { nextPath, writingPath } from '../../src/web/form.ts';

const [ada, bert] = ['did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', 'did:web:bert.example%3A8080'].map((did) => ({
  did,
  secret: newSecret(),
}));

test('the accounts of a browser come back as they were given, the one in use first', () => {
  const cookie = sessionCookie([ada, bert].flatMap((entry) => entry ?? []));
  expect(entriesOf(`a=b; ${cookie.split(';')[0]}; c=d`)).toEqual([ada, bert]);
  expect(cookie).toMatch(/^__Host-session=.*; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  expect(sessionCookie([])).toContain('Max-Age=0');
});

test.each(['', '__Host-session', '__Host-session=', '__Host-session=x|y', `__Host-session=${'a'.repeat(43)}nobody`])(
  'a cookie %j names nobody',
  (cookie) => {
    expect(entriesOf(cookie)).toEqual([]);
    expect(visitOf(cookie.replace('session', 'visit'))).toBeNull();
  },
);

describe('a form', () => {
  const guest = { ...NOBODY, token: 'token' };
  const from = (headers: Record<string, string>) =>
    new Request('https://club.example/join', { method: 'POST', headers });

  test.each([[{}], [{ origin: 'https://club.example' }], [{ 'sec-fetch-site': 'same-origin' }]])(
    'with the token is taken from %j',
    (headers) => expect(isOwnForm(guest, from(headers as Record<string, string>), 'token')).toBe(true),
  );

  test.each([
    ['another token', {}, 'other'],
    ['no token', {}, null],
    ['another site', { origin: 'https://evil.example' }, 'token'],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }, 'token'],
  ] as const)('with %s is refused', (_, headers, token) => {
    expect(isOwnForm(guest, from({ ...headers }), token)).toBe(false);
  });

  test('of a browser that was given no secret is refused', () => {
    expect(isOwnForm(NOBODY, from({}), null)).toBe(false);
  });
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/a\nb', '', null])(
  'nobody is led on to %j',
  (path) => expect(nextPath(path)).toBe('/'),
);
test('one is led on to a path of the same site', () => expect(nextPath('/a/b?c=d#e')).toBe('/a/b?c=d#e'));
test.each(['//evil.example/write/', '/\\write/', 'https://evil.example/write/topic', '/about', '/write', null])(
  'joining leads on to nothing that is written by %j',
  (path) => expect(writingPath(path)).toBeNull(),
);
