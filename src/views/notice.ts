// What somebody is told, and what they mute, as answers show it.
import type { AtUriString, DidString, HandleString } from '@atproto/lex';
import { isThread, type Mute, type Notification } from '../domain/notices.ts';
import type { PostItem } from '../domain/post.ts';
import type * as listMutes from '../lexicons/club/commonplace/actor/listMutes.ts';
import type { AuthorView } from '../lexicons/club/commonplace/feed/defs.ts';
import type * as Notices from '../lexicons/club/commonplace/notification/defs.ts';
import { NO_HANDLE, type Place, postView } from './post.ts';
import { datetime } from './time.ts';

export const authorView = ({ did, handle }: PostItem['author']): AuthorView => ({
  did: did as DidString,
  handle: (handle ?? NO_HANDLE) as HandleString,
});

export function noticeView(item: Notification, place: Place): Notices.Notification {
  const { reason, post, people, count, roles, detail } = item;
  const subject = item.subject ?? (reason === 'reply' ? post?.parent : reason === 'like' ? post?.uri : null);
  return {
    ...{ reason, space: item.space as DidString, authors: people.map(authorView) },
    ...{ isRead: item.isRead, indexedAt: datetime(item.at) },
    ...(subject ? { reasonSubject: subject as AtUriString } : {}),
    ...(reason === 'like' ? { count } : {}),
    ...(post ? { post: postView(post, place) } : {}),
    ...(roles.length > 0 ? { roles } : {}),
    ...(detail === '' ? {} : { detail }),
  };
}

export const muteView = ({ subject, at, handle }: Mute): listMutes.Mute => ({
  ...(isThread(subject) ? { root: subject as AtUriString } : { actor: authorView({ did: subject, handle }) }),
  mutedAt: datetime(at),
});
