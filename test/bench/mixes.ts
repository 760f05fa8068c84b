/** Two streams: the natural life of one community, and everybody else's with a little of it in between. */
import type { Did, JsonObject } from '../../src/domain/model.ts';
import { Dice } from '../model/dice.ts';
import { didOf, type Expected, type Held, LineWriter } from './writer.ts';

export const SPACE = didOf(1);
const ELSEWHERE = didOf(2);
const OURS = 'club.commonplace.';
const DOCUMENT = 'site.standard.document';
const DAY_MS = 86_400_000;

export type Kind = 'post' | 'reply' | 'like';

/** Of 100 lines: posts, replies, likes, edits, deletes. */
const NATURAL = [
  [20, 'post'],
  [35, 'reply'],
  [35, 'like'],
  [5, 'edit'],
  [5, 'delete'],
] as const;

const VOCABULARY_SIZE = 4000;
const SYLLABLES = [
  'ka',
  'ro',
  'mi',
  'ten',
  'sol',
  'ver',
  'an',
  'du',
  'fel',
  'ish',
  'or',
  'lu',
  'pra',
  'ne',
  'wyn',
  'to',
];

export class Community {
  private readonly dice: Dice;
  private readonly authors: Did[];
  private readonly vocabulary: string[];
  readonly writer: LineWriter;
  readonly space: Did;
  readonly posts: Held[] = [];
  readonly replies: Held[] = [];
  private readonly likes: Held[] = [];
  private readonly liked = new Set<string>();

  constructor(writer: LineWriter, space: Did, authors: { from: number; count: number }, seed = 1) {
    this.writer = writer;
    this.space = space;
    this.dice = new Dice(seed);
    this.authors = Array.from({ length: authors.count }, (_, i) => didOf(authors.from + i));
    const word = (): string => Array.from({ length: 1 + this.dice.below(4) }, () => this.dice.one(SYLLABLES)).join('');
    this.vocabulary = Array.from({ length: VOCABULARY_SIZE }, word);
  }

  profile(): void {
    const record = { space: this.space, displayName: 'The Bench', joinPolicy: 'open', postPolicy: 'anyone' };
    const createdAt = this.writer.nextTime;
    this.writer.put(this.space, `${OURS}space.profile`, { ...record, createdAt }, { belongs: true, rkey: 'self' });
  }

  /** One line of the natural mix. */
  natural(): void {
    const kind = this.dice.weighted(NATURAL);
    if (kind === 'edit') this.edit();
    else if (kind === 'delete') this.delete();
    else this.create(kind);
  }

  create(kind: Kind, { tags = true } = {}): void {
    const did = this.dice.one(this.authors);
    if (kind === 'post' || this.posts.length < 5) this.post(did, tags);
    else if (kind === 'reply') this.reply(did);
    else this.like(did);
  }

  private post(did: Did, tags: boolean): void {
    const name = this.dice.once(2) ? 'story' : 'topic';
    const held = this.writer.put(did, OURS + name, this.postRecord(tags), { belongs: true });
    this.posts.push(held);
  }

  private postRecord(tagged: boolean): JsonObject {
    const tags = tagged && this.dice.once(3) ? { tags: [this.word(), this.word()] } : {};
    return { space: this.space, title: this.words(5), text: this.words(24), ...tags, createdAt: this.writer.nextTime };
  }

  private reply(did: Did): void {
    const root = this.recent(this.posts);
    const last = this.replies.at(-1);
    const parent = last && last.root === root.uri && this.dice.once(2) ? last : root;
    this.replies.push(this.writer.put(did, `${OURS}reply`, this.replyRecord(root, parent), { belongs: true }));
  }

  private replyRecord(root: Pick<Held, 'uri' | 'cid'>, parent: Pick<Held, 'uri' | 'cid'>): JsonObject {
    const words = { text: this.words(12), createdAt: this.writer.nextTime };
    return { space: this.space, root: refTo(root), parent: refTo(parent), ...words };
  }

  /** Once per author and subject, as people's applications do it. */
  private like(did: Did): void {
    const isReply = this.replies.length > 0 && this.dice.once(4);
    const subject = this.recent(isReply ? this.replies : this.posts);
    const key = `${did} ${subject.uri}`;
    if (this.liked.has(key)) return this.create('like');
    this.liked.add(key);
    const record = { space: this.space, subject: refTo(subject), createdAt: this.writer.nextTime };
    this.likes.push(this.writer.put(did, `${OURS}like`, record, { belongs: true }));
  }

  private edit(): void {
    const held = this.dice.once(2) && this.replies.length > 0 ? this.dice.one(this.replies) : this.dice.one(this.posts);
    const { did, collection, rkey, root } = held;
    const record =
      root === null ? this.postRecord(true) : this.replyRecord({ ...held, uri: root }, { ...held, uri: root });
    this.writer.put(did, collection, record, { belongs: true, rkey });
  }

