/** A supporters' forum: whoever asks is in. */
import { NSID } from '../../../domain/collections.ts';
import type { SampleSpace } from '../types.ts';
import { abroad } from './abroad.ts';
import { history } from './history.ts';
import { matchday } from './matchday.ts';
import { talk } from './talk.ts';

export const terraces: SampleSpace = {
  handle: 'terraces.test',
  host: 'terraces.localhost',
  displayName: 'The Terraces',
  description:
    'Supporters of Calder Vale FC, of the Northern Combination, wherever they stand. Match threads, tactics, long away journeys and longer memories. Not run by the club, and proud of the club anyway.',
  joinPolicy: 'open',
  postPolicy: 'members',
  langs: ['en'],
  founded: 48,
  avatar: 'scarf',
  banner: 'stand',
  sections: [
    {
      id: 'matchday',
      name: 'Matchday',
      collections: [NSID.topic, NSID.crosspost],
      description: 'Before, during and the long evening after.',
    },
    { id: 'tactics', name: 'Tactics', collections: [NSID.topic], description: 'Arrows and counter-arrows.' },
    {
      id: 'away-days',
      name: 'Away days',
      collections: [NSID.topic],
      description: 'How to get there, where to eat, which end.',
    },
    { id: 'history', name: 'History', collections: [NSID.story], description: 'Longer pieces about longer ago.' },
    { id: 'the-bar', name: 'The bar', collections: [NSID.topic], description: 'Everything else.' },
  ],
  theme: {
    light: {
      accent: '#8a1c2b',
      background: '#f6f7f5',
      surface: '#ffffff',
      text: '#1b1f1d',
      muted: '#586159',
      border: '#d5dbd4',
    },
    dark: {
      accent: '#ff9d9d',
      background: '#131715',
      surface: '#1b211e',
      text: '#e9eeea',
      muted: '#9faba3',
      border: '#333c37',
    },
    font: 'system',
    radius: 10,
    width: 'normal',
  },
  rules: [
    {
      title: 'Rivals are guests',
      text: 'Supporters of other clubs are welcome, and are teased about football and nothing else.',
    },
    {
      title: 'Criticise the pass, not the player',
      text: 'They read this. So do their mothers. Say what went wrong on the pitch; leave out wages, families, bodies and private lives.',
    },
    {
      title: 'No hate, no exceptions, no warnings',
      text: 'Racism, sexism, homophobia, or a "joke" that needs that word in inverted commas: you are out, and it is reported to the club.',
    },
    {
      title: 'No streams, no touts',
      text: 'No links to pirate streams. Spare tickets change hands here at face value or below.',
    },
    {
      title: 'Match threads are fast; be kind anyway',
      text: 'Swearing at the referee is a tradition. Swearing at each other is not.',
    },
    { title: 'Say it is a rumour', text: 'If nobody has put their name to it, put **rumour** in the title.' },
  ],
  roles: [
    {
      id: 'steward',
      displayName: 'Steward',
      description: 'Opens the gates, keeps the peace, and answers for the forum.',
      actions: [
        'post',
        'mod.read',
        'mod.resolve',
        'label',
        'takedown',
        'invite',
        'admit',
        'eject',
        'role.assign',
        'space.configure',
        'group.configure',
        'group.act',
      ],
      assignable: ['host', 'member'],
    },
    {
      id: 'host',
      displayName: 'Match host',
      description: 'Opens match threads and keeps them readable.',
      actions: ['post', 'mod.read', 'label'],
      assignable: [],
    },
    { id: 'member', displayName: 'Member', description: 'Stands here.', actions: ['post'], assignable: [] },
  ],
  members: [
    { who: 'kofi', roles: ['steward'] },
    { who: 'deniz', roles: ['steward', 'host'] },
    { who: 'paul', roles: ['host'] },
    { who: 'nell' },
    { who: 'tobi' },
    { who: 'jonas' },
    { who: 'samir' },
    { who: 'yuki' },
    { who: 'lucia' },
    { who: 'clem' },
  ],
  asking: [],
  followers: ['otto'],
  posts: [...matchday, ...talk, ...history, ...abroad],
  notices: [],
};
