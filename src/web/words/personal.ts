// Words for what somebody is told and does not want to see, a part of the catalogue in ../messages.ts.
import type { Reason } from '../../domain/notices.ts';
import { counted } from './counted.ts';

const others = counted('other', 'others');

/** Who liked it, in words. */
const by = (first: string, count: number): string => (count > 1 ? `${first} and ${others(count - 1)}` : first);

const happened: Record<Reason, (who: string, count: number) => string> = {
  reply: (who) => `${who} replied to you`,
  mention: (who) => `${who} mentioned you`,
  like: (who, count) => `${by(who, count)} liked what you wrote`,
  admitted: () => 'You are a member of this space',
  removed: () => 'You are no longer a member of this space',
  invited: () => 'You are invited to join this space',
  declined: () => 'Your wish to join was declined',
  banned: () => 'You may not take part in this space for now',
  moderation: () => 'The stewards decided about something of yours',
};

export const personal = {
  tooMuch: 'That was a lot',
  notifications: 'Notifications',
  notSeenYet: 'not seen yet',
  happened: (reason: Reason, who: string, count: number) => happened[reason](who, count),
  yourRoles: (names: string[]) => `Your roles: ${names.join(', ')}.`,
  inSpace: 'in',
  isNew: 'New',
  noNotifications: 'Nothing yet. When somebody replies to you, mentions you or likes what you wrote, it stands here.',
  noMoreNotifications: 'There is nothing further back.',
  markSeen: 'Mark all as read',
  hereOnly: 'From this space alone.',
  everywhere: 'All your spaces',
  older: 'Older',

  mutes: 'What you mute',
  mutesText:
    'It is left out of what you are shown here, and you are told nothing of it. Nobody else learns that you mute anything.',
  noMutes: 'You mute nobody and nothing.',
  muteAuthor: 'Mute',
  unmuteAuthor: 'Unmute',
  muteOf: (who: string) => `Mute ${who}`,
  unmuteOf: (who: string) => `Unmute ${who}`,
  muteThread: 'Mute this thread',
  unmuteThread: 'Unmute this thread',
  aThread: 'A thread',
  mutedReply: 'From somebody you mute',
  mutedAuthor: 'You mute this person.',
  notMuted: (why: string) => `This was not done: ${why}.`,

  feed: 'As a feed',
  feedText:
    'A feed reader can fetch your notifications from an address that is yours alone. Whoever has the address can read them, so give it to nobody.',
  feedMade: 'The address of your feed. It is shown only this once:',
  feedAddress: 'Address of the feed',
  hasFeed: 'You have a feed. Made',
  makeFeed: 'Make an address',
  renewFeed: 'Make a new address',
  renewText: 'The old one is good no more.',
  revokeFeed: 'Take the address back',
  feedTitle: (name: string) => `Notifications · ${name}`,
};
