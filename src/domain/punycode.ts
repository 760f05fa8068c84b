// Labels of hostnames as people read them (RFC 3492, sections 6.1 and 6.2).

const [BASE, T_MIN, T_MAX, SKEW, DAMP] = [36, 1, 26, 38, 700];
const PREFIX = 'xn--';

/** What is no such label stays as it is. */
export function readableLabel(label: string): string {
  if (!label.startsWith(PREFIX) || label.length > 63) return label;
  return decoded(label.slice(PREFIX.length)) ?? label;
}

function decoded(text: string): string | null {
  const last = text.lastIndexOf('-');
  const letters = Array.from(text.slice(0, Math.max(0, last)), (letter) => letter.charCodeAt(0));
  let [at, code, index, bias] = [last + 1, 128, 0, 72];
  while (at < text.length) {
    const before = index;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(text.charCodeAt(at++));
      if (digit === null) return null;
      index += digit * weight;
      const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const count = letters.length + 1;
    bias = adapted(index - before, count, before === 0);
    code += Math.floor(index / count);
    index %= count;
    if (code > 0x10ffff) return null;
    letters.splice(index++, 0, code);
  }
  return String.fromCodePoint(...letters);
}

function digitOf(code: number): number | null {
  if (code >= 97 && code <= 122) return code - 97;
  return code >= 48 && code <= 57 ? code - 22 : null;
}

function adapted(delta: number, count: number, isFirst: boolean): number {
  let left = Math.floor(delta / (isFirst ? DAMP : 2));
  left += Math.floor(left / count);
  let k = 0;
  for (; left > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) left = Math.floor(left / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * left) / (left + SKEW));
}
