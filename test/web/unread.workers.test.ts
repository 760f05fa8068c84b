/** The mark of what is new: on every page that somebody looks at, and paid for by nothing else. */
import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { Community, didOf } from '../support/community.ts';
import { ask, HOME, signIn } from '../support/workers/instance.ts';

const [ANN, BEN] = [didOf('ann'), didOf('ben')];
const HOST = 'club.example';

beforeAll(async () => {
  const club = await Community.found(env.DB, 'club', { hosts: [HOST] });
  for (let i = 0; i < 30; i++) await club.story(ANN, `Story ${i}`);
  const post = await club.story(ANN, 'The last');
  await club.reply(BEN, post, post);
  await signIn(ANN, [HOST, HOME]);
});

interface Answer {
  text: string;
  /** As the meter counts them. */
  rows: number;
}

async function got(path: string, accept: string, more: { host?: string; method?: string } = {}): Promise<Answer> {
  const request = { host: HOST, method: 'GET', path, did: ANN, headers: { accept }, ...more };
  const response = await ask(request);
  const rows = /rows;desc="(\d+)"/.exec(response.headers.get('server-timing') ?? '')?.[1];
  return { text: await response.text(), rows: Number(rows) };
}

const PAGE = 'text/html,application/xhtml+xml,*/*;q=0.8';
const MARK = /class="mark">1<span class="unseen"> not seen yet/;

test.each([HOST, HOME])('a page at %s tells how much is new', async (host) => {
  expect((await got('/contact', PAGE, { host })).text).toMatch(MARK);
});

test.each([
  ['a picture', 'GET', 'image/avif,image/webp,*/*;q=0.8'],
  ['what a script fetches', 'GET', '*/*'],
  ['a form', 'POST', PAGE],
])('%s reads none of it', async (_, method, accept) => {
  for (const host of [HOST, HOME]) {
    const page = await got('/contact', PAGE, { host });
    const other = await got('/contact', accept, { host, method });
    // Of thirty posts the newest likes are looked at.
    expect(page.rows - other.rows, host).toBeGreaterThan(30);
    expect(other.text).not.toMatch(MARK);
  }
});
