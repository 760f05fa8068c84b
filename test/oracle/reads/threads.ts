/** Every post and reply by its URI, and the threads below the posts. */
import type { LivePost } from '../../model/nouns.ts';
import type { Client } from './ask.ts';
import type { Expected, View } from './expected.ts';
import { compareSets, same } from './same.ts';

interface Node {
  uri?: string;
  post?: View;
  replies: Node[];
}

const AT_ONCE = 6;

/** A third of them at each quiet point: the one whose turn it is. */
const THIRDS = 3;

export async function compareThreads(client: Client, expected: Expected, turn: number): Promise<string[]> {
  const isTurn = (_: unknown, n: number): boolean => n % THIRDS === turn % THIRDS;
  const uris = [...new Set([...expected.index.posts.map(({ uri }) => uri), ...expected.former.uris])];
  const posts = [...expected.spaces.keys()].flatMap((space) => expected.posts(space));
  const wrong: string[] = [];
  const work = [
    ...uris.filter(isTurn).map((uri) => () => comparePost(client, uri, expected)),
    ...posts.filter(isTurn).map((post) => () => compareThread(client, post, expected)),
  ];
  const next = async (): Promise<void> => {
    for (let one = work.pop(); one; one = work.pop()) wrong.push(...(await one()));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return wrong;
}

async function comparePost(client: Client, uri: string, expected: Expected): Promise<string[]> {
  const { error, post } = await client.ask('feed.getPost', { uri });
  const isSeen = expected.isSeen(uri);
  if ((error === undefined) !== isSeen)
    return [`getPost ${uri}: ${error ?? 'shown'}, and should be ${isSeen ? '' : 'not '}shown`];
  const model = expected.index.posts.find((one) => one.uri === uri);
  return isSeen && model ? same(`getPost ${uri}`, expected.view(model), post as View) : [];
}

async function compareThread(client: Client, post: LivePost, expected: Expected): Promise<string[]> {
  const name = `getThread ${post.uri}`;
  const { error, thread } = await client.ask('feed.getThread', { uri: post.uri, depth: 10, limit: 100 });
  if (error !== undefined) return [`${name}: ${error}`];
  const placed = flat((thread as { replies: Node[] }).replies, post.uri);
  const replies = expected.replies(post.space).filter(({ root }) => root === post.uri);
  const parents = new Map(replies.map(({ uri, parent }) => [uri, parent]));
  const misplaced = placed.filter(({ view, under }) => under !== post.uri && parents.get(view.uri) !== under);
  return [
    ...compareSets(
      name,
      replies.map((reply) => expected.view(reply)),
      placed.map(({ view }) => view),
    ),
    ...misplaced.map(({ view, under }) => `${name}: ${view.uri} stands under ${under}`),
  ];
}

function flat(nodes: Node[], under: string): { view: View; under: string }[] {
  return nodes.flatMap((node) => [
    ...(node.post ? [{ view: node.post, under }] : []),
    ...flat(node.replies, node.post?.uri ?? node.uri ?? ''),
  ]);
}
