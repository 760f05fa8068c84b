/** Pictures as everybody there is, in every kind of space: whoever may read the post sees them, and nobody else. */
import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { blobStore } from '../../src/cloudflare/r2.ts';
import type { Did } from '../../src/domain/model.ts';
import { Community } from '../support/community.ts';
import { ask, signIn } from '../support/workers/instance.ts';
import { bytesOf, cidOf } from '../support/workers/media.ts';
import { AUTHOR, didAt, foundPlaces, KINDS, PEOPLE, type Person, type Place, signInAll } from './people.ts';

const author = AUTHOR.did ?? '';
const NOT_FOR_VISITORS = { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: '!no-unauthenticated' }] };
let places: Place[];
/** By kind of space; of posts for everybody, and of those for people who are signed in. */
const pictures = new Map<string, { open: string; known: string }>();

beforeAll(async () => {
  places = await foundPlaces(env.DB);
  await signInAll(places, [], signIn);
  for (const place of places) {
    const club = Community.of(env.DB, place.space);
    const [open, known] = [await kept(), await kept()];
    await club.story(author, 'Pictured', { images: [imageOf(open)] });
    await club.story(author, 'Among us', { images: [imageOf(known)], labels: NOT_FOR_VISITORS });
    pictures.set(place.kind, { open, known });
  }
});

const imageOf = (cid: string) => ({
  alt: '',
  image: { $type: 'blob', ref: { $link: cid }, mimeType: 'image/png', size: 100 },
});

let seed = 0;
/** Bytes that the instance holds already. */
async function kept(): Promise<string> {
  const bytes = bytesOf(100, ++seed);
  const cid = await cidOf(bytes);
  await blobStore(env.MEDIA).put(cid, bytes, 'image/png', bytes.length);
  await env.DB.prepare(
    "insert into blob (cid, space, did, type, size, still, stored_at) values (?, '', '', 'image/png', 100, 0, 1)",
  )
    .bind(cid)
    .run();
  return cid;
}

const look = (person: Person, place: Place, cid: string, did: Did = author): Promise<Response> =>
  ask({ host: place.host, method: 'GET', path: `/media/${did}/${cid}`, did: didAt(person, place) });

test.each(KINDS)('in a %s space', async (kind) => {
  const place = places.find((one) => one.kind === kind) as Place;
  const { open = '', known = '' } = pictures.get(kind) ?? {};
  for (const person of PEOPLE) {
    const isIn = kind !== 'private' || person.inside;
    const seen = [await look(person, place, open), await look(person, place, known)];
    expect(
      seen.map(({ status }) => status),
      person.name,
    ).toEqual([isIn ? 200 : 404, isIn && person.did !== null ? 200 : 404]);
    const caches = seen.map(({ headers }) => headers.get('cache-control'));
    const mine = 'private, no-cache';
    const none = 'no-store';
    expect(caches, person.name).toEqual([
      kind === 'private' ? (isIn ? mine : none) : 'public, max-age=86400',
      isIn && person.did !== null ? mine : none,
    ]);
    // What is refused is refused as what never was.
    if (!isIn) expect(await seen[0]?.text()).toBe(await (await look(person, place, 'bafkreinothing')).text());
  }
});
