// Pictures of a post. Until media are kept here, the page says what they show.
import type { Json } from '../../domain/model.ts';
import { clip, withoutTricks } from '../../domain/text.ts';
import { say } from '../messages.ts';

const MOST = 12;

function describe(image: Json): string {
  const alt = typeof image === 'object' && image !== null && !Array.isArray(image) ? image.alt : null;
  const words = typeof alt === 'string' ? clip(withoutTricks(alt).trim(), 2000) : '';
  return words === '' ? say.pictureUndescribed : say.picture(words);
}

export const Pictures = ({ images }: { images: Json | undefined }) => (
  <>
    {(Array.isArray(images) ? images.slice(0, MOST) : []).map((image) => (
      <figure>
        <figcaption dir="auto">{describe(image)}</figcaption>
      </figure>
    ))}
  </>
);
