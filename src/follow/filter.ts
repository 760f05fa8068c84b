// Which raw messages of the stream may concern us: those that name a known DID or a collection read by reference.

/** Escapes of characters that may stand in a DID: such a message is parsed to be sure. */
const ESCAPED_DID = /\\u00(?:2[5de]|3[0-9a]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a])/i;

const PREFIX = 'did:';
/** What is left of a text that begins with a DID when the DID is cut off. */
const AFTER_DID = /[^A-Za-z0-9._:%-].*$/s;
const LONGEST_DID = 2048;

/** Four characters that differ: those after `did:plc:` or `did:web:`. */
const HEAD = { from: 8, to: 12 } as const;
const SLOTS = 1 << 16;

/** Where the DID at this place of a text is to be looked up. */
function slotOf(text: string, at: number): number {
  let hash = 0;
  // Five bits tell the letters and digits of a DID apart, or nearly.
  for (let index = at + HEAD.from; index < at + HEAD.to; index++) hash = (hash << 5) ^ text.charCodeAt(index);
  return (hash ^ (hash >>> 16)) & (SLOTS - 1);
}

const didAt = (raw: string, at: number): string => raw.slice(at, at + LONGEST_DID).replace(AFTER_DID, '');

type Dids = Pick<ReadonlySet<string>, 'has' | 'keys' | 'size'>;

export class Filter {
  /** Spaces, and everyone they have to do with. It grows in place. */
  private known: Dids = new Set();
  private readonly learned = new Set<string>();
  private collections: string[] = [];
  /** 1 in the slots of those who are known or learned: nearly all others are told apart by it alone. */
  private readonly taken = new Uint8Array(SLOTS);
  private counted = 0;

  get size(): number {
    return this.known.size;
  }

  update(known: Dids, collections: string[]): void {
    this.collections = collections;
    if (known === this.known && known.size === this.counted) return;
    this.known = known;
    this.counted = known.size;
    this.taken.fill(0);
    for (const did of known.keys()) this.take(did);
    for (const did of this.learned) this.take(did);
  }

  /**
   * The author of a message on its way in, when nobody known: what they delete next is ours too. Null as well for one who
   * was met before and speaks of nobody else: else each message of theirs would hold the door open for the next.
   */
  meet(message: unknown): string | null {
    const did = (message as { did?: unknown } | null)?.did;
    if (typeof did !== 'string' || this.known.has(did)) return null;
    if (this.learned.has(did) && !this.wants(JSON.stringify(message), did)) return null;
    this.learn(did);
    return did;
  }

  learn(did: string): void {
    this.learned.add(did);
    this.take(did);
  }

  /** What was on its way has arrived: only these still are. */
  relearn(dids: Iterable<string>): void {
    this.learned.clear();
    for (const did of dids) this.learn(did);
  }

  /** Whether a message names anyone known, `author` not counted. */
  wants(raw: string, author?: string): boolean {
    for (let at = raw.indexOf(PREFIX); at >= 0; at = raw.indexOf(PREFIX, at + HEAD.to)) {
      if (this.taken[slotOf(raw, at)] === 1 && this.isKnown(didAt(raw, at), author)) return true;
    }
    if (this.collections.length > 0 && this.collections.some((collection) => raw.includes(collection))) return true;
    return raw.includes('\\u00') && ESCAPED_DID.test(raw);
  }

  private isKnown(did: string, author: string | undefined): boolean {
    return did !== author && (this.known.has(did) || this.learned.has(did));
  }

  /** A DID too short to have four such characters takes every slot. */
  private take(did: string): void {
    if (did.length < HEAD.to) this.taken.fill(1);
    else this.taken[slotOf(did, 0)] = 1;
  }
}
