/** What every read must show, from the model's index alone. Ties, and the sections of posts that no document places, are the tables'. */
import type { StreamEvent } from '../../../src/domain/event.ts';
import type { Did, JsonObject } from '../../../src/domain/model.ts';
import type { Index, LivePost, LiveRecord } from '../../model/nouns.ts';
import { OURS } from '../../model/soundness.ts';
import { uriOf } from '../../model/versions.ts';

type Visibility = 'unlisted' | null;

export interface View {
  uri: string;
  cid: string;
  author: { did: Did; handle: string };
  record: object;
  replyCount: number;
  likeCount: number;
  section?: string;
}

/** What the index does not say. */
export interface Beside {
  told: StreamEvent[];
  spaces: ReadonlyMap<Did, Visibility>;
  handle: (did: Did) => string;
  inactive: (space: Did) => Did[];
}

interface Former {
  texts: string[];
  uris: string[];
}

const FORMER = 4;

export class Expected {
  readonly index: Index;
  readonly spaces: ReadonlyMap<Did, Visibility>;
  /** What was there, or said otherwise, once. */
  readonly former: Former;
  private readonly records: Map<string, LiveRecord>;
  private readonly sections: Map<string, string | null>;
  private readonly handle: (did: Did) => string;
  /** Whose accounts do not show in a space. */
  readonly inactive: (space: Did) => Did[];

  constructor(index: Index, tables: Index, world: Beside) {
    this.index = index;
    this.spaces = world.spaces;
    this.handle = world.handle;
    this.inactive = world.inactive;
    this.former = formerly(world.told, index);
    this.records = new Map(index.records.map((record) => [record.uri, record]));
    this.sections = new Map(tables.posts.map(({ uri, section }) => [uri, section]));
  }

  private shown = (post: LivePost): boolean => post.hidden === 0;

  posts(space: Did): LivePost[] {
    return this.index.posts.filter((post) => post.space === space && post.root === null && this.shown(post));
  }

  /** Replies are seen only where their thread is. */
  replies(space: Did): LivePost[] {
    const posts = new Set(this.posts(space).map(({ uri }) => uri));
    return this.index.posts.filter((post) => post.space === space && this.shown(post) && posts.has(post.root ?? ''));
  }

  /** Whether one post or reply can be seen by its URI. */
  isSeen(uri: string): boolean {
    const post = this.index.posts.find((one) => one.uri === uri);
    if (!post) return false;
    return (post.root === null ? this.posts(post.space) : this.replies(post.space)).includes(post);
  }

  /** A crosspost has that of what it shows, where that can be seen. */
  titleOf(post: LivePost): string {
    const { collection, value } = this.records.get(post.uri) as LiveRecord;
    if (post.title || collection !== `${OURS}crosspost`) return post.title;
    const { uri } = value.subject as { uri: string };
    return this.isSeen(uri) ? (this.index.posts.find((one) => one.uri === uri)?.title ?? '') : '';
  }

  sectionOf = (post: LivePost): string | null => post.section ?? this.sections.get(post.uri) ?? null;

  view(post: LivePost): View {
    const record = this.records.get(post.uri) as LiveRecord;
    const section = this.sectionOf(post);
    const below = this.index.posts.filter(
      ({ space, root, parent, hidden }) =>
        space === post.space && root === post.root && parent === post.uri && hidden === 0,
    );
    return {
      uri: post.uri,
      cid: record.cid,
      author: { did: post.did, handle: this.handle(post.did) },
      record: record.value,
      replyCount: post.replyCount ?? below.length,
      likeCount: post.likeCount,
      ...(post.root === null && section !== null ? { section } : {}),
    };
  }

  text(post: LivePost): string {
    const { title, text } = (this.records.get(post.uri) as LiveRecord).value;
    return post.root === null ? `${title ?? ''} ${text ?? ''}` : String(text ?? '');
  }

  /** Posts and replies with all of these words; where none has, those with a word that begins as the last one. */
  found(space: Did, asked: string): LivePost[] {
    const words = wordsOf(asked);
    const [last, before] = [words.at(-1) ?? '', words.slice(0, -1)];
    const seen = [...this.posts(space), ...this.replies(space)].map((post) => ({
      post,
      has: wordsOf(this.text(post)),
    }));
    const whole = seen.filter(({ has }) => words.every((word) => has.includes(word)));
    const begun = seen.filter(
      ({ has }) => before.every((word) => has.includes(word)) && has.some((word) => word.startsWith(last)),
    );
    // A post that is not seen, but has the words, keeps the beginnings from being looked at: it cannot be told here.
    return (whole.length > 0 ? whole : begun).map(({ post }) => post);
  }
}

/** The last few texts that stand in no record any more, and records that are gone. */
function formerly(told: StreamEvent[], { records }: Index): Former {
  const events = told.filter((event) => event.kind === 'record' && event.collection.startsWith(OURS));
  const textOf = ({ title, text }: JsonObject): string => String(title ?? text ?? '');
  const [now, live] = [new Set(records.map(({ value }) => textOf(value))), new Set(records.map(({ uri }) => uri))];
  const texts = events.flatMap((event) => (event.kind === 'record' && event.record ? [textOf(event.record)] : []));
  const uris = events.flatMap((event) => (event.kind === 'record' ? [uriOf(event)] : []));
  return {
    texts: [...new Set(texts)].filter((text) => text.length > 4 && !now.has(text)).slice(-FORMER),
    uris: [...new Set(uris)].filter((uri) => !live.has(uri)).slice(-FORMER),
  };
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
