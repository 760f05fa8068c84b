// What a post carries beside its text. Places are kept free before anything has come, and what is below the fold waits.
import type { Child } from 'hono/jsx';
import { mediaPath } from '../../domain/media.ts';
import type { PostItem } from '../../domain/post.ts';
import {
  type Attachments,
  attachmentsOf,
  type LinkCard,
  type Picture,
  type Recording,
  type Shelf,
} from '../attachments.ts';
import { UGC_REL } from '../links.ts';
import { say } from '../messages.ts';
import { isWithheld, warningWords } from './warning.tsx';

/** `first`: it stands at the head of the page, and is not waited for. */
export function Media({ post, shelf, first = false }: { post: PostItem; shelf: Shelf; first?: boolean }) {
  if (isWithheld(post.labels)) return null;
  const attachments = attachmentsOf(post, shelf);
  const { pictures, recordings, links } = attachments;
  if (pictures.length + recordings.length + links.length === 0) return null;
  const warning = warningWords(post.labels);
  if (warning === null) return <All {...attachments} first={first} />;
  return (
    <Veil warning={warning} picture={pictures[0]}>
      <All {...attachments} first={false} />
    </Veil>
  );
}

const All = ({ pictures, recordings, links, first }: Attachments & { first: boolean }) => (
  <>
    {pictures.length === 1 && pictures.map((picture) => <Single picture={picture} isFirst={first} />)}
    {pictures.length > 1 && (
      <div class="gallery">
        {pictures.map((picture, i) => (
          <Framed picture={picture} isFirst={first && i === 0} sizes="(max-width: 40rem) 50vw, 20rem" />
        ))}
      </div>
    )}
    {recordings.map((recording) => (
      <Player recording={recording} />
    ))}
    {links.map((link) => (
      <Card link={link} />
    ))}
  </>
);

/** The first picture as a blur, with the warning upon it; the media themselves when the reader asks for them. */
const Veil = ({ warning, picture, children }: { warning: string; picture: Picture | undefined; children: Child }) => (
  <details class="veil">
    <summary>
      {picture && (
        <img src={mediaPath(picture.did, picture.cid, 'thumb')} alt="" loading="lazy" width={240} height={240} />
      )}
      <span>{say.showMedia(warning)}</span>
    </summary>
    {children}
  </details>
);

interface Framing {
  picture: Picture;
  isFirst: boolean;
}

const Single = ({ picture, isFirst }: Framing) => (
  <div>
    <Framed picture={picture} isFirst={isFirst} sizes="(max-width: 44rem) 100vw, 40rem" />
  </div>
);

function Framed({ picture, isFirst, sizes }: Framing & { sizes: string }) {
  const { did, cid, alt, width, height, colour, sources } = picture;
  const [small, large] = [sources[0]?.preset, sources.at(-1)?.preset];
  return (
    <figure>
      <a href={mediaPath(did, cid, large)} aria-label={say.openPicture(alt)}>
        {colour && <Hue colour={colour} />}
        <img
          src={mediaPath(did, cid, small)}
          srcset={sources.length > 1 ? srcset(picture) : undefined}
          sizes={sources.length > 1 ? sizes : undefined}
          alt={alt}
          {...{ width, height }}
          loading={isFirst ? undefined : 'lazy'}
          decoding="async"
        />
      </a>
      {alt === '' ? (
        <figcaption>{say.pictureUndescribed}</figcaption>
      ) : (
        <details class="alt">
          <summary>{say.altText}</summary>
          <p dir="auto">{alt}</p>
        </details>
      )}
    </figure>
  );
}

const srcset = ({ did, cid, sources }: Picture): string =>
  sources.map(({ preset, width }) => `${mediaPath(did, cid, preset)} ${width}w`).join(', ');

/** Behind the picture until it has come. An attribute of SVG is no style, which the page would not allow. */
const Hue = ({ colour }: { colour: string }) => (
  <svg class="hue" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
    <rect width="1" height="1" fill={colour} />
  </svg>
);

/** Nothing of it is loaded before it is played. */
function Player({ recording: { is, src, words, width, height } }: { recording: Recording }) {
  const name = words || say.recording(is);
  return (
    <figure class="player">
      {is === 'video' ? (
        <video src={src} {...{ width, height }} controls preload="none" playsinline aria-label={name} />
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: records carry no captions; what it is stands below it
        <audio src={src} controls preload="none" aria-label={name} />
      )}
      <figcaption dir="auto">{name}</figcaption>
    </figure>
  );
}

const Card = ({ link: { href, host, title, description, thumb } }: { link: LinkCard }) => (
  <a class="card" href={href} rel={UGC_REL}>
    {thumb && <img src={thumb} alt="" width={120} height={120} loading="lazy" decoding="async" />}
    <div>
      <strong dir="auto">{title}</strong>
      {description && <p dir="auto">{description}</p>}
      <small>{host}</small>
    </div>
  </a>
);
