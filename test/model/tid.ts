/** Record keys and revisions of the protocol, written anew from its specification: 13 characters, microseconds and a clock id. */
const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const TID = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;

export function tid(micros: number, clockId = 0): string {
  let rest = (BigInt(micros) << 10n) | BigInt(clockId);
  let text = '';
  for (let place = 0; place < 13; place++) {
    text = (ALPHABET[Number(rest & 31n)] as string) + text;
    rest >>= 5n;
  }
  return text;
}

/** Microseconds since 1970, or null where the text is no TID. */
export function tidMicros(text: string): number | null {
  if (!TID.test(text)) return null;
  let value = 0n;
  for (const letter of text) value = (value << 5n) | BigInt(ALPHABET.indexOf(letter));
  return Number(value >> 10n);
}
