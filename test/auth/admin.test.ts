/** Who may give operator commands. */
import { expect, test } from 'vitest';
import { refuseUnlessOperator } from '../../src/auth/admin.ts';

const TOKEN = 'a-long-and-random-token';

test.each([
  ['the token', `Bearer ${TOKEN}`],
  ['the token with the scheme in lower case', `bearer ${TOKEN}`],
])('%s is taken', async (_, header) => {
  expect(await refuseUnlessOperator(header, TOKEN)).toBeNull();
});

test.each([
  ['no header', null, TOKEN],
  ['an empty header', '', TOKEN],
  ['a scheme alone', 'Bearer', TOKEN],
  ['a scheme and a space', 'Bearer ', TOKEN],
  ['the token without a scheme', TOKEN, TOKEN],
  ['another scheme', `Basic ${TOKEN}`, TOKEN],
  ['another token', 'Bearer another-token', TOKEN],
  ['the beginning of the token', `Bearer ${TOKEN.slice(0, -1)}`, TOKEN],
  ['the token and more', `Bearer ${TOKEN}x`, TOKEN],
  ['the token twice', `Bearer ${TOKEN} ${TOKEN}`, TOKEN],
  ['the token in another case', `Bearer ${TOKEN.toUpperCase()}`, TOKEN],
  ['anything while no token is configured', `Bearer ${TOKEN}`, null],
  ['an empty token while an empty one is configured', 'Bearer ', ''],
  ['the word null while no token is configured', 'Bearer null', null],
])('%s is refused', async (_, header, configured) => {
  const refusal = await refuseUnlessOperator(header, configured);
  expect(refusal?.refusal).toBe('AuthenticationRequired');
  expect(refusal?.message).not.toContain(TOKEN);
});
