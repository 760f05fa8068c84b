// What one person wrote in a space.
import type { Page } from '../../domain/model.ts';
import type { Author, PostItem } from '../../domain/post.ts';
import { isMember } from '../../domain/roles.ts';
import { say } from '../messages.ts';
import { SpaceFrame } from '../parts/frame.tsx';
import { MuteForm } from '../parts/mute.tsx';
import { Pager } from '../parts/pager.tsx';
import { PostList } from '../parts/post-list.ts';
import { Tabs } from '../parts/tabs.tsx';
import { authorName, authorPath, type Site, withQuery } from '../site.ts';

export type AuthorShow = 'posts' | 'replies';

export interface AuthorProps {
  site: Site;
  author: Author;
  show: AuthorShow;
  items: Page<PostItem>;
  isFirst: boolean;
  /** By the viewer. Who comes to this page wants to see what is on it. */
  isMuted: boolean;
}

export function AuthorPage({ site, author, show, items, isFirst, isMuted }: AuthorProps) {
  const path = authorPath(author);
  const address = (what: AuthorShow, cursor: string | null = null): string =>
    withQuery(path, { show: what === 'posts' ? null : what, cursor });
  return (
    <SpaceFrame site={site} here={path}>
      <div class="reading">
        <h1>
          <bdi>{authorName(author)}</bdi>
        </h1>
        <p class="meta">
          {rolesOf(author, site).map((role) => (
            <span class="chip">{role}</span>
          ))}
          <span>{author.did}</span>
          {author.handle === null && <span>{say.unknownHandle}</span>}
        </p>
        {site.guest.viewer && site.guest.viewer.did !== author.did && (
          <div class="meta acts">
            {isMuted && <span>{say.mutedAuthor}</span>}
            <MuteForm
              {...{ subject: author.did, isMuted, token: site.guest.token, back: path, who: authorName(author) }}
            />
          </div>
        )}
        <Tabs
          label={say.authorNav}
          tabs={[
            { href: address('posts'), words: say.authorPosts, current: show === 'posts' },
            { href: address('replies'), words: say.authorReplies, current: show === 'replies' },
          ]}
        />
        {items.items.length > 0 ? <PostList posts={items.items} site={site} /> : <p class="empty">{say.emptyAuthor}</p>}
        <Pager
          next={items.cursor && address(show, items.cursor)}
          words={say.older}
          start={isFirst ? null : address(show)}
        />
      </div>
    </SpaceFrame>
  );
}

/** What a member is here, in the words of the space. */
function rolesOf({ member }: Author, { space }: Site): string[] {
  if (!isMember(member ?? undefined)) return [];
  const names = space.roles.filter(({ id }) => member?.roles.includes(id)).map(({ displayName }) => displayName);
  return names.length === 0 ? [say.member] : names;
}
