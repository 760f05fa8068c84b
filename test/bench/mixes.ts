/** Two streams: the natural life of one community, and everybody else's with a little of it in between. */
import type { Did, JsonObject } from '../../src/domain/model.ts';
import { Dice } from '../model/dice.ts';
import { Community, OURS } from './community.ts';
import { Speech } from './speech.ts';
import { didOf, type Expected, LineWriter } from './writer.ts';

export const SPACE = didOf(1);
const ELSEWHERE = didOf(2);
const DOCUMENT = 'site.standard.document';
const DAY_MS = 86_400_000;

export interface MixOptions {
  path: string;
  n: number;
  authors: number;
}

/** Records of the community before the stream begins: its profile, and enough to have been at work. */
const PAST = 2_000;

/** All of it belongs. */
export function writeNatural({ path, n, authors }: MixOptions): Expected {
  const writer = new LineWriter(path, Date.now() - DAY_MS, PAST);
  const community = new Community(writer, SPACE, { from: 1000, count: authors });
  community.profile();
  while (writer.expected.lines < n) community.natural();
  return writer.close();
}

/** One line in a hundred belongs, the first and the last among them. */
export function writeMostlyOthers({ path, n, authors }: MixOptions): Expected {
  const writer = new LineWriter(path, Date.now() - DAY_MS, PAST);
  const ours = new Community(writer, SPACE, { from: 1000, count: authors });
  const others = new Others(writer);
  ours.profile();
  while (writer.expected.past.length < PAST) ours.natural();
  while (writer.expected.lines < n) {
    if (writer.expected.lines % 100 === (n - 1) % 100) ours.natural();
    else others.next();
  }
  return writer.close();
}

const OTHERS = [
  [16, 'story'],
  [14, 'reply'],
  [30, 'like'],
  [4, 'join'],
  [8, 'document'],
  [6, 'update'],
  [12, 'delete'],
  [5, 'identity'],
  [5, 'account'],
] as const;
const OTHER_AUTHORS = 20_000;
const RKEY = '3ltestother22';

type Spoken = 'story' | 'reply' | 'like' | 'join' | 'document';

/** People of communities that are not followed here. */
class Others {
  private readonly dice = new Dice(2);
  private readonly writer: LineWriter;
  private readonly speech: Speech;

  constructor(writer: LineWriter) {
    this.writer = writer;
    this.speech = new Speech(this.dice);
  }

  next(): void {
    const did = didOf(1_000_000 + this.dice.below(OTHER_AUTHORS));
    const kind = this.dice.weighted(OTHERS);
    const { writer } = this;
    if (kind === 'identity') writer.identity(did, `name${this.dice.below(OTHER_AUTHORS)}.example.com`);
    else if (kind === 'account') writer.account(did, !this.dice.once(3));
    else if (kind === 'delete') writer.foreign(did, OURS + this.dice.one(['like', 'reply']), RKEY);
    else if (kind === 'update') writer.foreign(did, `${OURS}story`, RKEY, this.record('story'));
    else this.create(did, kind);
  }

  private create(did: Did, kind: Spoken): void {
    const collection = kind === 'document' ? DOCUMENT : kind === 'join' ? `${OURS}actor.join` : OURS + kind;
    const rkey = kind === 'join' ? { rkey: ELSEWHERE } : {};
    this.writer.put(did, collection, this.record(kind), { belongs: false, ...rkey });
  }

  /** Now and then one that speaks of the space that is followed, and does not belong to it. */
  private record(kind: Spoken): JsonObject {
    const { speech, writer, dice } = this;
    const createdAt = writer.nextTime;
    const space = { space: didOf(3 + dice.below(50)) };
    const ref = { uri: `at://${didOf(1_000_000 + dice.below(OTHER_AUTHORS))}/${OURS}story/${RKEY}`, cid: CID };
    const mention = dice.once(2000) ? ` ${SPACE}` : '';
    if (kind === 'story') return { ...space, title: speech.words(5), text: speech.words(26) + mention, createdAt };
    if (kind === 'reply') return { ...space, root: ref, parent: ref, text: speech.words(8) + mention, createdAt };
    if (kind === 'like') return { ...space, subject: ref, createdAt };
    if (kind === 'join') return { ...space, createdAt };
    const site = { site: 'https://example.com', path: `/${RKEY}`, publishedAt: createdAt };
    return { ...site, title: speech.words(5), textContent: speech.words(30) + mention };
  }
}

const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
