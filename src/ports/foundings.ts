// Who may found spaces here, and what founders have decided so far: one object for the instance, so that a code and a name are given once.
import type { Founder, Founding, Picture, PictureName } from '../domain/founding.ts';
import type { Did } from '../domain/model.ts';

/** What a step decides. */
export type FoundingChange = Partial<Pick<Founding, 'group' | 'host' | 'about' | 'ways' | 'stewards' | 'named'>>;

export interface FoundingsPort {
  /** Good for one founding, for a day; only its hash is kept. */
  newCode(): Promise<{ code: string; expiresAt: number }>;
  /** Or takes it back. False where nothing changed. */
  approve(did: Did, isApproved: boolean): Promise<boolean>;
  approved(): Promise<Did[]>;
  founder(did: Did): Promise<Founder>;
  /**
   * Whether they may found has been asked before where there is no code. With a code, a founding under way is by the code from now on.
   * Null for a code that is none, was used, or is too old.
   */
  begin(did: Did, code: string | null): Promise<Founding | null>;
  /** `gone`: nothing was begun, or it is over; `taken`: somebody else who founds has chosen that host before. */
  change(did: Did, change: FoundingChange): Promise<Founding | 'gone' | 'taken'>;
  /** In the place of an earlier one; null takes it away. */
  keepPicture(did: Did, name: PictureName, picture: Picture | null): Promise<void>;
  picture(did: Did, name: PictureName): Promise<Picture | null>;
  /** Counts one more account that they let be made; false when it is too many for a day. */
  mayMake(did: Did): Promise<boolean>;
  /** Nothing of it is kept but that a space opened, where one did. */
  end(did: Did, isOpen: boolean): Promise<void>;
  /** Those that nobody went on with for a week; each is there until it is ended. */
  prune(): Promise<Founding[]>;
}
