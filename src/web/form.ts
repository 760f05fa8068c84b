// What a form sends: bounded, and taken only from a page of this host.
import { type Guest, isOwnForm } from '../auth/guest.ts';
import { readBounded } from '../cloudflare/fetch.ts';
import { PICTURE_BYTES } from '../domain/pictures.ts';
import { type Multipart, readMultipart } from './multipart.ts';
import { TOKEN } from './parts/form.tsx';

/** A long text with every letter in percent signs. */
const MAX_BYTES = 1_000_000;
const ENCODING = 'application/x-www-form-urlencoded';

/** Null for what is no form of ours: too long, or of another kind. */
export async function readFields(request: Request): Promise<URLSearchParams | null> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== ENCODING) return null;
  try {
    const bytes = await readBounded(new Response(request.body), MAX_BYTES, 'the form');
    return new URLSearchParams(new TextDecoder().decode(bytes));
  } catch {
    // Longer than any form of ours, or broken off.
    return null;
  }
}

const MB = 1_000_000;
/** Many pictures of a camera are read to their end, so that the words beside them are not lost; what is too large is not held. */
const BOUNDS = { field: MAX_BYTES, file: PICTURE_BYTES, held: 20 * MB, parts: 100, all: 95 * MB };

/** Of those who cannot send any now only the words are kept. */
const WORDS = { ...BOUNDS, file: 0, held: MAX_BYTES, all: 25 * MB };

/** The same of a form that takes pictures. */
export async function readSent(request: Request, takesPictures: boolean): Promise<Multipart | null> {
  if (request.headers.get('content-type')?.startsWith('multipart/form-data'))
    return readMultipart(request, takesPictures ? BOUNDS : WORDS);
  const fields = await readFields(request);
  return fields && { fields, files: [] };
}

/** Null also for one without the token of this browser. */
export async function readForm(request: Request, guest: Guest): Promise<URLSearchParams | null> {
  const fields = await readFields(request);
  return fields && isOwnForm(guest, request, fields.get(TOKEN)) ? fields : null;
}

/** Where to go on: a path of the same host, and nothing that a browser could take for another. */
export const nextPath = (given: string | null): string =>
  given !== null && /^\/(?![/\\])[\x21-\x7e]*$/.test(given) && !given.includes('\\') && given.length <= 2000
    ? given
    : '/';

/** The same for a page where something is written; null for all others. */
export const writingPath = (given: string | null): string | null => {
  const path = nextPath(given);
  return path.startsWith('/write/') ? path : null;
};
