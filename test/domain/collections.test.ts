import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  BASE_WANTED,
  isKnown,
  isOfTheGroup,
  isOurs,
  isPersonal,
  isTitled,
  MAX_FURTHER,
  NSID,
} from '../../src/domain/collections.ts';

interface Lexicon {
  id: string;
  defs: { main?: { type: string; description?: string } };
}

const folder = fileURLToPath(new URL('../../lexicons/', import.meta.url));
const lexicons = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .map((name): Lexicon => JSON.parse(readFileSync(folder + name, 'utf8')));
const records = lexicons.filter(({ id, defs }) => id.startsWith('club.commonplace.') && defs.main?.type === 'record');

describe('collections', () => {
  test('of every record lexicon of ours are known', () => {
    expect(records.length).toBeGreaterThan(10);
    expect(records.filter(({ id }) => !isKnown(id)).map(({ id }) => id)).toEqual([]);
  });

  test('count only in the group’s repository exactly where the lexicon says so', () => {
    const said = records.filter(({ defs }) =>
      defs.main?.description?.includes('Counts only in the repository of the space'),
    );
    expect(said.map(({ id }) => id).sort()).toEqual(Object.values(NSID).filter(isOfTheGroup).sort());
  });

  test('are ours by their name alone', () => {
    expect([isOurs(NSID.story), isOurs('club.commonplace.unheard.of'), isOurs('club.commonplaces.story')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([isOurs(NSID.document), isOurs('evil.club.commonplace.story')]).toEqual([false, false]);
  });

  test('of what says who someone is here need no membership', () => {
    expect(Object.values(NSID).filter(isPersonal)).toEqual([NSID.join, NSID.subscription]);
  });

  test('with a title are posts everywhere', () => {
    expect(Object.values(NSID).filter(isTitled)).toEqual([NSID.story, NSID.topic]);
  });

  test('asked of a stream are at most the hundred that a Jetstream takes', () => {
    expect(BASE_WANTED.length + MAX_FURTHER.stream).toBeLessThanOrEqual(100);
    expect(MAX_FURTHER.space).toBe(20);
  });
});
