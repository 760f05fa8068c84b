// Words for joining and writing, a part of the catalogue in ../messages.ts.
import type { PostPolicy } from '../../domain/model.ts';
import { VERSIONS } from '../../domain/versions.ts';
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

  /** To who wanted to write and may not. */
  writersHere: {
    anyone: 'Anyone may write here.',
    members: 'Only members write here. Once you are one, you come back to what you wanted to write.',
    roles: 'Only members whose role allows it write here.',
  } satisfies Record<PostPolicy, string>,
  join: 'Join',
  joinName: (name: string) => `Join ${name}`,
  leave: 'Leave',
  leaveName: (name: string) => `Leave ${name}`,
  leaveHere: 'Leave this space',
  stay: 'Stay',
  hasLeft:
    'You have left this space, and are no member any more. What you wrote is still yours. How to come back is said below.',
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
  readAndWrite: 'To what is written here',
  joinPosts:
    'The same holds for all that you write here. It stays yours, in your repository, whatever becomes of this space.',
  leaveText:
    'Leaving deletes the record by which you joined. What you wrote stays in your repository until you delete it there.',
  leaveRemoval: 'Here that record is then forgotten; copies that others made cannot be called back.',
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
  pictures: 'Pictures',
  picture: (number: number) => `Picture ${number}`,
  choosePicture: (number: number) => `File of picture ${number}`,
  picturesHint: (most: number) =>
    `JPEG, PNG, WebP, GIF or AVIF, at most 5 MB each, four at a time and ${most} in all. Where and with what they were taken is removed.`,
  pictureSent: (type: string, kilobytes: number) => `In your repository already: ${type}, ${kilobytes} kB`,
  whatItShows: 'What it shows, for those who cannot see it',
  undescribed: 'without a description',
  decoration: 'Decoration only: it needs no words',
  dropPicture: 'Leave this picture out',
  describePictures:
    'Please say of every picture what it shows, or that it is decoration only. The pictures are kept: nothing needs to be chosen again.',
  tooManyPictures: (most: number) => `These are too many pictures: ${most} may go with it. Please choose them again.`,
  pictureProblem: (why: 'too-large' | 'unreadable', number: number) =>
    why === 'too-large'
      ? `Of the pictures you chose, number ${number} is larger than 5 MB, or all together are larger than 20 MB. Your text is ` +
        'still here: make the picture smaller and choose it again. With scripts allowed, this page makes pictures smaller by itself.'
      : `Of the files you chose, number ${number} is no picture that browsers show: JPEG, PNG, WebP, GIF or AVIF. Your text is still here.`,
  madeSmaller: 'Made smaller: # kB',
  chooseAgain: 'Pictures that you chose must be chosen again.',
  preview: 'Preview',
  publish: 'Publish',
  publishedBefore:
    'You have sent this page before, and what you published then says something else. Save what is below to change it; to write ' +
    'something new, begin with a new page.',
  publicNote: 'This goes to your own repository, where anybody can read it, and others copy it.',
  publicRemoval:
    'Deleting it takes it out of your repository and away from here. A steward who removes it hides it here alone: in your repository it ' +
    `stays. Neither calls back the copies that others made. What you change is kept here as it was for ${VERSIONS.days} days, for those who ` +
    'answered it; deleting it deletes that, too.',
  edited: 'edited',
  answersEarlier: 'answers an earlier version',
  earlierVersions: 'Earlier versions',
  versionsOf: (what: string) => `Earlier versions: ${what}`,
  versionsText:
    `What somebody changes is kept as it was for ${VERSIONS.days} days, without its pictures, so that answers can be understood. It goes at ` +
    'once when its author deletes it.',
  asItIsNow: 'As it is now',
  stoodUntil: 'As it was until',
  noVersions: 'No earlier version is kept, or none any more.',
  crosspost: 'Crosspost',
  crosspostIt: 'Crosspost',
  crosspostTitle: 'Show this in another space',
  crosspostFrom: (space: string) => `crosspost from ${space}`,
  crosspostText:
    'A record in your own repository says that this is shown there. The original stays where it is, keeps its author, and is shown only to ' +
    'those who may see it. You can delete your record at any time.',
  crosspostInto: 'Into which space',
  crosspostNote: 'Why you show it there',
  crosspostNoteHint: 'A few words for those who read there. May be left empty.',
  crosspostNowhere:
    'There is no other space of this instance where you may post and that takes crossposts. Join one first.',
  crosspostSend: 'Crosspost it',
  crosspostDone: (space: string) => `It is shown in ${space} now.`,
  crosspostSee: 'Look at it there',
  backToPost: 'Back to the post',
  originalOf: (who: string, space: string) => `${who} wrote this in ${space}:`,
  originalGone: 'The original does not show, or not to you.',
  saveDraft: 'Save as a draft',
  drafts: 'Your drafts',
  draftsText:
    'Drafts are kept by this site for you alone; nobody else is shown them, and nothing of them is in your repository. Pictures are not ' +
    'kept with them. A draft goes when you publish it.',
  noDrafts: 'You have no drafts here.',
  deleteDraft: (name: string) => `Delete the draft “${name}”`,
  tooManyDrafts: 'There is no room for one more draft. Delete some first, or publish this one: it is still here.',
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
  answeredIsGone: 'What this was to answer does not show here any more, so it cannot be sent; your words are below.',
  answering: (who: string) => `Answering ${who}`,
  sendReply: 'Send the reply',
  replyDetails: 'Language and warning',
  replyHint: 'Plain text. Links, #tags and @handles become links.',
  like: 'Like',
  unlike: 'Unlike',
  likeOf: (who: string) => `Like what ${who} wrote`,
};
