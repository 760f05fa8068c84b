/** Pictures and films from a real server to a reader: whole, in parts, once, and no longer than they may be seen. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import type { Account } from '../network/index.ts';
import { noisePng } from '../support/media.ts';
import { eventually, type Home, makeMember, makeSpace, type Space, startHome, write } from './harness.ts';

let home: Home;
let space: Space;
let ada: Account;

beforeAll(async () => {
  home = await startHome({ vars: { METER: '1' } });
  space = await makeSpace(home, 'gallery');
  ada = await makeMember(home, space, 'ada');
});
afterAll(() => home?.stop());

const upload = async (author: Account, bytes: Uint8Array, encoding: string) =>
  (await author.agent.com.atproto.repo.uploadBlob(bytes, { encoding })).data.blob;

test('a picture of a post is shown from the space’s own host', async () => {
  const bytes = await noisePng(64, 64);
  const image = await upload(ada, bytes, 'image/png');
  const path = `/media/${ada.did}/${image.ref}`;
  expect((await home.get(space.host, path)).status).toBe(404);
  await write(ada, NSID.topic, { space: space.did, title: 'Noise', text: '', images: [{ image, alt: 'Noise' }] });
  const answer = await eventually(
    () => home.get(space.host, `/media/${ada.did}/${image.ref}.png`),
    ({ status }) => status === 200,
  );
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  expect(answer.headers.get('content-type')).toBe('image/png');
});
