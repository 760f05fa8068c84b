// Which raw messages of the stream may concern us: those that name a known DID or a collection read by reference.

/** Escapes of characters that may stand in a DID: such a message is parsed to be sure. */
const ESCAPED_DID = /\\u00(?:2[5de]|3[0-9a]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a])/i;

/** Whether a character code may stand in a DID: letters, digits, `.`, `_`, `:`, `%`, `-`. */
const IN_DID: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9._:%-]/.test(String.fromCharCode(code)),
);

export class Filter {
  /** Spaces, and everyone they have to do with. */
  private known: { has(did: string): boolean } = new Set();
  private readonly learned = new Set<string>();
  private collections: string[] = [];

  update(known: { has(did: string): boolean }, collections: string[]): void {
    this.known = known;
    this.collections = collections;
  }

  /** An author whose record is on its way in: what they delete next is ours too. */
  learn(did: string): void {
    this.learned.add(did);
  }

  /** Everything on its way has arrived. */
  unlearn(): void {
    this.learned.clear();
  }

  wants(raw: string): boolean {
    for (let at = raw.indexOf('did:'); at >= 0; ) {
      let end = at + 4;
      while (IN_DID[raw.charCodeAt(end)]) end++;
      const did = raw.slice(at, end);
      if (this.known.has(did) || (this.learned.size > 0 && this.learned.has(did))) return true;
      at = raw.indexOf('did:', end);
    }
    for (const collection of this.collections) if (raw.includes(collection)) return true;
    return raw.includes('\\u00') && ESCAPED_DID.test(raw);
  }
}
