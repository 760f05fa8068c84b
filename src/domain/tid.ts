// Timestamp identifiers (TID specification): 13 characters of sortable base 32, microseconds since 1970 above 10 bits.
const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const TID = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;

export const isTid = (value: unknown): value is string => typeof value === 'string' && TID.test(value);

/** Milliseconds since 1970 of a valid TID. */
export function tidTime(tid: string): number {
  let micros = 0;
  for (let i = 0; i < 11; i++) micros = micros * 32 + ALPHABET.indexOf(tid[i] as string);
  return Math.floor(micros / 1000);
}

/** The least TID of a time: every rev made earlier sorts before it. */
export function tidAt(ms: number): string {
  let micros = Math.max(0, Math.floor(ms)) * 1000;
  let tid = '22';
  for (let i = 0; i < 11; i++) {
    tid = (ALPHABET[micros % 32] as string) + tid;
    micros = Math.floor(micros / 32);
  }
  return tid;
}

/** One of about this time, told from all others by a few random bytes. */
export const tidFrom = (ms: number, random: Uint8Array): string =>
  tidAt(ms).slice(0, -random.length) + Array.from(random, (byte) => ALPHABET[byte % 32]).join('');

/** The next one after a valid TID. */
export function nextTid(tid: string): string {
  const last = tid.length - 1;
  const digit = ALPHABET.indexOf(tid[last] as string);
  const isLast = digit === ALPHABET.length - 1;
  return isLast ? `${nextTid(tid.slice(0, last))}${ALPHABET[0]}` : `${tid.slice(0, last)}${ALPHABET[digit + 1]}`;
}
