/** A community that posts, answers, likes, edits and deletes. */
import type { Did, JsonObject } from '../../src/domain/model.ts';
import { Dice } from '../model/dice.ts';
import { Speech } from './speech.ts';
import { didOf, type Held, type LineWriter } from './writer.ts';

export const OURS = 'club.commonplace.';

export type Kind = 'post' | 'reply' | 'like';

/** Of 100 lines: posts, replies, likes, edits, deletes. */
const NATURAL = [
  [20, 'post'],
  [35, 'reply'],
  [35, 'like'],
  [5, 'edit'],
  [5, 'delete'],
] as const;

export class Community {
  private readonly dice: Dice;
  private readonly authors: Did[];
  private readonly speech: Speech;
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
    this.writer.expected.authors.push(...this.authors);
    this.speech = new Speech(this.dice);
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

  /** A post with pictures. */
  album(images: JsonObject[]): Held {
    const record = { ...this.postRecord(false), images };
    const held = this.writer.put(this.dice.one(this.authors), `${OURS}topic`, record, { belongs: true });
    this.posts.push(held);
    return held;
  }

  private postRecord(tagged: boolean): JsonObject {
    const tags = tagged && this.dice.once(3) ? { tags: [this.speech.word(), this.speech.word()] } : {};
    return {
      space: this.space,
      title: this.speech.words(5),
      text: this.speech.words(24),
      ...tags,
      createdAt: this.writer.nextTime,
    };
  }

  private reply(did: Did): void {
    const root = this.recent(this.posts);
    const last = this.replies.at(-1);
    const parent = last && last.root === root.uri && this.dice.once(2) ? last : root;
    this.replies.push(this.writer.put(did, `${OURS}reply`, this.replyRecord(root, parent), { belongs: true }));
  }

  private replyRecord(root: Pick<Held, 'uri' | 'cid'>, parent: Pick<Held, 'uri' | 'cid'>): JsonObject {
    const words = { text: this.speech.words(12), createdAt: this.writer.nextTime };
    return { space: this.space, root: refTo(root), parent: refTo(parent), ...words };
  }

  /** Once per author and subject, as people's applications do it. */
  private like(did: Did): void {
    const isReply = this.replies.length > 0 && this.dice.once(4);
    const subject = this.recent(isReply ? this.replies : this.posts);
    const key = `${did} ${subject.uri}`;
    if (this.liked.has(key)) {
      this.create('like');
      return;
    }
    this.liked.add(key);
    const record = { space: this.space, subject: refTo(subject), createdAt: this.writer.nextTime };
    this.likes.push(this.writer.put(did, `${OURS}like`, record, { belongs: true }));
  }

  /** A post with so many replies below it, some of them answers to one another: who answers whom is the same after any past. */
  thread(replies: number): Held {
    const root = this.writer.put(this.dice.one(this.authors), `${OURS}topic`, this.postRecord(false), {
      belongs: true,
    });
    this.posts.push(root);
    const shape = new Dice(1);
    let last: Held | undefined;
    for (let i = 0; i < replies; i++) {
      const parent = last && shape.once(2) ? last : root;
      last = this.writer.put(this.dice.one(this.authors), `${OURS}reply`, this.replyRecord(root, parent), {
        belongs: true,
      });
    }
    return root;
  }

  /** One of the words that are said most. */
  get commonWord(): string {
    return this.speech.common;
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
    const [held] = from.length > 5 ? from.splice(this.dice.below(from.length), 1) : [];
    if (held) this.writer.delete(held);
    else this.create('post');
  }

  /** Mostly one of the last hundred, sometimes any. */
  private recent(of: Held[]): Held {
    const from = this.dice.once(5) ? 0 : Math.max(0, of.length - 100);
    return of[from + this.dice.below(of.length - from)] as Held;
  }
}

const refTo = ({ uri, cid }: Pick<Held, 'uri' | 'cid'>): JsonObject => ({ uri, cid });