  private delete(): void {
    const from = this.dice.weighted([
      [1, this.posts],
      [3, this.replies],
      [4, this.likes],
    ]);
    if (from.length < 6) return this.create('post');
    const [held] = from.splice(this.dice.below(from.length), 1);
    if (held) this.writer.delete(held);
  }

  /** Mostly one of the last hundred, sometimes any. */
  private recent(of: Held[]): Held {
    const from = this.dice.once(5) ? 0 : Math.max(0, of.length - 100);
    return of[from + this.dice.below(of.length - from)] as Held;
  }

  /** Some words are much more frequent than others. */
  private word(): string {
    return this.vocabulary[Math.floor(VOCABULARY_SIZE * this.dice.roll() ** 3)] as string;
  }

  words = (count: number): string => Array.from({ length: count }, () => this.word()).join(' ');
}

const refTo = ({ uri, cid }: Pick<Held, 'uri' | 'cid'>): JsonObject => ({ uri, cid });

export interface MixOptions {
  path: string;
  n: number;
  authors: number;
}

/** All of it belongs. */
export function writeNatural({ path, n, authors }: MixOptions): Expected {
  const writer = new LineWriter(path, Date.now() - DAY_MS);
  const community = new Community(writer, SPACE, { from: 1000, count: authors });
  community.profile();
  while (writer.expected.lines < n) community.natural();
  return writer.close();
}

/** One line in a hundred belongs, the first and the last among them. */
export function writeMostlyOthers({ path, n, authors }: MixOptions): Expected {
  const writer = new LineWriter(path, Date.now() - DAY_MS);
  const ours = new Community(writer, SPACE, { from: 1000, count: authors });
  const others = new Others(writer);
  ours.profile();
  while (writer.expected.lines < n) {
    if (writer.expected.lines % 100 === (n - 1) % 100) ours.natural();
    else others.next();
  }
  return writer.close();
}

const OTHERS = [
  [14, 'story'],
  [26, 'reply'],
  [28, 'like'],
  [3, 'join'],
  [6, 'document'],
  [5, 'update'],
  [8, 'delete'],
  [5, 'identity'],
  [5, 'account'],
] as const;
const OTHER_AUTHORS = 20_000;

/** People of communities that are not followed here. */
class Others {
  private readonly dice = new Dice(2);
  private readonly writer: LineWriter;
  private readonly speech: Community;

  constructor(writer: LineWriter) {
    this.writer = writer;
    this.speech = new Community(writer, ELSEWHERE, { from: 2, count: 1 }, 3);
  }

  next(): void {
    const did = didOf(1_000_000 + this.dice.below(OTHER_AUTHORS));
    const kind = this.dice.weighted(OTHERS);
    const { writer } = this;
    if (kind === 'identity') return writer.identity(did, `name${this.dice.below(OTHER_AUTHORS)}.example.com`);
    if (kind === 'account') return writer.account(did, !this.dice.once(3));
    if (kind === 'delete') return writer.foreign(did, OURS + this.dice.one(['like', 'reply']), '3ltestofothers');
    if (kind === 'update') return writer.foreign(did, `${OURS}story`, '3ltestofothers', this.record('story'));
    const collection = kind === 'document' ? DOCUMENT : kind === 'join' ? `${OURS}actor.join` : OURS + kind;
    const rkey = kind === 'join' ? { rkey: ELSEWHERE } : {};
    writer.put(did, collection, this.record(kind), { belongs: false, ...rkey });
  }

  /** Now and then one that speaks of the space that is followed, and does not belong to it. */
  private record(kind: 'story' | 'reply' | 'like' | 'join' | 'document'): JsonObject {
    const { speech, writer, dice } = this;
    const createdAt = writer.nextTime;
    const space = { space: didOf(3 + dice.below(50)) };
    const ref = { uri: `at://${didOf(1_000_000 + dice.below(OTHER_AUTHORS))}/${OURS}story/3ltestofothers`, cid: CID };
    const mention = dice.once(200) ? ` ${SPACE}` : '';
    if (kind === 'story') return { ...space, title: speech.words(5), text: speech.words(32) + mention, createdAt };
    if (kind === 'reply') return { ...space, root: ref, parent: ref, text: speech.words(14) + mention, createdAt };
    if (kind === 'like') return { ...space, subject: ref, createdAt };
    if (kind === 'join') return { ...space, createdAt };
    const site = { site: 'https://example.com', path: '/3ltestofothers', publishedAt: createdAt };
    return { ...site, title: speech.words(5), textContent: speech.words(36) + mention };
  }
}

const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
