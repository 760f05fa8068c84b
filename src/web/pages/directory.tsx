// The instance's own front page: the public spaces that have their home on it.
import type { Guest } from '../../auth/guest.ts';
import type { Page, Space } from '../../domain/model.ts';
import { beginning, firstParagraph } from '../excerpt.ts';
import { say } from '../messages.ts';
import { Counts } from '../parts/about-box.tsx';
import { InstanceFrame } from '../parts/frame.tsx';
import { Pager } from '../parts/pager.tsx';
import { type Instance, spaceName, withQuery } from '../site.ts';

export interface DirectoryProps {
  instance: Instance;
  guest: Guest;
  /** What was searched for; null where all are listed. */
  q: string | null;
  spaces: Page<Space>;
  /** Address of a space's site; null for one without a hostname. */
  siteOf(space: Space): string | null;
  isFirst: boolean;
  /** Others than those with a code of the operator's may found a space. */
  mayFound: boolean;
}

export function DirectoryPage({ instance, guest, q, spaces, siteOf, isFirst, mayFound }: DirectoryProps) {
  const path = q === null ? '/' : '/search';
  const isEmpty = spaces.items.length === 0;
  return (
    <InstanceFrame instance={instance} guest={guest} isHome={q === null} search={q ?? ''}>
      <div class="reading">
        {q === null ? <p class="lead">{say.directoryText(instance.host)}</p> : <h1>{say.search}</h1>}
        {q !== null && (
          <p class="note" dir="auto">
            {isEmpty ? say.nothingFound(q) : say.found(q)}
          </p>
        )}
        {q === null && isEmpty && <p class="empty">{say.emptyDirectory}</p>}
        <ul class="posts">
          {spaces.items.map((space) => (
            <Entry space={space} href={siteOf(space)} />
          ))}
        </ul>
        {mayFound && (
          <p>
            <a href="/setup">{say.setup.foundSpace}</a>
          </p>
        )}
        <Pager
          next={spaces.cursor && withQuery(path, { q, cursor: spaces.cursor })}
          words={say.moreSpaces}
          start={isFirst ? null : withQuery(path, { q })}
        />
      </div>
    </InstanceFrame>
  );
}

const LEAD = 280;

const Entry = ({ space, href }: { space: Space; href: string | null }) => (
  <li>
    <h2 dir="auto" lang={space.langs[0]}>
      {href ? <a href={href}>{spaceName(space)}</a> : spaceName(space)}
    </h2>
    {space.hosts[0] && <p class="meta">{space.hosts[0]}</p>}
    <p dir="auto" lang={space.langs[0]}>
      {beginning(firstParagraph(space.description), LEAD)}
    </p>
    <Counts space={space} site={href} />
  </li>
);
