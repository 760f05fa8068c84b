// One slice of reading a repository: some of its records, and which stretches of it are now known whole.
import type { RecordEvent } from '../domain/event.ts';
import type { AtUri, Did } from '../domain/model.ts';
import type { PdsPort } from '../ports/pds.ts';
import { readCar } from './repository-car.ts';
import { listed } from './snapshot.ts';

/** Between two URIs of a repository, both excluded, there are these records and no others, as of the rev. */
export interface Stretch {
  low: AtUri;
  high: AtUri;
  uris: ReadonlySet<AtUri>;
}

export interface Reading {
  rev: string;
  events: RecordEvent[];
  stretches: Stretch[];
  /**
   * Several pages long, and read to its end: what is held between these two and was not shown may be gone, or the list may
   * have changed under way. Each is to be asked after; from where to go on is up to who asks.
   */
  doubt: { low: AtUri; high: AtUri } | null;
  /** JSON of where the next slice begins; null at the end. */
  next: string | null;
}

interface Place {
  rev: string;
  /** Collections left; the first is being read. */
  left: string[];
  cursor?: string;
  /** The first collection is read, and what was held of it after this URI is still in doubt. */
  doubtAfter?: AtUri;
}

export interface ReadOptions {
  pds: string;
  did: Did;
  /** '' at the beginning. */
  position: string;
  wanted(collection: string): boolean;
  /** Records after which a slice ends. */
  limit: number;
}

/** A repository that holds nothing else is fetched at once, when it is not longer than this. */
const MAX_CAR = 4_000_000;
/** Pages of a slice: one request each. */
const MAX_PAGES = 20;
/** Collections, those first by which others are understood: a space's own records, then who is in it. */
const RANK = ['.space.', '.actor.'];

/** Null when the PDS has no such repository. Throws when it gives no useful answer. */
export async function readSome(port: PdsPort, options: ReadOptions): Promise<Reading | null> {
  const { position } = options;
  return position === '' ? begin(port, options) : readPages(port, options, JSON.parse(position) as Place);
}

async function begin(port: PdsPort, options: ReadOptions): Promise<Reading | null> {
  const { pds, did, wanted } = options;
  const rev = await port.latestRev(pds, did);
  if (rev === null) return null;
  const held = await port.collections(pds, did);
  const left = held.filter(wanted).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  if (left.length > 1 && left.length === held.length) {
    const whole = await readWhole(port, options);
    if (whole !== 'too-large') return whole;
  }
  const reading = await readPages(port, options, { rev, left });
  // What was held of collections that the repository does not have any more.
  return { ...reading, stretches: [...reading.stretches, ...between(did, held)] };
}

const rank = (collection: string): number => {
  const found = RANK.findIndex((part) => collection.includes(part));
  return found < 0 ? RANK.length : found;
};

async function readWhole(port: PdsPort, { pds, did, wanted }: ReadOptions): Promise<Reading | null | 'too-large'> {
  let bytes: Uint8Array | null;
  try {
    bytes = await port.repo(pds, did, MAX_CAR);
  } catch (error) {
    if ((error as { failure?: unknown }).failure === 'too-large') return 'too-large';
    throw error;
  }
  if (bytes === null) return null;
  const { rev, events } = await readCar(bytes, did, wanted);
  const uris = new Set(events.map(({ collection, rkey }) => `at://${did}/${collection}/${rkey}`));
  return { rev, events, stretches: [{ low: `at://${did}/`, high: `at://${did}0`, uris }], doubt: null, next: null };
}

/** All of the repository but these collections: nothing. ('0' is the character after '/'.) */
function between(did: Did, held: string[]): Stretch[] {
  const uris = new Set<AtUri>();
  const sorted = [...held].sort((a, b) => (`${a}/` < `${b}/` ? -1 : 1));
  return [...sorted, null].map((collection, i) => ({
    low: i === 0 ? `at://${did}/` : `at://${did}/${sorted[i - 1]}0`,
    high: collection === null ? `at://${did}0` : `at://${did}/${collection}/`,
    uris,
  }));
}

async function readPages(port: PdsPort, { pds, did, limit }: ReadOptions, begun: Place): Promise<Reading> {
  const reading: Reading = { rev: begun.rev, events: [], stretches: [], doubt: null, next: null };
  let place: Place | null = begun.left.length > 0 ? begun : null;
  for (let pages = 0; place && pages < MAX_PAGES && reading.events.length < limit; pages++) {
    const [collection = ''] = place.left;
    const range = { low: `at://${did}/${collection}/`, high: `at://${did}/${collection}0` };
    if (place.doubtAfter !== undefined) {
      // Only once what was shown is in the index.
      if (pages > 0) break;
      reading.doubt = { ...range, low: place.doubtAfter };
      place = nextCollection(place);
      break;
    }
    const { records, cursor } = await port.listRecords(pds, did, collection, place.cursor);
    reading.events.push(...records.map((record) => listed(record, did, begun.rev)));
    if (cursor !== null) {
      place = { ...place, cursor };
    } else if (place.cursor === undefined) {
      reading.stretches.push({ ...range, uris: new Set(records.map(({ uri }) => uri)) });
      place = nextCollection(place);
    } else {
      place = { rev: place.rev, left: place.left, doubtAfter: range.low };
    }
  }
  return { ...reading, next: place && JSON.stringify(place) };
}

const nextCollection = ({ rev, left }: Place): Place | null => (left.length > 1 ? { rev, left: left.slice(1) } : null);

/** The position of a slice whose doubts are not all answered. */
export const stillInDoubt = (position: string, after: AtUri): string =>
  JSON.stringify({ ...(JSON.parse(position) as Place), doubtAfter: after });
