/** Who let people in or kept them out, by name where there is one to be shown. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SpaceDetails } from '../../src/domain/model.ts';
import * as reads from '../../src/reads/index.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { contextOf, got } from './setup.ts';

const [ann, ben, eve] = [didOf('ann'), didOf('ben'), didOf('eve')];
let it: TestDatabase;
let club: Community;
let space: SpaceDetails;

beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'club');
  space = got(await reads.readSpace(contextOf(it.db), club.space));
});
afterAll(() => it.stop());

test('an inviter is named by handle, else by DID; one who is away by DID alone', async () => {
  for (const did of [ann, ben, eve]) await club.story(did, 'Here');
  await club.named(ann, 'ann.example.com');
  await club.named(eve, 'eve.example.com');
  const named = async () => {
    const actor = await reads.readActors(contextOf(it.db), space, [ann, ben, eve, ann]);
    return [ann, ben, eve].map((did) => actor(did).handle);
  };
  expect(await named()).toEqual(['ann.example.com', null, 'eve.example.com']);
  await club.account(eve, 'deactivated');
  expect(await named()).toEqual(['ann.example.com', null, null]);
});
