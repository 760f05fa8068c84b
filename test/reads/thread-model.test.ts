/** Random threads, against a model that knows all of them in memory. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReplyNode } from '../../src/domain/post.ts';
import { readThread } from '../../src/reads/index.ts';
import { Community, didOf } from '../support/community.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { contextOf, got } from './setup.ts';

const [ann, ben, gone] = ['ann', 'ben', 'gone'].map(didOf) as [string, string, string];
let it: TestDatabase;
let club: Community;

beforeAll(async () => {
  it = await openDatabase();
  club = await Community.found(it.db, 'club');
});
afterAll(() => it.stop());

/** `under` picks among the post and the replies before it. */
interface Drawn {
  under: number;
  fate: 'shown' | 'hidden' | 'deleted';
}

const drawn = fc.record({
  under: fc.nat({ max: 1000 }),
  fate: fc.oneof({ weight: 4, arbitrary: fc.constant('shown' as const) }, fc.constantFrom('hidden', 'deleted')),
});

/** What must be seen: names in order, `#` hidden and `?` deleted ones with answers; a deleted one forgets where it was. */
function expected(replies: Drawn[]): string {
  const parents = replies.map(({ under }, i) => (under % (i + 1)) - 1);
  const below = (parent: number): number[] => parents.flatMap((p, i) => (p === parent ? [i] : []));
  const say = (i: number): string => {
    const answers = below(i)
      .filter((j) => replies[j]?.fate !== 'deleted')
      .map(say)
      .filter((text) => text !== '')
      .join(' ');
    const fate = replies[i]?.fate;
    if (fate === 'shown') return answers === '' ? `${i}` : `${i}(${answers})`;
    return answers === '' ? '' : `${fate === 'hidden' ? '#' : '?'}(${answers})`;
  };
  const direct = below(-1)
    .filter((i) => replies[i]?.fate !== 'deleted')
    .map(say);
  const strays = replies.flatMap(({ fate }, i) => (fate === 'deleted' ? [say(i)] : []));
  return [...direct, ...strays].filter((text) => text !== '').join(' ');
}

const outline = (nodes: ReplyNode[]): string =>
  nodes
    .map(({ post, missing, replies }) => {
      const name = post?.excerpt ?? (missing === 'notFound' ? '?' : '#');
      return replies.length > 0 ? `${name}(${outline(replies)})` : name;
    })
    .join(' ');

test('a thread shows what the model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(drawn, { maxLength: 14 }), async (replies) => {
      const uris = [await club.story(ann, 'x')];
      for (const [i, { under, fate }] of replies.entries()) {
        const parent = uris[under % uris.length] ?? '';
        uris.push(await club.reply(fate === 'hidden' ? gone : ben, uris[0] ?? '', parent, `${i}`));
      }
      for (const [i, { fate }] of replies.entries()) if (fate === 'deleted') await club.remove(uris[i + 1] ?? '');
      await club.account(gone, 'deactivated');
      const { thread } = got(await readThread(contextOf(it.db), uris[0] ?? '', { sort: 'old', depth: 20, limit: 100 }));
      await club.account(gone, 'active');
      expect(outline(thread.replies).split(' ').sort()).toEqual(expected(replies).split(' ').sort());
    }),
    { numRuns: 25 },
  );
});
