// What this place is, beside its feed.
import type { SpaceDetails } from '../../domain/model.ts';
import { firstParagraph } from '../excerpt.ts';
import { say } from '../messages.ts';
import { type Site, spaceName } from '../site.ts';
import { Paragraphs } from './paragraphs.tsx';
import { Belonging, ForStewards } from './taking-part.tsx';

const RULES = 6;

interface BoxProps {
  site: Site;
  isHome: boolean;
  /** How many ask to be let in. */
  asking: number;
}

/** The front page has said already what the space is for. */
export const AboutBox = ({ site, isHome, asking }: BoxProps) => {
  const { space } = site;
  return (
    <aside class="about" aria-labelledby="about">
      <h2 id="about">{say.aboutSpace(spaceName(space))}</h2>
      {!isHome && <Paragraphs text={firstParagraph(space.description)} lang={space.langs[0]} />}
      <Counts space={space} />
      <h3>{say.joinHeading}</h3>
      <p>{say.joining[space.joinPolicy]}</p>
      <Belonging site={site} />
      <ForStewards site={site} asking={asking} />
      {space.rules.length > 0 && (
        <>
          <h3>{say.rules}</h3>
          <ol lang={space.langs[0]}>
            {space.rules.slice(0, RULES).map(({ title }) => (
              <li dir="auto">{title}</li>
            ))}
          </ol>
        </>
      )}
      <p>
        <a href="/about">{say.aboutAndRules}</a>
      </p>
    </aside>
  );
};

interface CountsProps {
  space: Pick<SpaceDetails, 'members' | 'roster' | 'posts' | 'replies'>;
  /** Address of the space's site; null for one without a hostname. */
  site?: string | null;
}

export const Counts = ({ space, site = '/' }: CountsProps) => (
  <p class="meta">
    {space.roster === 'public' &&
      (site === null ? (
        <span>{say.members(space.members)}</span>
      ) : (
        <a href={`${site}members`}>{say.members(space.members)}</a>
      ))}
    <span>{say.posts(space.posts)}</span>
    <span>{say.replies(space.replies)}</span>
  </p>
);
