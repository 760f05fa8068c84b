// Words for joining and writing, a part of the catalogue in ../messages.ts.
import type { WriteFailure } from '../../ports/accounts.ts';

const failures: Record<WriteFailure, string> = {
  'signed-out': 'Your sign-in is over. Sign in again in another tab, then send this once more: nothing is lost.',
  refused: 'Your server did not accept this. If you gave this site less than it asked for, sign in again.',
  changed: 'This was changed elsewhere since you opened it. Look at it again, then repeat what you wanted.',
  unreachable: 'Your server does not answer just now. Nothing is lost: send this again in a moment.',
  'too-many': 'That was a lot in a short time. Please wait for some minutes, then send this again.',
};

export const writing = {
  notWritten: (why: WriteFailure) => failures[why],
  invalid: (detail: string) => `This cannot be taken as it is: ${detail}.`,
  notPermitted: 'You may not do this here.',
  staleForm: 'This page was open for too long. What you wrote is still here: please send it once more.',

  join: 'Join',
  joinName: (name: string) => `Join ${name}`,
  leave: 'Leave',
  leaveName: (name: string) => `Leave ${name}`,
  leaveHere: 'Leave this space',
  stay: 'Stay',
  signInToJoin: 'Sign in to join',
  signInToWrite: 'Sign in to take part',
  isMember: 'You are a member.',
  hasAsked: 'You have joined. The group has not confirmed it yet: until it does, you are not a member.',
  isWanted: 'The group has named you a member. Join to confirm it.',
  joinPublic:
    'Joining writes a record to your own repository that says you belong here. It is public, as everything there is: anybody can read ' +
    'it, and others on the network copy it.',
  joinRemoval:
    'You can leave at any time, which deletes that record. Here it is then forgotten; copies that others made cannot be called back.',
  joinPosts:
    'The same holds for all that you write here. It stays yours, in your repository, whatever becomes of this space.',
  leaveText:
    'Leaving deletes the record by which you joined. What you wrote stays in your repository until you delete it there.',
  joinClosed: 'This space does not take everybody who comes.',

  newPost: { story: 'Write a story', topic: 'Start a topic' },
  postTitle: 'Title',
  postText: 'Text',
  markdownHint: 'Markdown: *emphasis*, **strong**, [words](address), > quotes, lists.',
  section: 'Section',
  tags: 'Tags',
  tagsHint: 'Up to eight, with commas between.',
  lang: 'Language',
  langHint: 'Its short name, such as en, de or pt-BR.',
  warningField: 'Content warning',
  noWarning: 'None',
  feedbackField: 'Feedback wanted',
  feedbackUnsaid: 'Not said',
  feedbackShort: {
    none: 'None, thank you',
    encouragement: 'What worked',
    discussion: 'Talk about it',
    critique: 'Frank criticism',
  },
  preview: 'Preview',
  publish: 'Publish',
  publicNote: 'This goes to your own repository, where anybody can read it, and others copy it.',
  edit: 'Edit',
  editTitle: 'Edit what you wrote',
  save: 'Save',
  delete: 'Delete',
  deleteTitle: 'Delete this?',
  deleteText:
    'It is deleted from your repository and disappears here. Copies that others made elsewhere cannot be called back.',
  keep: 'Keep it',
  answer: 'Reply',
  yourReply: 'Your reply',
  answering: (who: string) => `Answering ${who}`,
  sendReply: 'Send the reply',
  replyHint: 'Plain text. Links, #tags and @handles become links.',
  like: 'Like',
  unlike: 'Unlike',
  likeOf: (who: string) => `Like what ${who} wrote`,
};
