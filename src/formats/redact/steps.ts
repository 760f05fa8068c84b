// Takes metadata out of files while they pass, without changing their length: what is left out becomes zeroes. A format is a plan
// that says step by step what happens to the next bytes; only what a plan takes is ever held.

export type Step =
  /** The next bytes go on as they are. */
  | { pass: number }
  /** As zeroes. */
  | { blank: number }
  /** The plan sees them, and gives them, or as many others, instead. */
  | { take: number }
  | { give: Uint8Array }
  /** All up to the next byte of this value, and that one, go on. */
  | { find: number };

/** When it ends, what follows goes on as it is, or as zeroes where it says so. */
export type Plan = Generator<Step, 'pass' | 'blank', Uint8Array>;

/** Nothing worth seeing is larger; beyond it, it is left out unseen. */
export const MOST_TAKEN = 1_000_000;

const NONE = new Uint8Array();

export class Redaction {
  private readonly plan: Plan;
  private step: Step | null = null;
  private rest: 'pass' | 'blank' = 'pass';
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  private out: Uint8Array[] = [];

  constructor(plan: Plan) {
    this.plan = plan;
    this.advance(NONE);
  }

  /** What is ready to go on, in one piece. The chunk is no longer the caller's. */
  push(chunk: Uint8Array): Uint8Array {
    let left = chunk;
    while (left.length > 0) left = left.subarray(this.use(left));
    return this.flush();
  }

  /** The file is over. What was taken and not judged is no part of a whole file. */
  end(): Uint8Array {
    for (const bytes of this.held) this.out.push(bytes.fill(0));
    return this.flush();
  }

  private flush(): Uint8Array {
    const out = joined(this.out);
    this.out = [];
    return out;
  }

  /** How many bytes were used. */
  private use(bytes: Uint8Array): number {
    const { step } = this;
    if (step === null) {
      this.out.push(this.rest === 'pass' ? bytes : bytes.fill(0));
      return bytes.length;
    }
    if ('take' in step) return this.take(bytes, step.take);
    if ('find' in step) {
      const at = bytes.indexOf(step.find);
      const used = at < 0 ? bytes.length : at + 1;
      this.out.push(bytes.subarray(0, used));
      if (at >= 0) this.advance(NONE);
      return used;
    }
    return this.go(bytes, step as { pass: number } | { blank: number });
  }

  private go(bytes: Uint8Array, step: { pass: number } | { blank: number }): number {
    const wanted = 'pass' in step ? step.pass : step.blank;
    const part = bytes.subarray(0, wanted);
    this.out.push('pass' in step ? part : part.fill(0));
    const left = wanted - part.length;
    if (left === 0) this.advance(NONE);
    else this.step = 'pass' in step ? { pass: left } : { blank: left };
    return part.length;
  }

  private take(bytes: Uint8Array, wanted: number): number {
    const part = bytes.subarray(0, wanted - this.heldBytes);
    this.held.push(part.slice());
    this.heldBytes += part.length;
    if (this.heldBytes === wanted) {
      const taken = joined(this.held);
      this.held = [];
      this.heldBytes = 0;
      this.advance(taken);
    }
    return part.length;
  }

  /** To the next step that needs bytes. */
  private advance(seen: Uint8Array): void {
    for (let given = seen; ; given = NONE) {
      const { value, done } = this.plan.next(given);
      if (done) {
        this.step = null;
        this.rest = value;
        return;
      }
      if ('give' in value) this.out.push(value.give);
      else if (needsBytes(value)) {
        this.step = value;
        return;
      }
    }
  }
}

const needsBytes = (step: Exclude<Step, { give: Uint8Array }>): boolean =>
  'find' in step || ('pass' in step ? step.pass : 'blank' in step ? step.blank : step.take) > 0;

export function joined(parts: Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 64));
