// Founding a space in the browser: what the founder has decided so far, one step after another, and who may found at all.
import type { Did, JoinPolicy, PostPolicy, Section, Visibility } from './model.ts';

/** Whom the operator lets found spaces: those with a code alone; accounts that were approved, too; or whoever is signed in. */
export type FoundingPolicy = 'operator' | 'approved' | 'anyone';

/** The account that becomes the space, as it is known to be its own server's. */
export interface FoundingGroup {
  did: Did;
  handle: string | null;
  pds: string;
  /** The highest rotation key, a `did:key` that the founder holds; null where there is none, or nobody here knows of one. */
  recoveryKey: string | null;
  /** The founder has signed in as it, and let the instance write for it. */
  isConnected: boolean;
}

/** Chosen, and kept from others who found; a site only once it was seen from outside. */
export interface FoundingHost {
  name: string;
  isVerified: boolean;
}

export interface About {
  displayName: string;
  description: string;
  /** BCP 47; empty where nothing is said. */
  lang: string;
}

/** Kept here until the doors open: a server deletes what no record refers to after a while. */
export type PictureName = 'avatar' | 'banner';
export const PICTURE_NAMES: readonly PictureName[] = ['avatar', 'banner'];

/** As the lexicon of the profile says. */
export const PICTURE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];
export const MAX_PICTURE = 2_000_000;

export interface Picture {
  bytes: Uint8Array<ArrayBuffer>;
  mimeType: string;
}

export interface Ways {
  joinPolicy: JoinPolicy;
  postPolicy: PostPolicy;
  visibility: Visibility;
  /** Whether other instances may list it. */
  external: boolean;
  /** Those that this is limited to; all when empty. */
  instances: Did[];
  sections: Section[];
  /** Id of a preset. */
  theme: string;
}

export interface Invited {
  did: Did;
  handle: string | null;
}

/** What a step has not decided yet is null. */
export interface Founding {
  by: Did;
  begunAt: number;
  /** Begun with a code of the operator's. */
  byCode: boolean;
  group: FoundingGroup | null;
  host: FoundingHost | null;
  about: About | null;
  ways: Ways | null;
  /** Stewards beside the founder. */
  stewards: Invited[] | null;
  /** For whom the group has written a membership, should the doors not have opened then. */
  named: Did[];
  /** Those that are kept. */
  pictures: PictureName[];
}

export type FoundingStep = 'group' | 'host' | 'about' | 'ways' | 'stewards';
export const FOUNDING_STEPS: readonly FoundingStep[] = ['group', 'host', 'about', 'ways', 'stewards'];

export const newFounding = (by: Did, begunAt: number, byCode: boolean): Founding => ({
  ...{ by, begunAt, byCode, group: null, host: null, about: null, ways: null, stewards: null, named: [], pictures: [] },
});

/** The first that is not decided; null when all are. */
export const nextStep = (founding: Founding): FoundingStep | null =>
  FOUNDING_STEPS.find((step) => !isDone(founding, step)) ?? null;

export const isDone = (founding: Founding, step: FoundingStep): boolean =>
  step === 'host'
    ? founding.host?.isVerified === true
    : step === 'group'
      ? founding.group?.isConnected === true
      : founding[step] !== null;

/** What is known of somebody who would found a space. */
export interface Founder {
  isApproved: boolean;
  /** What they have begun. */
  founding: Founding | null;
  /** Spaces that opened within a day: founded by them, and by all. */
  opened: { byThem: number; byAll: number };
}
