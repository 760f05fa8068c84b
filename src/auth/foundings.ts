// Who may found spaces, and how far each founding is. Codes are kept as hashes; no password and no key ever comes here.
import {
  type Founder,
  type Founding,
  newFounding,
  PICTURE_NAMES,
  type Picture,
  type PictureName,
} from '../domain/founding.ts';
import type { Did } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { FoundingChange, FoundingsPort } from '../ports/foundings.ts';
import { hashOf, newSecret } from './seal.ts';
import type { Shelf } from './sign-ins.ts';

interface Kept {
  founding: Founding;
  changedAt: number;
}

const CODE = 'code ';
const APPROVED = 'approved ';
const FOUNDING = 'founding ';
const PICTURE = 'picture ';
const OPENED = 'opened ';
const MADE = 'made ';

const DAY = 86_400_000;
const CODE_MS = DAY;
const UNTOUCHED_MS = 7 * DAY;
/** Accounts that one founder may let be made at other servers in a day: whoever mistypes tries again. */
const MOST_MADE = 10;

export class Foundings implements FoundingsPort {
  private readonly shelf: Shelf;
  private readonly clock: Clock;

  constructor({ shelf, clock }: { shelf: Shelf; clock: Clock }) {
    this.shelf = shelf;
    this.clock = clock;
  }

  async newCode(): Promise<{ code: string; expiresAt: number }> {
    const code = newSecret();
    const expiresAt = this.clock.now() + CODE_MS;
    this.shelf.put(CODE + (await hashOf(code)), expiresAt);
    return { code, expiresAt };
  }

  async approve(did: Did, isApproved: boolean): Promise<boolean> {
    const was = this.shelf.get(APPROVED + did) !== undefined;
    if (isApproved && !was) this.shelf.put(APPROVED + did, this.clock.now());
    if (!isApproved) this.shelf.delete(APPROVED + did);
    return was !== isApproved;
  }

  async approved(): Promise<Did[]> {
    return this.all<number>(APPROVED).map(([did]) => did);
  }

  async founder(did: Did): Promise<Founder> {
    const opened = this.ofLastDay(OPENED);
    return {
      isApproved: this.shelf.get(APPROVED + did) !== undefined,
      founding: this.kept(did)?.founding ?? null,
      opened: { byThem: opened.filter((by) => by === did).length, byAll: opened.length },
    };
  }

  async begin(did: Did, code: string | null): Promise<Founding | null> {
    const key = code === null ? null : CODE + (await hashOf(code));
    // What follows waits for nothing, so that nothing comes between.
    if (key !== null && !this.takes(key)) return null;
    const founding = this.kept(did)?.founding ?? newFounding(did, this.clock.now(), false);
    return this.keep({ ...founding, byCode: founding.byCode || key !== null });
  }

  async change(did: Did, change: FoundingChange): Promise<Founding | 'gone' | 'taken'> {
    const kept = this.kept(did);
    if (!kept) return 'gone';
    return change.host && this.isHeld(change.host.name, did) ? 'taken' : this.keep({ ...kept.founding, ...change });
  }

  async keepPicture(did: Did, name: PictureName, picture: Picture | null): Promise<void> {
    const founding = this.kept(did)?.founding;
    if (!founding) return;
    if (picture) this.shelf.put<Picture>(pictureKey(did, name), picture);
    else this.shelf.delete(pictureKey(did, name));
    const others = founding.pictures.filter((one) => one !== name);
    this.keep({ ...founding, pictures: picture ? [...others, name] : others });
  }

  async picture(did: Did, name: PictureName): Promise<Picture | null> {
    return this.shelf.get<Picture>(pictureKey(did, name)) ?? null;
  }

  async mayMake(did: Did): Promise<boolean> {
    if (this.ofLastDay(MADE).filter((by) => by === did).length >= MOST_MADE) return false;
    this.note(MADE, did);
    return true;
  }

  async end(did: Did, isOpen: boolean): Promise<void> {
    if (isOpen) this.note(OPENED, did);
    this.forget(did);
  }

  async prune(): Promise<Founding[]> {
    const now = this.clock.now();
    for (const [hash, until] of this.all<number>(CODE)) if (until <= now) this.shelf.delete(CODE + hash);
    for (const what of [OPENED, MADE]) {
      for (const [name] of this.all<Did>(what)) if (timeIn(name) <= now - DAY) this.shelf.delete(what + name);
    }
    const over = this.all<Kept>(FOUNDING).filter(([, { changedAt }]) => changedAt <= now - UNTOUCHED_MS);
    return over.map(([, { founding }]) => founding);
  }

  /** A code, which is used up by that. */
  private takes(key: string): boolean {
    const until = this.shelf.get<number>(key) ?? 0;
    this.shelf.delete(key);
    return until > this.clock.now();
  }

  private all<T>(prefix: string): [string, T][] {
    return [...this.shelf.list<T>({ prefix })].map(([key, value]) => [key.slice(prefix.length), value]);
  }

  private kept(did: Did): Kept | undefined {
    return this.shelf.get<Kept>(FOUNDING + did);
  }

  private isHeld(host: string, by: Did): boolean {
    return this.all<Kept>(FOUNDING).some(([did, { founding }]) => did !== by && founding.host?.name === host);
  }

  private keep(founding: Founding): Founding {
    this.shelf.put<Kept>(FOUNDING + founding.by, { founding, changedAt: this.clock.now() });
    return founding;
  }

  private forget(did: Did): void {
    this.shelf.delete(FOUNDING + did);
    for (const name of PICTURE_NAMES) this.shelf.delete(pictureKey(did, name));
  }

  private note(what: string, did: Did): void {
    this.shelf.put<Did>(`${what}${String(this.clock.now()).padStart(15, '0')} ${newSecret()}`, did);
  }

  private ofLastDay(what: string): Did[] {
    const since = this.clock.now() - DAY;
    return this.all<Did>(what).flatMap(([name, did]) => (timeIn(name) > since ? [did] : []));
  }
}

const pictureKey = (did: Did, name: PictureName): string => `${PICTURE}${did} ${name}`;

const timeIn = (name: string): number => Number(name.slice(0, 15));
