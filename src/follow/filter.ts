// Which raw messages of the stream may concern us: those of somebody known, and those that name a space or a collection read by
// reference. It may let too much through, never too little.

/** How a message of Jetstream v1 begins; its author's DID follows. */
const V1 = '{"did":"';

/** Escapes of characters that may stand in a DID: such a message is parsed to be sure. */
const ESCAPED_DID = /\\u00(?:2[5de]|3[0-9a]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a])/i;

const PREFIX = 'did:';
const DID = /[A-Za-z0-9._:%-]{1,2048}/y;

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

function didAt(raw: string, at: number): string {
  DID.lastIndex = at;
  return DID.exec(raw)?.[0] ?? '';
}

/** So few are looked for one by one. */
const FEW = 8;
const RAREST_FIRST = 'qxzjkvwybpfghumcl765432nrdsoiate';
/** Characters that are left of a DID at least: fewer would be found too often. */
const LEAST = 12;

/** A part of a DID to look for: from a rare letter on, for a search stops wherever there is one like its first. */
function needleOf(did: string): string {
  const name = did.slice(PREFIX.length);
  const first = name.slice(0, Math.max(1, name.length - LEAST));
  const rarest = [...RAREST_FIRST].find((letter) => first.includes(letter));
  return rarest === undefined ? name : name.slice(first.indexOf(rarest));
}

type Dids = Pick<ReadonlySet<string>, 'has' | 'keys' | 'size'>;

export class Filter {
  /** Spaces, and everyone they have to do with. It grows in place. */
  private known: Dids = new Set();
  /** What spaces are found by; null where they are many. */
  private needles: string[] | null = [];
  private readonly learned = new Set<string>();
  private collections: string[] = [];
  /** 1 in the slots of those who are known or learned: nearly all others are told apart by it alone. */
  private readonly taken = new Uint8Array(SLOTS);
  private counted = 0;

  get size(): number {
    return this.known.size;
  }

  update({ known, spaces, collections }: { known: Dids; spaces: string[]; collections: string[] }): void {
    this.collections = collections;
    this.needles = spaces.length <= FEW ? spaces.map(needleOf) : null;
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
    if (this.learned.has(did) && !this.mayBelong(JSON.stringify(message), did)) return null;
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

  wants(raw: string): boolean {
    return (raw.startsWith(V1) ? this.isKnownAt(raw, V1.length) : this.namesAnyone(raw)) || this.mayBelong(raw);
  }

  /** Whether what it says may have to do with a space, whoever wrote it. */
  private mayBelong(raw: string, author?: string): boolean {
    if (this.needles?.some((needle) => raw.includes(needle)) ?? this.namesAnyone(raw, author)) return true;
    if (this.collections.length > 0 && this.collections.some((collection) => raw.includes(collection))) return true;
    return raw.includes('\\u00') && ESCAPED_DID.test(raw);
  }

  /** Anyone known, `author` not counted. */
  private namesAnyone(raw: string, author?: string): boolean {
    for (let at = raw.indexOf(PREFIX); at >= 0; at = raw.indexOf(PREFIX, at + PREFIX.length)) {
      if (this.isKnownAt(raw, at, author)) return true;
    }
    return false;
  }

  private isKnownAt(raw: string, at: number, author?: string): boolean {
    if (this.taken[slotOf(raw, at)] !== 1) return false;
    const did = didAt(raw, at);
    return did !== author && (this.known.has(did) || this.learned.has(did));
  }

  /** A DID too short to have four such characters takes every slot. */
  private take(did: string): void {
    if (did.length < HEAD.to) this.taken.fill(1);
    else this.taken[slotOf(did, 0)] = 1;
  }
}
