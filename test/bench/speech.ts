/** Words by chance: some of them much more frequent than others, as in any language. */
import type { Dice } from '../model/dice.ts';

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

export class Speech {
  private readonly dice: Dice;
  private readonly vocabulary: string[];

  constructor(dice: Dice) {
    this.dice = dice;
    const word = (): string => Array.from({ length: 1 + dice.below(4) }, () => dice.one(SYLLABLES)).join('');
    this.vocabulary = Array.from({ length: VOCABULARY_SIZE }, word);
  }

  word(): string {
    return this.vocabulary[Math.floor(VOCABULARY_SIZE * this.dice.roll() ** 3)] as string;
  }

  /** One of the most frequent. */
  get common(): string {
    return this.vocabulary[3] as string;
  }

  words(count: number): string {
    return Array.from({ length: count }, () => this.word()).join(' ');
  }
}
