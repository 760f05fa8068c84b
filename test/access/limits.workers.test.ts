/** What is left of what may be done in a while is told with every answer to a write, by pages and by XRPC alike. */
import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, counting, signIn, takeDone } from '../support/workers/instance.ts';
import { AUTHOR, foundPlaces, type Place } from './people.ts';

const did = AUTHOR.did ?? '';
let place: Place;
beforeAll(async () => {
  const places = await foundPlaces(env.DB);
  place = places.find(({ kind }) => kind === 'public') as Place;
  await signIn(did, [place.host]);
  counting.isOn = true;
});
afterAll(() => {
  counting.isOn = false;
});

const form = { title: 'A', text: 'B' };
const publish = (headers: Record<string, string> = {}, who: string | null = did): Promise<Response> =>
  ask({ host: place.host, method: 'POST', path: '/write/topic', did: who, form, headers });
const leave = (headers: Record<string, string> = {}): Promise<Response> => {
  const sent = { 'content-type': 'application/json', ...headers };
  const body = JSON.stringify({ space: place.space });
  return ask({
    host: place.host,
    method: 'POST',
    path: '/xrpc/club.commonplace.actor.leaveSpace',
    did,
    headers: sent,
    body,
  });
};
const told = ({ headers }: Response): Record<string, string | null> =>
  Object.fromEntries(['limit', 'remaining', 'policy'].map((name) => [name, headers.get(`ratelimit-${name}`)]));

test('an account may write sixty times in five minutes, by forms and by calls together', async () => {
  const seconds = Date.now() / 1000;
  const first = await publish();
  expect([first.status, told(first)]).toEqual([502, { limit: '60', remaining: '59', policy: '60;w=300' }]);
  expect(Number(first.headers.get('ratelimit-reset'))).toBeGreaterThan(seconds + 290);
  expect(Number(first.headers.get('ratelimit-reset'))).toBeLessThan(seconds + 320);
  const second = await leave();
  expect([second.status, told(second)]).toEqual([502, { limit: '60', remaining: '58', policy: '60;w=300' }]);
  for (let count = 2; count < 60; count++) await leave();
  takeDone();
  for (const answer of [await leave(), await publish()]) {
    expect([answer.status, told(answer).remaining]).toEqual([429, '0']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(200);
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(300);
    // What was written is kept, or the error has its name.
    expect(await answer.text()).toMatch(/>B<\/textarea>|"RateLimitExceeded"/);
  }
  expect(takeDone()).toEqual([]);
});

test('so may an address, whoever writes from it; the tighter of the two is told', async () => {
  const address = { 'cf-connecting-ip': '192.0.2.1' };
  const first = await publish(address, null);
  expect([first.status, told(first)]).toEqual([401, { limit: '120', remaining: '119', policy: '120;w=300' }]);
  expect(told(await publish(address))).toMatchObject({ limit: '60', remaining: '0' });
});

test('a sign-in is counted by itself, and reading is not counted', async () => {
  const headers = { 'cf-connecting-ip': '192.0.2.2' };
  const tried = await ask({ host: place.host, method: 'POST', path: '/login', did, form: { who: 'x' }, headers });
  expect(told(tried)).toEqual({ limit: '30', remaining: '29', policy: '30;w=300' });
  const read = await ask({ host: place.host, method: 'GET', path: '/', did, headers });
  expect([read.status, told(read)]).toEqual([200, { limit: null, remaining: null, policy: null }]);
});
