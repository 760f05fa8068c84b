// Search within a space.
import type { Page } from '../../domain/model.ts';
import type { PostItem } from '../../domain/post.ts';
import { say } from '../messages.ts';
import { SpaceFrame } from '../parts/frame.tsx';
import { Pager } from '../parts/pager.tsx';
import { PostList } from '../parts/post-list.ts';
import { SearchForm } from '../parts/search-form.tsx';
import { type Site, spaceName, withQuery } from '../site.ts';

export interface SearchProps {
  site: Site;
  q: string;
  /** Null before anything was asked for. */
  found: Page<PostItem> | null;
  isFirst: boolean;
  /** The space that the words name; null where they name none. */
  named: { name: string; href: string } | null;
}

export function SearchPage({ site, q, found, isFirst, named }: SearchProps) {
  const next = found?.cursor ? withQuery('/search', { q, cursor: found.cursor }) : null;
  return (
    <SpaceFrame site={site} here="/search" hasSearch={false}>
      <div class="reading">
        <h1>{say.search}</h1>
        <SearchForm id="q" label={say.searchIn(spaceName(site.space))} value={q} />
        {named && (
          <p class="note">
            {say.namedSpace}{' '}
            <a href={named.href}>
              <bdi>{named.name}</bdi>
            </a>
          </p>
        )}
        {found === null ? (
          <p class="note">{say.searchHint}</p>
        ) : (
          <>
            <p class="note" dir="auto">
              {found.items.length > 0 ? say.found(q) : say.nothingFound(q)}
            </p>
            <PostList posts={found.items} site={site} />
            <Pager next={next} words={say.moreFound} start={isFirst ? null : withQuery('/search', { q })} />
          </>
        )}
      </div>
    </SpaceFrame>
  );
}
