// Every text of the interface, in one place. Words as the house uses them: space, member, steward, instance.
import type { JoinPolicy, PostPolicy } from '../domain/model.ts';
import { counted } from './words/counted.ts';
import { data } from './words/data.ts';
import { docs } from './words/docs.ts';
import { group } from './words/group.ts';
import { names } from './words/names.ts';
import { personal } from './words/personal.ts';
import { posts } from './words/posts.ts';
import { roster } from './words/roster.ts';
import { settings } from './words/settings.ts';
import { setup } from './words/setup.ts';
import { signing } from './words/signing.ts';
import { standing } from './words/standing.ts';
import { wordFor } from './words/word-for.ts';
import { writing } from './words/writing.ts';

const joining: Record<JoinPolicy, string> = {
  open: 'Open to everyone: any account of the AT Protocol, a Bluesky account for example, may join.',
  approval: 'Ask to join with any account of the AT Protocol, a Bluesky account for example. A steward decides.',
  invite: 'Members join by invitation. Any account of the AT Protocol, a Bluesky account for example, can be invited.',
};

const posting: Record<PostPolicy, string> = {
  anyone: 'Anyone may post.',
  members: 'Members may post.',
  roles: 'Members whose role allows it may post.',
};

/** Role actions in words; one that is not known here is not told. */
const actions: Record<string, string> = {
  post: 'post',
  'mod.read': 'read reports',
  'mod.resolve': 'decide reports',
  label: 'label posts',
  takedown: 'take posts down',
  invite: 'invite people',
  admit: 'admit members',
  eject: 'eject members',
  'role.assign': 'give roles',
  'space.configure': 'change how the space works',
  'group.configure': 'change the group account',
  'group.act': 'act for the group',
  govern: 'propose and decide',
};
const mayDo = (known: string[]): string =>
  known.length === 0 ? 'Says who someone is here.' : `May ${known.join(', ')}.`;

export const say = {
  ...docs,
  ...group,
  ...settings,
  setup,
  ...roster,
  ...data,
  ...names,
  ...personal,
  ...posts,
  ...signing,
  ...standing,
  ...writing,
  members: counted('member', 'members'),
  joining,
  posting,

  skip: 'Skip to the content',
  sectionsNav: 'Sections',
  sortNav: 'Order of posts',
  replySortNav: 'Order of replies',
  windowNav: 'Time span',
  pagesNav: 'Pages',
  authorNav: 'Kind of post',
  allPosts: 'All posts',
  about: 'About',
  aboutAndRules: 'About and rules',
  aboutSpace: (name: string) => `About ${name}`,
  joinHeading: 'Joining',
  rules: 'Rules',
  roles: 'Roles',
  roleMay: (names: string[]) => mayDo(names.flatMap((name) => wordFor(actions, name) ?? [])),
  noRules: 'This space has written down no rules.',
  links: 'Elsewhere',
  website: 'Website',
  asData: 'This space as data',
  account: 'Account',
  did: 'DID',
  ownRecords: 'Where posts live',
  ownRecordsText:
    'What members write here is kept in their own repositories on the AT Protocol, not in ours. It stays theirs, they can ' +
    'take it along, and it is public on the network: other services may show it too.',
  stewards: 'Stewards act for the space by the roles they are given.',
  footNote: 'What members write is kept in their own repositories on the AT Protocol. Times are in UTC.',
  instanceNote: 'Commonplace gives groups on the AT Protocol a place of their own.',
  onInstance: (host: string) => `A space on ${host}`,

  search: 'Search',
  searchIn: (name: string) => `Search ${name}`,
  searchSpaces: 'Search spaces',
  searchTitle: (q: string) => `Search: ${q}`,
  searchHint: 'Words from titles, stories, topics and replies. All of them must be there.',
  found: (q: string) => `What was found for “${q}”`,
  nothingFound: (q: string) => `Nothing was found for “${q}”.`,

  tagged: (tag: string) => `#${tag}`,
  tagTitle: (tag: string) => `Posts tagged #${tag}`,
  older: 'Older posts',
  more: 'More posts',
  moreFound: 'More results',
  moreReplies: 'More replies',
  moreSpaces: 'More spaces',
  toStart: 'Back to the beginning',
  emptyFeed: 'Nothing has been posted here yet.',
  emptyPage: 'Nothing on this page can be shown.',
  emptyAuthor: 'Nothing to show here yet.',
  emptyDirectory: 'No space is listed here yet.',

  mediaKept:
    'Pictures, sound and video are shown from here as long as a post shows them. When one is deleted or taken down, it is shown to ' +
    'nobody any more within a minute; browsers that have loaded it may keep it for up to a day.',
  contact: 'Contact and legal notices',
  contactText:
    'Legal notices about what is shown on this site, of copyright, privacy or the law, go to the operator of the instance. Name the ' +
    'address of the page or picture, say what is wrong with it and who you are.',
  contactBy: 'The operator is reached by',
  noContact: 'The operator has not said how to be reached. The host of this domain can forward a notice.',
  contactAfter:
    'What has to go is taken out of the whole instance: within a minute it is shown to nobody any more, and it is not taken again. ' +
    'Posts are kept in their authors’ own repositories on the AT Protocol: only the author, or the server the repository is on, can ' +
    'delete them there.',
  contactCommunity: 'For everything else, the rules and the people of a space are named on its page “About”.',
  mediaHeading: 'Pictures, sound and video',

  member: 'Member',
  unknownHandle: 'name not verified',

  privateText:
    'This space is private: what is written in it is for its members. Posts that members keep in public repositories of ' +
    'their own are still public on the network.',

  directoryTitle: 'Spaces',
  directoryText: (host: string) =>
    `Spaces at home on ${host}. Each has a site of its own; people come with the account they already have, and what ` +
    'they write stays in their own repositories on the AT Protocol.',

  errorTitles: {
    400: 'That address cannot be read',
    401: 'You are not signed in any more',
    403: 'That is not for you to do',
    404: 'There is nothing here',
    405: 'That cannot be done here',
    409: 'It is another by now',
    414: 'That address is too long',
    429: 'That was too much at once',
    502: 'Another server does not answer',
    500: 'Something went wrong',
  } as Record<number, string>,
  errorTexts: {
    400: 'Part of the address is not what this page understands.',
    404: 'The page was never here, or it was moved or taken away.',
    405: 'This page can only be read.',
    414: 'No page here has so long an address.',
    401: 'Sign in and try again.',
    403: 'Who may do it is for the space to say.',
    409: 'Somebody, or another of your own windows, was faster.',
    429: 'Please wait a few minutes.',
    502: 'Please try again in a moment.',
    500: 'The fault is ours. Please try again in a moment.',
  } as Record<number, string>,
  badCursor:
    'This is no page of the list any more: the list was asked for in another way, or part of the address was lost on its way.',
  tooLong: 'What is asked for here is too long. Try it with fewer words.',
  anew: 'Begin anew',
  unknownHost: (host: string) => `No space has its home at ${host}.`,
  requestId: (id: string) => `Should you report it, name this request: ${id}`,
  toHome: 'To the front page',
  toInstance: 'To the spaces of this instance',

  justNow: 'just now',
  minutesAgo: counted('minute ago', 'minutes ago'),
  hoursAgo: counted('hour ago', 'hours ago'),
  daysAgo: counted('day ago', 'days ago'),
  months: 'January February March April May June July August September October November December'.split(' '),
  date: (day: number, month: string, year: number) => `${day} ${month} ${year}`,
  dateTime: (date: string, time: string) => `${date}, ${time} UTC`,
};
