/** What the forms of the settings make of what a space says of itself. */
import { describe, expect, test } from 'vitest';
import { NSID } from '../../src/domain/collections.ts';
import { type ProfileDraft, profileDraft, profileProblem, withKinds } from '../../src/domain/settings.ts';

test('a section takes what its form offers and is ticked, and keeps what is not offered: records of others', () => {
  const before = [NSID.topic, NSID.crosspost, 'org.example.thing'];
  expect(withKinds(before, [NSID.topic, NSID.crosspost])).toEqual(before);
  expect(withKinds(before, [NSID.story])).toEqual([NSID.story, 'org.example.thing']);
  expect(withKinds([], [NSID.crosspost])).toEqual([NSID.crosspost]);
});

describe('the profile', () => {
  test.each<[Partial<ProfileDraft>, ReturnType<typeof profileProblem>]>([
    [{}, null],
    [{ url: ' https://example.com ', langs: 'en, pt-BR de' }, null],
    [{ displayName: ' ' }, 'name'],
    [{ url: 'javascript:alert(1)' }, 'url'],
    [{ langs: 'klingon!!' }, 'langs'],
    [{ langs: 'en de fr es' }, 'langs'],
  ])('of %j has the problem %s', (change, problem) => {
    expect(profileProblem({ ...profileDraft({ displayName: 'The garden' }), ...change })).toBe(problem);
  });
});
