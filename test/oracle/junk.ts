/** Messages that must change nothing, and what they are refused for. */
import type { Did, JsonObject } from '../../src/domain/model.ts';
import { cidOf, LETTERS } from '../model/cast.ts';
import { OURS } from '../model/soundness.ts';
import { tid } from '../model/tid.ts';

type Message = Record<string, unknown>;

interface About {
  did: Did;
  /** Used for nothing else. */
  rkey: string;
  now: number;
}

const STORY = `${OURS}story`;
const YEAR_MS = 365 * 24 * 3_600_000;
/** Beyond what is admitted of any record. */
const TOO_LONG = 320_000;

function commit({ did, rkey }: About, changes: Message, words: JsonObject = {}): Message {
  const record = {
    ...{ $type: STORY, space: LETTERS, title: 'Junk', text: 'Not to be seen.' },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', ...words },
  };
  const made = { rev: rkey, operation: 'create', collection: STORY, rkey, record, cid: cidOf(3) };
  return { did, kind: 'commit', commit: { ...made, ...changes } };
}

/** With the reason that a refusal is counted under; null where there is nothing to refuse. */
export const JUNK = {
  'unknown kind': [null, ({ did }) => ({ did, kind: 'weather', weather: { rain: true } })],
  'time in the future': [
    null,
    ({ did, now }) => ({ did, time_us: (now + YEAR_MS) * 1000, kind: 'weather', weather: { rain: false } }),
  ],
  'bad NSID': ['malformed', (about) => commit(about, { collection: `${OURS}no nsid` })],
  'bad rkey': ['malformed', (about) => commit(about, { rkey: 'no/key' })],
  'bad $type': ['invalid-record', (about) => commit(about, {}, { $type: `${OURS}topic` })],
  'bad operation': ['malformed', (about) => commit(about, { operation: 'explode' })],
  'bad rev': ['bad-rev', (about) => commit(about, { rev: 'not-a-tid' })],
  'rev in the future': ['rev-in-future', (about) => commit(about, { rev: tid((about.now + YEAR_MS) * 1000) })],
  'no record': ['malformed', (about) => commit(about, { record: null })],
  'createdAt nonsense': ['invalid-record', (about) => commit(about, {}, { createdAt: 'the day before' })],
  'over the row limit': ['too-large', (about) => commit(about, {}, { text: 'x'.repeat(TOO_LONG) })],
  'unheard collection': [
    'unknown-collection',
    (about) => commit(about, { collection: `${OURS}unheard` }, { $type: `${OURS}unheard` }),
  ],
} satisfies Record<string, [reason: string | null, make: (about: About) => Message]>;

export type JunkKind = keyof typeof JUNK;
export const JUNK_KINDS = Object.keys(JUNK) as JunkKind[];
