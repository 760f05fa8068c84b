// Pictures of a space that is founded: kept until its doors open, and shown to the founder alone.
import { readied } from '../../actions/pictures.ts';
import { MAX_PICTURE, PICTURE_NAMES, PICTURE_TYPES, type PictureName } from '../../domain/founding.ts';
import { fileHeaders } from '../headers.ts';
import { failurePage } from '../respond.tsx';
import { type Desk, type Env, personAt, type Sent } from './desk.ts';

/** Which one is none; null when all that were chosen are kept, and those that shall go are gone. */
export async function settlePictures({ deps, founding, files, given }: Desk & Sent): Promise<PictureName | null> {
  for (const name of PICTURE_NAMES) {
    const file = files.find((one) => one.name === name);
    if (!file || file.bytes?.length === 0) {
      if (given(`drop-${name}`) !== '') await deps.foundings.keepPicture(founding.by, name, null);
      continue;
    }
    const ready = file.bytes && readied(file.bytes);
    if (!ready || typeof ready === 'string') return name;
    const { bytes, type } = ready;
    if (!PICTURE_TYPES.includes(type) || bytes.length > MAX_PICTURE) return name;
    await deps.foundings.keepPicture(founding.by, name, { bytes: bytes.slice(), mimeType: type });
  }
  return null;
}

export async function keptPicture(env: Env, wanted: string): Promise<Response> {
  const name = PICTURE_NAMES.find((one) => one === wanted);
  const person = name && (await personAt(env));
  const picture = name && person ? await env.web.founding.foundings.picture(person.did, name) : null;
  if (!picture) return failurePage(env.place, 404);
  return new Response(picture.bytes, { headers: fileHeaders(picture.mimeType, 'private, no-store') });
}
