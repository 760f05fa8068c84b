/** Names that the page of sign-in offers: of people whom everybody knows as members, and of nobody else. */
import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { Community, didOf } from '../support/community.ts';
import { openSite } from './visit.ts';

const site = openSite(env.DB);
const names = async (q: string, host = 'open.example'): Promise<string[]> => {
  const { text } = await site.get(`https://${host}/login/names?q=${encodeURIComponent(q)}`);
  return (JSON.parse(text) as { names: string[] }).names;
};

async function enter(club: Community, name: string, halves = 'both', handle = `${name}.example`): Promise<void> {
  const did = didOf(name);
  await club.named(did, handle);
  if (halves !== 'theirs') await club.put(did, 'club.commonplace.actor.join', {}, club.space);
  const membership = { member: did, roles: [] };
  if (halves !== 'own') await club.put(club.space, 'club.commonplace.space.membership', membership, did);
}

let open: Community;
beforeAll(async () => {
  open = await Community.found(env.DB, 'open', { hosts: ['open.example'] });
  const closed = await Community.found(env.DB, 'closed', { hosts: ['closed.example'], held: 'private' });
  const quiet = await Community.found(env.DB, 'quiet', { profile: { visibility: 'unlisted' } });
  await enter(open, 'anna');
  await enter(open, 'anton');
  await enter(open, 'andonlyown', 'own');
  await enter(open, 'andonlytheirs', 'theirs');
  await enter(closed, 'anclosed');
  await enter(quiet, 'anquiet');
  await enter(open, 'angone');
  await open.account(didOf('angone'), 'deactivated');
  // Says nobody who is in any more: what members wrote before is no reason to name them.
  const discreet = await Community.found(env.DB, 'discreet', {});
  await enter(discreet, 'andiscreet');
  await env.DB.prepare("update space set held_roster = 'private' where did = ?").bind(discreet.space).run();
  // Wrote there, and is no member.
  await open.named(didOf('anvisitor'), 'anvisitor.example');
  await open.story(didOf('anvisitor'), 'Hello');
});

test('are those of members of listed spaces, at every host the same', async () => {
  for (const host of ['open.example', 'closed.example', 'instance.example'])
    expect(await names('an', host)).toEqual(['anna.example', 'anton.example']);
  expect(await names('@ANT')).toEqual(['anton.example']);
});

test('are none for what is too short, or no beginning of a name', async () => {
  for (const q of ['', 'a', ' ', '%%', '__', 'an%', "an' or 1=1 --", 'x'.repeat(100), 'zz'])
    expect(await names(q)).toEqual([]);
});

test('are at most eight', async () => {
  for (const letter of 'abcdefghij') await enter(open, `many${letter}`);
  expect(await names('many')).toHaveLength(8);
});

test('are kept by nobody, and offered by a script that does without', async () => {
  const { headers } = await site.get('https://open.example/login/names?q=an');
  expect(headers.get('cache-control')).toBe('private, no-store');
  const page = await site.get('https://open.example/login');
  expect(page.find('input', { id: 'who' })?.attributes.list).toBe('names');
  const script = page.find('script')?.attributes.src ?? '';
  const { text, headers: ofScript } = await site.get(`https://open.example${script}`);
  expect(ofScript.get('cache-control')).toContain('immutable');
  expect(new TextEncoder().encode(text).length).toBeLessThan(2_000);
  expect((await site.get('https://open.example/about')).all('script').length).toBe(0);
});
