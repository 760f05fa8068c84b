/** Who may not send something long to the group is told so before it is read. */
import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { ask, signIn } from '../support/workers/instance.ts';
import { didAt, foundPlaces, PEOPLE, type Place } from './people.ts';

let place: Place;
beforeAll(async () => {
  place = (await foundPlaces(env.DB)).find(({ kind }) => kind === 'public') as Place;
}, 60_000);

test.each([
  ['member', 403, 0],
  ['group.act', 400, 1],
])('%s: %i', async (name, status, reads) => {
  const person = PEOPLE.find((one) => one.name === name);
  const did = person ? didAt(person, place) : null;
  await signIn(did ?? '', [place.host]);
  let read = 0;
  const pull = (controller: ReadableStreamDefaultController): void => {
    read++;
    controller.enqueue(new Uint8Array(10));
    controller.close();
  };
  const answer = await ask({
    ...{ host: place.host, method: 'POST', did, headers: { 'content-type': 'image/png' } },
    path: `/xrpc/club.commonplace.group.uploadBlob?repo=${place.space}`,
    body: new ReadableStream({ pull }, { highWaterMark: 0 }),
  });
  expect([answer.status, read]).toEqual([status, reads]);
});
