// Pictures as a form sends them: those that are in the repository already, and those that go there now, whatever becomes of the text.
import type { Writer } from '../../actions/own.ts';
import { type Problem, uploadPictures } from '../../actions/pictures.ts';
import { NSID } from '../../domain/collections.ts';
import type { Deed } from '../../domain/permission.ts';
import { isUndescribed, mostPictures, type Picture, pictureFrom } from '../../domain/pictures.ts';
import { say } from '../messages.ts';
import type { SentFile } from '../multipart.ts';
import { FIELDS } from '../parts/pictures.tsx';
import { type Env, failure, type Sent } from './desk.ts';

export interface Settled {
  pictures: Picture[];
  /** What stands in the way of publishing. */
  alert: string | null;
  status: number;
}

const trimmed = (text: string | undefined): string => (text ?? '').replaceAll('\r\n', '\n').trim();

/** Those the form carried along, but the ones to be left out. */
export function keptPictures(fields: URLSearchParams): Picture[] {
  const alts = fields.getAll(FIELDS.keptAlt);
  const [dropped, plain] = [new Set(fields.getAll(FIELDS.drop)), new Set(fields.getAll(FIELDS.keptPlain))];
  return fields.getAll(FIELDS.kept).flatMap((text, i) => {
    const item = dropped.has(String(i)) ? null : pictureFrom(text);
    return item ? [{ item, alt: trimmed(alts[i]), isDecoration: plain.has(String(i)) }] : [];
  });
}

const isChosen = ({ name, bytes }: SentFile): boolean => name === FIELDS.file && bytes?.length !== 0;

/** Puts into the repository what was chosen. */
export async function settlePictures(env: Env, writer: Writer, given: Sent, collection: string): Promise<Settled> {
  const { fields, files } = given;
  const alts = fields.getAll(FIELDS.alt);
  const plain = new Set(fields.getAll(FIELDS.plain));
  const kept = keptPictures(fields);
  const places = files.filter(({ name }) => name === FIELDS.file);
  const chosen = places.flatMap((file, i) =>
    isChosen(file) ? [{ bytes: file.bytes, alt: trimmed(alts[i]), isDecoration: plain.has(String(i)) }] : [],
  );
  const most = mostPictures(collection);
  if (kept.length + chosen.length > most) return { pictures: kept, alert: say.tooManyPictures(most), status: 400 };
  const { pictures, problem } = await uploadPictures(writer, deedOf(fields, writer, collection), chosen, env.web.own);
  const all = [...kept, ...pictures];
  if (problem) return { pictures: all, ...problemOf(problem) };
  const isMute = all.some(isUndescribed);
  return { pictures: all, alert: isMute ? say.describePictures : null, status: isMute ? 400 : 200 };
}

function deedOf(fields: URLSearchParams, { standing }: Writer, collection: string): Deed {
  if (fields.has('seen')) return { do: 'edit', author: standing.did };
  return { do: collection === NSID.reply ? 'reply' : 'post' };
}

function problemOf(problem: Problem): { alert: string; status: number } {
  if ('picture' in problem) return { alert: say.pictureProblem(problem.picture, problem.number), status: 400 };
  const { alert, status } = failure(problem);
  return { alert: `${alert} ${say.chooseAgain}`, status };
}

/** What a form says that comes back without having been looked at: files do not come back with it. */
export const withFiles = (alert: string | null, { files }: Sent): string | null =>
  alert !== null && files.some(isChosen) ? `${alert} ${say.chooseAgain}` : alert;
