// Words for posts and replies, and for what hangs on them: a part of the catalogue in ../messages.ts.
import type { PostSort, ReplySort, TopWindow } from '../../domain/post.ts';
import { counted } from './counted.ts';
import { wordFor } from './word-for.ts';

const someReplies = counted('reply', 'replies');
const replies = (n: number): string => (n === 0 ? 'No replies' : someReplies(n));

const sorts: Record<PostSort, string> = { new: 'New', hot: 'Hot', active: 'Active', top: 'Top' };
const replySorts: Record<ReplySort, string> = { old: 'Oldest first', new: 'Newest first', top: 'Most liked first' };
const windows: Record<TopWindow, string> = {
  day: 'today',
  week: 'this week',
  month: 'this month',
  year: 'this year',
  all: 'all time',
};

const feedback: Record<string, string> = {
  none: 'The author does not ask for feedback on this.',
  encouragement: 'The author would like to hear what worked for you.',
  discussion: 'The author would like to talk about what this says.',
  critique: 'The author asks for frank criticism of how this is made.',
};

/** Global values of `com.atproto.label.defs`; what is not here is shown as its author wrote it. */
const warnings: Record<string, string> = {
  porn: 'adult content',
  sexual: 'sexual content',
  nudity: 'nudity',
  'graphic-media': 'violence or gore',
  '!warn': 'its author asks for caution',
};

export const posts = {
  posts: counted('post', 'posts'),
  newPosts: counted('new post', 'new posts'),
  replies,
  likes: counted('like', 'likes'),
  sorts,
  replySorts,
  windows,
  feedback: (wish: string) => wordFor(feedback, wish),
  warnings,

  repliesHeading: (n: number) => (n === 0 ? 'Replies' : someReplies(n)),
  noReplies: 'No one has replied yet.',
  goneReply: 'This reply was deleted, or never reached this place.',
  hiddenReply: 'This reply is not shown here.',
  continueThread: 'Continue this thread',
  oneReply: 'One reply and what follows from it.',
  wholeThread: 'Read the whole thread',
  replyBy: (handle: string) => `Reply by ${handle}`,
  replyTo: (title: string) => `Reply in “${title}”`,
  untitled: 'Untitled',
  poster: 'author',
  inOwnRepository: 'This post is kept in its author’s own repository.',
  rawRecord: 'Raw record',
  verified: 'Verified',
  verifiedText: 'The author’s own repository holds this post, signed with the key of their account.',
  notVerified: 'Signature not checked yet',
  notVerifiedText:
    'Nobody has had the signature of this post checked of late. It came by the network’s stream, which is unsigned.',
  couldNotVerify: (why: string) => `It could not be checked when somebody asked: ${why}`,
  verifyLater: 'Too many proofs were asked for in the last minute. Try again in a moment.',
  verifyNow: 'Check the signature now',
  verifyAgain: 'Check again',
  checkedAt: 'Checked',
  recordVersion: 'Version',
  signedCommit: 'Signed commit',
  revision: 'Revision',
  signingKey: 'Key',
  authorsServer: 'Author’s server',

  pictureUndescribed: 'Picture without a description',
  altText: 'Description',
  openPicture: (alt: string) => (alt === '' ? 'Open the picture' : `Open the picture: ${alt}`),
  showMedia: (warning: string) => `${warning}. Show it`,
  recording: (is: 'video' | 'audio') => (is === 'video' ? 'Film' : 'Recording'),
  imageLink: (alt: string) => (alt === '' ? 'Picture' : `Picture: ${alt}`),
  warning: (values: string[]) =>
    `Content warning: ${values.map((value) => wordFor(warnings, value) ?? value).join(', ')}`,
  signedInOnly: 'Its author shows this only to people who are signed in.',
  authorIn: (who: string, name: string) => `${who} in ${name}`,
  authorPosts: 'Posts',
  authorReplies: 'Replies',
};
