/** The object of a space's listeners, over real connections that sleep and wake. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../src/domain/model.ts';
import { MOST } from '../../src/listen/listeners.ts';
import { Community, didOf } from '../support/community.ts';
import { ask, HOME } from '../support/workers/instance.ts';
import { type Client, listen, news, objectOf, settled } from '../support/workers/stream-client.ts';

const [ANN, BEN] = [didOf('ann'), didOf('ben')];
const PROFILE = 'club.commonplace.space.profile';
let club: Community;
let count = 0;

beforeEach(async () => {
  club = await Community.found(env.DB, `club${'abcdefghijklmnopqrstuvwxyz'[count++]}`);
});

const keyOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);
const profile = (more: JsonObject): Promise<string> =>
  club.put(club.space, PROFILE, { displayName: 'Club', joinPolicy: 'open', postPolicy: 'anyone', ...more }, 'self');
const hold = (visibility: string | null): Promise<unknown> =>
  env.DB.prepare('update space set held_visibility = ? where did = ?').bind(visibility, club.space).run();

describe('a listener', () => {
  test('without a cursor is told what comes from now on, in the wire format of Jetstream', async () => {
    await club.story(ANN, 'Before');
    const client = await listen(club.space);
    expect(client.told).toEqual([]);
    const uri = await club.story(ANN, 'After');
    expect(await news(club.space)).toBe(true);
    const row = await env.DB.prepare('select seq, rev, cid from record where uri = ?').bind(uri).first();
    expect(client.told).toEqual([
      {
        ...{ did: ANN, time_us: row?.seq, kind: 'commit' },
        commit: {
          ...{ rev: row?.rev, operation: 'create', collection: 'club.commonplace.story', rkey: keyOf(uri) },
          record: expect.objectContaining({ title: 'After', space: club.space }),
          cid: row?.cid,
        },
      },
    ]);
    // Unix microseconds, as clients expect: the community's clock says when.
    expect(Math.abs((row?.seq as number) - club.now * 1000)).toBeLessThan(1_000_000);
  });

  test('with a cursor from before everything is told all that shows, once each, as it is now', async () => {
    const one = await club.story(ANN, 'One');
    await club.story(BEN, 'Two');
    await club.story(ANN, 'One, again', {}, keyOf(one));
    const client = await listen(club.space, 'cursor=1');
    const [first, ...rest] = client.words();
    expect([first, rest]).toEqual([
      expect.stringMatching(/^create profile/),
      ['create story Two', 'create story One, again'],
    ]);
    const times = client.told.map(({ time_us }) => time_us);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  test('resumes at its cursor, which is inclusive, and loses nothing', async () => {
    const first = await listen(club.space);
    const uri = await club.story(ANN, 'One');
    await club.story(ANN, 'Two');
    await news(club.space);
    first.socket.close();
    await club.remove(uri);
    await club.story(BEN, 'Three');
    const again = await listen(club.space, `cursor=${first.told.at(-1)?.time_us}`);
    expect(again.words()).toEqual(['create story Two', `delete story ${keyOf(uri)}`, 'create story Three']);
  });

  test('with a cursor from the future is told what comes from now on', async () => {
    const client = await listen(club.space, `cursor=${(Date.now() + 3_600_000) * 1000}`);
    await club.story(ANN, 'One');
    await news(club.space);
    expect(client.words()).toEqual(['create story One']);
  });

  test('hears an edit as an update, a deletion as a delete', async () => {
    const client = await listen(club.space);
    const uri = await club.story(ANN, 'One');
    await news(club.space);
    await club.story(ANN, 'Other', {}, keyOf(uri));
    await news(club.space);
    await club.remove(uri);
    await news(club.space);
    const key = keyOf(uri);
    expect(client.words()).toEqual(['create story One', 'update story Other', `delete story ${key}`]);
    expect(client.told[2]?.commit).not.toHaveProperty('record');
  });

  test('is told only what it wants, and may change that', async () => {
    const likes = await listen(club.space, 'wantedCollections=club.commonplace.like');
    const ofBen = await listen(club.space, `wantedDids=${BEN}&wantedCollections=club.commonplace.*`);
    const short = await listen(club.space, 'maxMessageSizeBytes=600');
    const hello = await listen(club.space, 'requireHello=true');
    const uri = await club.story(ANN, 'One', { text: 'x'.repeat(1000) });
    await club.like(BEN, uri);
    await news(club.space);
    expect(likes.words()).toEqual([expect.stringMatching(/^create like/)]);
    expect(ofBen.words()).toEqual([expect.stringMatching(/^create like/)]);
    expect(short.words()).toEqual([expect.stringMatching(/^create like/)]);
    expect(hello.words()).toEqual([]);
    likes.socket.send(JSON.stringify({ type: 'options_update', payload: { wantedDids: [ANN] } }));
    hello.socket.send(JSON.stringify({ type: 'something_else' }));
    hello.socket.send(JSON.stringify({ type: 'options_update', payload: {} }));
    await club.story(ANN, 'Two');
    await settled(club.space);
    await news(club.space);
    expect(likes.words().slice(1)).toEqual(['create story Two']);
    expect(hello.words()).toEqual(['create story One', expect.stringMatching(/^create like/), 'create story Two']);
  });

  test('that sends nonsense or too much is cut off, with the reason', async () => {
    const [nonsense, wrong, flood] = await Promise.all([listen(club.space), listen(club.space), listen(club.space)]);
    nonsense.socket.send('nonsense');
    wrong.socket.send(JSON.stringify({ type: 'options_update', payload: { wantedDids: ['nobody'] } }));
    // Of two minutes, should one end meanwhile.
    for (let i = 0; i <= 2 * MOST.messages; i++) flood.socket.send('{}');
    await vi.waitFor(() => expect([nonsense, wrong, flood].map(({ closed }) => closed)).not.toContain(null), 40_000);
    expect(nonsense.closed).toMatchObject({ code: 1008, reason: expect.stringContaining('not JSON') });
    expect(wrong.closed).toMatchObject({ code: 1008, reason: expect.stringContaining('nobody is no DID') });
    expect(flood.closed).toMatchObject({ code: 1008, reason: expect.stringContaining('messages in a minute') });
  });
});

describe('what does not show', () => {
  test('is never told, and its end neither', async () => {
    await profile({ postPolicy: 'members' });
    const client = await listen(club.space);
    const uri = await club.story(ANN, 'Waits unseen');
    await news(club.space);
    await club.remove(uri);
    await news(club.space);
    expect(client.told).toEqual([]);
    expect((await listen(club.space, 'cursor=1')).words()).toEqual([expect.stringContaining('profile')]);
  });

  test('any more is told as a delete, and as a create when it shows again', async () => {
    const uri = await club.story(ANN, 'One');
    await club.work();
    const client = await listen(club.space);
    const before = await listen(club.space, 'cursor=1');
    await club.account(ANN, 'deactivated');
    await club.work();
    await news(club.space);
    await club.account(ANN, 'active');
    await club.work();
    await news(club.space);
    const end = ['deactivated ann', `delete story ${keyOf(uri)}`, 'active ann', 'create story One'];
    expect(client.words()).toEqual(end);
    expect(before.words().slice(1)).toEqual(['create story One', ...end]);
    const resumed = await listen(club.space, `cursor=${client.told[0]?.time_us}`);
    expect(resumed.words()).toEqual(['active ann', 'create story One']);
  });

  test('by an account event whose work is not done yet is not passed over, and comes if the account proves active', async () => {
    const client = await listen(club.space);
    await club.story(ANN, 'One');
    await club.account(ANN, 'takendown');
    await club.story(BEN, 'Two');
    await news(club.space);
    expect(client.words()).toEqual([]);
    await club.account(ANN, 'active');
    await club.work();
    await news(club.space);
    expect(client.words()).toEqual(['create story One', 'create story Two', 'active ann']);
  });
});

describe('the right to listen', () => {
  const ends = async (client: Client): Promise<string | undefined> => {
    await news(club.space);
    return client.closed?.reason;
  };

  test('ends when the space becomes private, and nothing is told that came after', async () => {
    const client = await listen(club.space);
    await hold('private');
    await club.story(ANN, 'Secret');
    expect(await ends(client)).toMatch(/^SpaceNotFound/);
    expect(client.told).toEqual([]);
  });

  test('ends when the space is removed', async () => {
    const client = await listen(club.space);
    await env.DB.prepare('delete from space where did = ?').bind(club.space).run();
    expect(await ends(client)).toMatch(/^SpaceNotFound/);
  });

  test('ends for those whom the profile lets in no more', async () => {
    const [named, other] = ['did:web:named.example', 'did:web:other.example'];
    const caller = (did: string) => ({ caller: { is: 'instance', did } }) as const;
    const anyone = await listen(club.space);
    const page = await listen(club.space, '', { caller: { is: 'page' } });
    const [inside, outside] = [
      await listen(club.space, '', caller(named)),
      await listen(club.space, '', caller(other)),
    ];
    await profile({ allowedInstances: [named] });
    await news(club.space);
    expect([anyone.closed?.reason, outside.closed?.reason]).toEqual([
      expect.stringMatching(/^AuthenticationRequired/),
      expect.stringMatching(/^InstanceNotAllowed/),
    ]);
    expect([page.closed, inside.closed]).toEqual([null, null]);
    expect(inside.words()).toEqual(['update profile Club']);
  });
});

describe('the object', () => {
  test('sleeps with all connections open, and the next change makes it anew', async () => {
    const clients = [
      await listen(club.space),
      await listen(club.space, `wantedDids=${BEN}`),
      await listen(club.space, 'wantedCollections=a.b.*'),
    ];
    const many = Array.from({ length: 600 }, (_, i) => `wantedCollections=${'x'.repeat(20)}${i}.*`).slice(0, 100);
    const dids = Array.from({ length: 700 }, (_, i) =>
      didOf(`person${'abcdefghij'[i % 10]}${'abcdefghij'[((i / 10) % 10) | 0]}`),
    );
    clients.push(await listen(club.space, [...many, `wantedDids=${ANN}`].join('&')));
    clients[3]?.socket.send(JSON.stringify({ type: 'options_update', payload: { wantedDids: [...dids, ANN] } }));
    await club.story(ANN, 'One');
    await news(club.space);
    await runInDurableObject(objectOf(club.space), (object) => Object.assign(object, { isFirst: true }));
    for (let sleeps = 0; sleeps < 2; sleeps++) {
      await evictDurableObject(objectOf(club.space));
      await club.story(BEN, `After sleep ${sleeps}`);
      await news(club.space);
      // Made anew: what was put on the one before is gone.
      expect(await runInDurableObject(objectOf(club.space), (object) => 'isFirst' in object)).toBe(false);
    }
    expect(clients.map(({ closed }) => closed)).toEqual([null, null, null, null]);
    const after = ['create story After sleep 0', 'create story After sleep 1'];
    expect(clients.map((client) => client.words())).toEqual([
      ['create story One', ...after],
      after,
      [],
      ['create story One'],
    ]);
  });

  test('answers a ping, and says when nobody is left', async () => {
    const client = await listen(club.space);
    const heard: string[] = [];
    client.socket.addEventListener('message', ({ data }) => void heard.push(String(data)));
    client.socket.send('ping');
    await vi.waitFor(() => expect(heard).toEqual(['pong']), 40_000);
    expect(await news(club.space)).toBe(true);
    client.socket.close(1000, 'enough');
    await settled(club.space);
    expect(await news(club.space)).toBe(false);
  });

  test('asks the indexer to be told, which keeps that', async () => {
    await listen(club.space);
    const kept = await runInDurableObject(env.INDEXER.get(env.INDEXER.idFromName('indexer')), (_, { storage }) =>
      storage.get(`listened ${club.space}`),
    );
    expect(kept).toBe(1);
  });
});

test('whoever is one too many is told so, also where answers tell what they cost', async () => {
  const most = MOST.space;
  MOST.space = 0;
  try {
    const path = `/subscribe?space=${club.space}`;
    const answer = await ask({ host: HOME, method: 'GET', path, headers: { upgrade: 'websocket' } });
    expect([answer.status, answer.headers.get('server-timing')]).toEqual([503, expect.stringContaining('rows')]);
    expect(await answer.json()).toMatchObject({ error: 'TooManyListeners' });
  } finally {
    MOST.space = most;
  }
});

test('1,000 events reach 200 clients in order, none lost', async () => {
  const clients = await Promise.all(Array.from({ length: 200 }, () => listen(club.space)));
  const told: Promise<boolean>[] = [];
  for (let batch = 0; batch < 10; batch++) {
    await club.putAll(
      Array.from({ length: 100 }, (_, i) => ({
        ...{ did: i % 2 ? ANN : BEN, collection: 'club.commonplace.topic' },
        record: { title: `${batch * 100 + i}`, text: 'x' },
      })),
    );
    told.push(objectOf(club.space).notify(club.space));
  }
  await Promise.all(told);
  await vi.waitFor(() => expect(clients.every(({ told }) => told.length === 1000)).toBe(true), 40_000);
  const expected = Array.from({ length: 1000 }, (_, i) => `create topic ${i}`);
  for (const client of clients) expect(client.words()).toEqual(expected);
});
