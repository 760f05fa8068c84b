// What one is told, the newest first, and the address of it as a feed.
import type { Guest } from '../../auth/guest.ts';
import type { Did, SpaceDetails } from '../../domain/model.ts';
import type { Notification } from '../../domain/notices.ts';
import type { NoticesPage } from '../../reads/index.ts';
import { beginning } from '../excerpt.ts';
import { say } from '../messages.ts';
import { Form } from '../parts/form.tsx';
import { Pager } from '../parts/pager.tsx';
import { Ago } from '../parts/time.tsx';
import { warningWords } from '../parts/warning.tsx';
import { authorName, notificationPath, spaceName, withQuery } from '../site.ts';

export interface NotificationsProps {
  page: NoticesPage;
  /** What addresses of a space begin with; '' on its own site. */
  origins: ReadonlyMap<Did, string>;
  /** Where those of all spaces are; null there. */
  hub: string | null;
  token: Guest['token'];
  now: number;
  isFirst: boolean;
  hasUnread: boolean;
  /** What is private is not told without a sign-in. */
  hasFeed: boolean;
  /** Of the feed's address; null without one. */
  feedMadeAt: number | null;
  madeFeed: string | null;
}

const PATH = '/notifications';

export const NotificationsText = (props: NotificationsProps) => {
  const { page, hub, isFirst, hasUnread, hasFeed, token, now } = props;
  return (
    <div class="reading">
      <h1>{say.notifications}</h1>
      <p class="meta">
        {hub && <span>{say.hereOnly}</span>}
        {hub && <a href={hub + PATH}>{say.everywhere}</a>}
        <a href="/account/mutes">{say.mutes}</a>
      </p>
      {hasUnread && (
        <Form action="/notifications/seen" token={token} values={{ until: String(now) }}>
          <button type="submit">{say.markSeen}</button>
        </Form>
      )}
      {page.items.length > 0 ? (
        <ol class="posts">
          {page.items.map((item) => (
            <Item item={item} {...props} />
          ))}
        </ol>
      ) : (
        <p class="empty">{isFirst ? say.noNotifications : say.noMoreNotifications}</p>
      )}
      <Pager
        next={page.cursor && withQuery(PATH, { cursor: page.cursor })}
        words={say.older}
        start={isFirst ? null : PATH}
      />
      {isFirst && hasFeed && <Feed {...props} />}
    </div>
  );
};

/** What happened, in one line of plain text. */
export function headline({ reason, people, count }: Notification): string {
  const [first] = people;
  return say.happened(reason, first ? authorName(first) : '', count);
}

/** The words that it is about; withheld where they carry a warning. */
export function words({ post, detail, roles, reason }: Notification, space: SpaceDetails | undefined): string {
  if (post) return warningWords(post.labels) ?? (post.title || beginning(post.excerpt, 200));
  const names = roles.flatMap((id) => space?.roles.find((role) => role.id === id)?.displayName ?? []);
  return reason === 'admitted' && names.length > 0 ? say.yourRoles(names) : detail;
}

function Item({ item, page, origins, hub, now }: { item: Notification } & NotificationsProps) {
  const space = page.spaces.find(({ did }) => did === item.space);
  const text = words(item, space);
  return (
    <li class={item.isRead ? undefined : 'unread'}>
      <h2>
        <a href={(origins.get(item.space) ?? '') + notificationPath(item)}>
          <bdi>{headline(item)}</bdi>
        </a>
      </h2>
      <p class="meta">
        {!item.isRead && <span class="chip">{say.isNew}</span>}
        {hub === null && space && (
          <span>
            {say.inSpace} <bdi>{spaceName(space)}</bdi>
          </span>
        )}
        <Ago at={item.at} now={now} />
      </p>
      {text !== '' && <p dir="auto">{text}</p>}
    </li>
  );
}

const Feed = ({ token, feedMadeAt, madeFeed, now }: NotificationsProps) => (
  <section aria-labelledby="feed">
    <h2 id="feed">{say.feed}</h2>
    <p class="hint">{say.feedText}</p>
    {madeFeed !== null && (
      <p class="field" role="status">
        <label for="feed-address">{say.feedMade}</label>
        <input id="feed-address" readonly value={madeFeed} />
      </p>
    )}
    {madeFeed === null && feedMadeAt !== null && (
      <p>
        {say.hasFeed} <Ago at={feedMadeAt} now={now} />.
      </p>
    )}
    <div class="acts">
      <Form action="/notifications/feed" token={token}>
        <button type="submit" class="quiet">
          {feedMadeAt === null ? say.makeFeed : say.renewFeed}
        </button>
      </Form>
      {feedMadeAt !== null && (
        <Form action="/notifications/feed/revoke" token={token}>
          <button type="submit" class="quiet">
            {say.revokeFeed}
          </button>
        </Form>
      )}
    </div>
    {feedMadeAt !== null && <p class="hint">{say.renewText}</p>}
  </section>
);
