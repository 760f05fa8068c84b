// How people come into a space and out of it: what is asked and offered beside the two halves. All of it is held by the instance.
import type { Did, JoinQuestion, Space } from './model.ts';

/** Whether who is in is held here, and stands in no record. */
export const isHeld = ({ roster }: Pick<Space, 'roster'>): boolean => roster === 'private';

export interface Answer {
  question: string;
  answer: string;
}

/** Of one person in one space. */
export interface Application {
  state: 'open' | 'declined';
  at: number;
  /** Empty as soon as it is decided, and of who only wrote a join. */
  answers: Answer[];
  /** What they are told of a refusal. */
  reason: string | null;
}

/** A link that lets people in. */
export interface Invite {
  id: string;
  by: Did;
  /** Given beside those of every new member. */
  role: string | null;
  uses: number;
  remaining: number;
  at: number;
  expiresAt: number;
  revokedAt: number | null;
}

export interface Invitation {
  by: Did;
  at: number;
  role: string | null;
  state: 'open' | 'accepted' | 'declined';
}

export interface Ban {
  by: Did;
  at: number;
  until: number;
  /** What the person is told. */
  told: string;
  /** For those who may remove people. */
  reason: string;
}

export interface Named {
  did: Did;
  handle: string | null;
}

export interface ListedMember extends Named {
  roles: string[];
  since: number;
  invitedBy: Did | null;
}

/** Somebody who wants to come in. */
export interface JoinRequest extends Named {
  at: number;
  answers: Answer[];
  /** Whether their own half is there. */
  joined: boolean;
}

export type Invited = Named & Pick<Invitation, 'by' | 'at' | 'role'>;
export type Banned = Named & Ban;

/** What one person asked, and was offered. */
export interface Admission {
  application: Application | null;
  invitation: (Invitation & { link: string | null }) | null;
}

export const DAY_MS = 24 * 3_600_000;

export const ADMISSION = {
  questions: 5,
  /** Characters. */
  question: 300,
  answer: 2000,
  reason: 500,
  /** Open applications of a space; more are refused. */
  open: 1000,
  /** Who was declined may ask again after so long. */
  againMs: 7 * DAY_MS,
  /** Links of a space that work, and direct invitations that are open. */
  invites: 200,
  invitations: 500,
  uses: 1000,
  inviteMs: 365 * DAY_MS,
  banMs: 10 * 366 * DAY_MS,
} as const;

/** When they may ask again; null: now. */
export const mayApplyAt = (application: Pick<Application, 'state' | 'at'> | null, now: number): number | null => {
  const at = application?.state === 'declined' ? application.at + ADMISSION.againMs : 0;
  return at > now ? at : null;
};

export const inviteWorks = ({ remaining, expiresAt, revokedAt }: Invite, now: number): boolean =>
  remaining > 0 && expiresAt > now && revokedAt === null;

/** Answers beside their questions, or which required question has none. */
export function answersTo(questions: JoinQuestion[], given: string[]): Answer[] | { missing: string } {
  const answers = questions.map(({ text }, index) => ({
    question: text,
    answer: (given[index] ?? '').trim().slice(0, ADMISSION.answer),
  }));
  const missing = questions.find(({ required }, index) => required && answers[index]?.answer === '');
  return missing ? { missing: missing.text } : answers.filter(({ answer }) => answer !== '');
}

/** What changes of it; all by the one writer of the index, each at once or not at all. */
export type RosterOrder =
  | { order: 'apply'; space: Did; did: Did; answers: Answer[] }
  | { order: 'decline'; space: Did; did: Did; reason: string }
  /** It was withdrawn or accepted. `leaves`: by who goes of themselves; what was declined stays so. */
  | { order: 'settle'; space: Did; did: Did; leaves?: true }
  | { order: 'link'; space: Did; invite: Invite; hash: string }
  | { order: 'revoke'; space: Did; id: string }
  /** Takes one use, once for each person, who is invited by it from then on. */
  | { order: 'use'; space: Did; id: string; did: Did }
  /** Gives it back: nobody came in by it. */
  | { order: 'unuse'; space: Did; id: string; did: Did }
  | { order: 'name'; space: Did; did: Did; by: Did; role: string | null }
  | { order: 'answer'; space: Did; did: Did; answer: 'accepted' | 'declined' }
  /** `leaves`: by who goes of themselves; whoever was put out before stays named. */
  | { order: 'unname'; space: Did; did: Did; leaves?: true }
  | { order: 'ban'; space: Did; did: Did; ban: Ban }
  | { order: 'unban'; space: Did; did: Did }
  /** Where the roster is private: what is left out stays. Without any half the person is forgotten. */
  | { order: 'hold'; space: Did; did: Did; joined?: boolean; admitted?: boolean; roles?: string[] }
  /** From now on nobody is told who is in; members move to where no list looks. */
  | { order: 'conceal'; space: Did }
  /** All that is kept about a person. */
  | { order: 'forget'; did: Did };
