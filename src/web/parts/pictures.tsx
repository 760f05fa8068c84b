// Pictures in the forms of what is written: those that are there already, and places for others, each asked what it shows.
import { mediaPath } from '../../domain/media.ts';
import { blobOf, PICTURE_TYPES, type Picture } from '../../domain/pictures.ts';
import { say } from '../messages.ts';

/** Names of fields. Those of one picture stand at the same place among all of their name. */
export const FIELDS = {
  ...{ kept: 'kept', keptAlt: 'kept-alt', keptPlain: 'kept-decoration', drop: 'drop' },
  ...{ file: 'picture', alt: 'alt', plain: 'decoration' },
} as const;

/** As many as can be chosen in one sending. */
const PLACES = 4;

interface Props {
  pictures: Picture[];
  most: number;
  /** Who shows them already; null where nobody does. */
  shownBy: string | null;
}

export function PictureFields({ pictures, most, shownBy }: Props) {
  const places = Math.min(PLACES, most - pictures.length);
  return (
    <details class="pictures" open={pictures.length > 0}>
      <summary>{say.pictures}</summary>
      {pictures.map((picture, i) => (
        <Kept picture={picture} number={i + 1} shownBy={shownBy} />
      ))}
      {Array.from({ length: Math.max(0, places) }, (_, i) => (
        <Place number={pictures.length + i + 1} value={String(i)} />
      ))}
      <p class="hint">{say.picturesHint(most)}</p>
    </details>
  );
}

function Kept({ picture, number, shownBy }: { picture: Picture; number: number; shownBy: string | null }) {
  const { item, alt, isDecoration } = picture;
  const blob = blobOf(picture);
  const value = String(number - 1);
  return (
    <fieldset>
      <legend>{say.picture(number)}</legend>
      <input type="hidden" name={FIELDS.kept} value={JSON.stringify(item)} />
      {blob && shownBy && (
        <img src={mediaPath(shownBy, blob.cid, 'thumb')} alt={alt} width={120} height={120} loading="lazy" />
      )}
      {blob && !shownBy && <p class="meta">{say.pictureSent(blob.type, Math.ceil(blob.size / 1000))}</p>}
      <Words id={`kept-${number}`} name={FIELDS.keptAlt} alt={alt} />
      <Tick name={FIELDS.keptPlain} value={value} words={say.decoration} isTicked={isDecoration} />
      <Tick name={FIELDS.drop} value={value} words={say.dropPicture} />
    </fieldset>
  );
}

const Place = ({ number, value }: { number: number; value: string }) => (
  <fieldset>
    <legend>{say.picture(number)}</legend>
    <input type="file" name={FIELDS.file} accept={PICTURE_TYPES.join(',')} aria-label={say.choosePicture(number)} />
    <Words id={`place-${number}`} name={FIELDS.alt} alt="" />
    <Tick name={FIELDS.plain} value={value} words={say.decoration} />
  </fieldset>
);

const Words = ({ id, name, alt }: { id: string; name: string; alt: string }) => (
  <div class="field">
    <label for={id}>{say.whatItShows}</label>
    <textarea id={id} name={name} rows={2} maxlength={2000} dir="auto">
      {alt}
    </textarea>
  </div>
);

interface TickProps {
  name: string;
  value: string;
  words: string;
  isTicked?: boolean;
}

const Tick = ({ name, value, words, isTicked = false }: TickProps) => (
  <label class="tick">
    <input type="checkbox" name={name} value={value} checked={isTicked} /> {words}
  </label>
);

/** In a preview: what they show in words, for they themselves are shown only once they are published. */
export const PictureWords = ({ pictures }: { pictures: Picture[] }) =>
  pictures.length === 0 ? null : (
    <ul class="meta">
      {pictures.map(({ alt, isDecoration }, i) => (
        <li dir="auto">{`${say.picture(i + 1)}: ${alt || (isDecoration ? say.decoration : say.undescribed)}`}</li>
      ))}
    </ul>
  );
