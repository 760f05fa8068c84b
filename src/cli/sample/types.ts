/** The shape of sample content. Times are told in days or hours, so that it is never old. */
import type { JoinPolicy, PostPolicy, Section } from '../../domain/model.ts';
import type { Name } from './people.ts';
import type { PictureName } from './pictures.ts';

export interface SampleSpace {
  handle: string;
  host: string;
  displayName: string;
  description: string;
  joinPolicy: JoinPolicy;
  postPolicy: PostPolicy;
  langs: string[];
  /** Days ago. */
  founded: number;
  avatar: PictureName;
  banner: PictureName;
  sections: Section[];
  theme: Theme;
  rules: { title: string; text: string }[];
  roles: SampleRole[];
  /** Everyone has the role `member`, too. */
  members: { who: Name; roles?: string[] }[];
  /** They have asked to join, and nobody has answered yet. */
  asking: Name[];
  followers: Name[];
  posts: SamplePost[];
  /** What the group itself publishes (`site.standard.document`). */
  notices: SampleNotice[];
}

export interface Theme {
  light: Palette;
  dark: Palette;
  font: string;
  radius: number;
  width: string;
}
type Palette = Record<'accent' | 'background' | 'surface' | 'text' | 'muted' | 'border', string>;

export interface SampleRole {
  id: string;
  displayName: string;
  description: string;
  actions: string[];
  assignable: string[];
}

export interface SamplePost {
  by: Name;
  kind: 'story' | 'topic';
  /** Days ago. */
  days: number;
  title: string;
  text: string;
  section?: string;
  summary?: string;
  tags?: string[];
  /** English when absent. */
  langs?: string[];
  feedback?: 'none' | 'encouragement' | 'discussion' | 'critique';
  /** Value of a self-label. */
  warning?: string;
  pictures?: SamplePicture[];
  /** How many like it; nobody likes their own. */
  likes?: number;
  curation?: { as: 'pin' | 'feature'; note?: string };
  replies?: SampleReply[];
}

export interface SampleReply {
  by: Name;
  /** Hours after what it answers. */
  after: number;
  /** `@handle`, `#tag` and addresses become facets. */
  text: string;
  langs?: string[];
  likes?: number;
  picture?: SamplePicture;
  replies?: SampleReply[];
}

export interface SamplePicture {
  picture: PictureName;
  alt: string;
}

export interface SampleNotice {
  days: number;
  title: string;
  path: string;
  description: string;
  text: string;
  tags: string[];
}
