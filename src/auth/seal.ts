// Credentials at rest: sealed with INSTANCE_KEY, bound to what they are for, so that one cannot stand in for another.

/** `open` throws for what was sealed with a key that is not known any more, or for something else. */
export interface Seal {
  seal(value: unknown, purpose: string): Promise<string>;
  open(sealed: string, purpose: string): Promise<unknown>;
}

interface NamedKey {
  id: string;
  key: CryptoKey;
}

const IV_BYTES = 12;
const encoder = new TextEncoder();

/** `keys`: 32 bytes each, in base64. The first seals; those after it are older ones, which only open. */
export function sealWith(keys: readonly string[]): Seal {
  let named: Promise<NamedKey[]> | null = null;
  const all = (): Promise<NamedKey[]> => {
    named ??= Promise.all(keys.map(importKey));
    return named;
  };
  return {
    async seal(value, purpose) {
      const [first] = await all();
      if (!first) throw new Error('this instance has no INSTANCE_KEY: nothing can be sealed');
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const plain = encoder.encode(JSON.stringify(value));
      const bytes = await crypto.subtle.encrypt(algorithm(iv, purpose), first.key, plain);
      return `${first.id}.${base64url(iv)}.${base64url(new Uint8Array(bytes))}`;
    },
    async open(sealed, purpose) {
      const [id = '', iv = '', text = ''] = sealed.split('.');
      const found = (await all()).find((one) => one.id === id);
      if (!found) throw new Error('sealed with a key that this instance does not have');
      const bytes = await crypto.subtle.decrypt(algorithm(fromBase64url(iv), purpose), found.key, fromBase64url(text));
      return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    },
  };
}

const algorithm = (iv: Uint8Array<ArrayBuffer>, purpose: string) => ({
  ...{ name: 'AES-GCM', iv },
  additionalData: encoder.encode(purpose),
});

/** The id tells nothing of the key but which one it is. */
async function importKey(text: string): Promise<NamedKey> {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (bytes.length !== 32) throw new Error('INSTANCE_KEY must be 32 bytes in base64');
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const id = await crypto.subtle.digest('SHA-256', encoder.encode(`key id ${text}`));
  return { id: base64url(new Uint8Array(id).slice(0, 6)), key };
}

export const base64url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** Throws for what is no base64url. */
export const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));

/** 256 bits that nobody can guess. */
export const newSecret = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** What is kept of a secret. */
export const hashOf = async (secret: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(secret))));

/** What follows from a secret and does not tell it. */
export async function derived(secret: string, purpose: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(purpose))));
}
