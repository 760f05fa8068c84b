/** What can be made to go wrong, what of it is switched on, and how often each fault has fired. */

export const MALFORMED_KINDS = [
  'broken-json',
  'wrong-types',
  'unknown-kind',
  'not-an-object',
  'empty',
  'binary',
] as const;
export type MalformedKind = (typeof MALFORMED_KINDS)[number];

interface Times {
  /** After firing this often the fault switches itself off. */
  times?: number;
}

/** Counts (`after`, `every`) are of messages on one connection since the faults were last changed. */
export interface FaultSettings {
  /** The connection ends without a close frame, or with one of that code. */
  drop: Times & { after: number; code?: number };
  /** The connection is reset; what is in flight is lost. */
  kill: Times & { after: number };
  /** Nothing more is sent, the socket stays open; it goes on when the fault is switched off. */
  stall: Times & { after: number };
  /** Each n-th message is followed by the one sent `lag` (0) messages before it, again. */
  duplicate: Times & { every: number; lag?: number };
  /** Authors change places within windows; one author's messages keep their order, and time still grows. */
  reorder: Times & { window: number; holdMs?: number };
  /** A frame that is no message follows each n-th one, of one kind after another. */
  malformed: Times & { every: number; kinds?: readonly MalformedKind[] };
  /** A well-formed message with a huge record follows each n-th one, whatever the subscriber's limit. */
  oversized: Times & { every: number; bytes?: number };
  /** Cursors older than this are moved up, without a word. */
  clamp: Times & { lookbackMs: number };
}

export type FaultName = keyof FaultSettings;
export type FaultChanges = { [Name in FaultName]?: FaultSettings[Name] | null };

const REQUIRED: { readonly [Name in FaultName]: string } = {
  drop: 'after',
  kill: 'after',
  stall: 'after',
  duplicate: 'every',
  reorder: 'window',
  malformed: 'every',
  oversized: 'every',
  clamp: 'lookbackMs',
};
const NAMES = Object.keys(REQUIRED) as FaultName[];

export class Faults {
  readonly fired: Record<FaultName, number> = zeros();
  /** Grows with each change, so that connections count anew. */
  version = 0;
  private settings: Partial<FaultSettings> = {};
  private readonly left = new Map<FaultName, number>();
  private readonly listeners = new Set<() => void>();

  get current(): Readonly<Partial<FaultSettings>> {
    return this.settings;
  }

  get anyDelivered(): boolean {
    return Object.keys(this.settings).some((name) => name !== 'clamp');
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Switches faults on (settings) and off (null); those not named stay as they are. */
  set(changes: FaultChanges): void {
    const settings: Record<string, unknown> = { ...this.settings };
    for (const [name, setting] of Object.entries(changes)) {
      if (!isFaultName(name)) throw new TypeError(`unknown fault ${name}; known are ${NAMES.join(', ')}`);
      if (setting === null) {
        delete settings[name];
        continue;
      }
      const required: unknown = Reflect.get(Object(setting), REQUIRED[name]);
      if (typeof required !== 'number') throw new TypeError(`fault ${name} needs the number ${REQUIRED[name]}`);
      settings[name] = setting;
      this.left.set(name, setting.times ?? Number.POSITIVE_INFINITY);
    }
    this.settings = settings;
    this.changed();
  }

  clear(): void {
    this.settings = {};
    this.changed();
  }

  fire(name: FaultName): void {
    this.fired[name]++;
    const left = (this.left.get(name) ?? 0) - 1;
    this.left.set(name, left);
    if (left > 0) return;
    const { [name]: _spent, ...others } = this.settings;
    this.settings = others;
  }

  private changed(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(REQUIRED, name);
}

function zeros(): Record<FaultName, number> {
  return Object.fromEntries(NAMES.map((name) => [name, 0])) as Record<FaultName, number>;
}
