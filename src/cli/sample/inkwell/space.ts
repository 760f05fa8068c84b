/** A writing club: joining takes a steward's word. */
import { NSID } from '../../../domain/collections.ts';
import type { SampleSpace } from '../types.ts';
import { poems } from './poems.ts';
import { stories } from './stories.ts';
import { strangers } from './strangers.ts';
import { workshop } from './workshop.ts';

export const inkwell: SampleSpace = {
  handle: 'inkwell.test',
  host: 'inkwell.localhost',
  displayName: 'The Inkwell',
  description:
    'A small writing club. We post short fiction and poems, read each other with care, and say honestly what we saw. Any language; kindness in all of them.',
  joinPolicy: 'approval',
  postPolicy: 'members',
  langs: ['en', 'ja', 'es'],
  founded: 62,
  avatar: 'inkDrop',
  banner: 'desk',
  sections: [
    { id: 'stories', name: 'Stories', collections: [NSID.story], description: 'Short fiction, finished or nearly.' },
    { id: 'poems', name: 'Poems', collections: [NSID.story], description: 'Lines that stop before the margin does.' },
    {
      id: 'workshop',
      name: 'Workshop',
      collections: [NSID.topic, NSID.crosspost],
      description: 'Questions of craft, exercises, and half a page that will not behave.',
    },
    { id: 'notices', name: 'Notices', collections: [NSID.document], description: 'From the club itself.' },
  ],
  theme: {
    light: {
      accent: '#1f4e79',
      background: '#fbf8f1',
      surface: '#ffffff',
      text: '#24211c',
      muted: '#665f52',
      border: '#ded6c5',
    },
    dark: {
      accent: '#8fc1ea',
      background: '#16181c',
      surface: '#1f2228',
      text: '#ece7dc',
      muted: '#a59d8e',
      border: '#383c44',
    },
    font: 'serif',
    radius: 4,
    width: 'narrow',
  },
  rules: [
    {
      title: 'Read before you ask to be read',
      text: 'Leave a thoughtful answer on two pieces for each one you post. Nobody counts; everybody notices.',
    },
    {
      title: 'Answer the question that was asked',
      text: 'Every story says what its author would like to hear. If it says *encouragement*, keep the red pencil in the drawer.',
    },
    {
      title: 'The work, never the writer',
      text: 'Talk about the sentence. What you believe about the person who wrote it stays out of the room.',
    },
    {
      title: 'Warn where a reader would want it',
      text: 'Violence, loss, illness: put a content warning on the piece. It is a courtesy, and it costs no suspense.',
    },
    {
      title: 'Your own words',
      text: 'Post what you wrote. Quoting a few lines of somebody else is fine when you say whose they are.',
    },
  ],
  roles: [
    {
      id: 'steward',
      displayName: 'Steward',
      description: 'Keeps the club: lets people in, looks after the rules, speaks for it when it must speak.',
      actions: [
        'post',
        'mod.read',
        'mod.resolve',
        'takedown',
        'invite',
        'admit',
        'eject',
        'role.assign',
        'space.configure',
        'group.configure',
        'group.act',
      ],
      assignable: ['editor', 'member'],
    },
    {
      id: 'editor',
      displayName: 'Editor',
      description: 'Runs the exercises and keeps the workshop tidy.',
      actions: ['post', 'mod.read', 'label', 'invite'],
      assignable: [],
    },
    { id: 'member', displayName: 'Member', description: 'Reads and writes here.', actions: ['post'], assignable: [] },
  ],
  members: [
    { who: 'mara', roles: ['steward'] },
    { who: 'ruth', roles: ['editor'] },
    { who: 'tobi' },
    { who: 'yuki' },
    { who: 'lucia' },
    { who: 'samir' },
    { who: 'ines' },
    { who: 'jonas' },
    { who: 'priya' },
    { who: 'nell' },
  ],
  asking: ['clem'],
  followers: ['paul'],
  posts: [...stories, ...strangers, ...poems, ...workshop],
  notices: [
    {
      days: 4,
      title: 'What we read in October',
      path: '/what-we-read-in-october',
      description: 'Three stories, one poem and an argument about commas.',
      tags: ['club'],
      text: `October was a month of ferries. Three members, who swear that they had not spoken to each other, each sent us somebody waiting for a boat, and by the third we had stopped laughing and begun to compare: one boat is late, one is early, and one never comes because it was cancelled years ago and nobody had the heart to take the sign down.

The poem that people came back to was the shortest. The argument that people came back to was about commas, lasted nine days, and ended, as these things do, with everyone writing exactly as before but knowing why.

The exercise for November is in the workshop: one room, no adjectives. It is harder than it sounds, and the results are better than they have any right to be.

New people: write to a steward through "join". Say what you are reading at the moment. That is the whole entrance examination.`,
    },
  ],
};
