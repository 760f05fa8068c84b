/** The place where generated histories happen: repositories, who is there, and what may be pointed at. */
import type { RecordEvent } from '../../src/domain/event.ts';
import type { Did, JsonObject } from '../../src/domain/model.ts';
import * as cast from './cast.ts';
import type { Dice } from './dice.ts';
import * as records from './records.ts';
import { type Entry, Repository, uriIn } from './repository.ts';
import { OURS } from './soundness.ts';
import { tid } from './tid.ts';

export interface Telling {
  authors: number;
  /** Milliseconds between two steps at most. */
  pace: number;
  snapshots: boolean;
  /** When it is told; what happened did so in the forty days before. */
  now: number;
  /** What the sections of a space may be. */
  sections: (JsonObject[] | null)[];
}

const FORTY_DAYS = 40 * 24 * 3_600_000;

export interface Found {
  did: Did;
  entry: Entry;
}

export class Scene {
  readonly telling: Telling;
  readonly groups = [cast.LETTERS, cast.LEAGUE];
  readonly authors: Did[];
  /** URIs that something may point at. */
  readonly posts: string[] = [];
  readonly replies: string[] = [];
  /** Posts that stay as they are: what others' comments hang on. */
  readonly anchors: string[] = [];
  /** Records that stay as they are: whether a version counts that was replaced while it waited, no document says. */
  readonly kept = new Set<string>();
  /** Their accounts are deleted: they write no more. */
  readonly gone = new Set<Did>();
  readonly opening: RecordEvent[];
  now: number;
  private readonly repositories = new Map<Did, Repository>();
  private steps = 0;

  constructor(telling: Telling) {
    this.telling = telling;
    this.now = telling.now - FORTY_DAYS;
    this.authors = cast.authors(telling.authors);
    this.opening = [
      ...this.groups.flatMap((group) => this.found(group)),
      ...this.authors.flatMap((did, n) => this.meet(did, n)),
    ];
  }

  goOn(dice: Dice): void {
    this.now += 1 + dice.below(this.telling.pace);
    this.steps++;
  }

  repository(did: Did): Repository {
    const known = this.repositories.get(did) ?? new Repository(did);
    this.repositories.set(did, known);
    return known;
  }

  /**
   * What is made again where something was belongs somewhere: a creation that belongs nowhere leaves no trace where nothing
   * is stored, so it would depend on the order whether it is known to be the last.
   */
  put(did: Did, collection: string, rkey: string, record: JsonObject): RecordEvent {
    const repository = this.repository(did);
    const isAgain = repository.entries.get(`${collection}/${rkey}`)?.record === null;
    const said = isAgain && record.space === cast.ELSEWHERE ? { ...record, space: cast.LETTERS } : record;
    return repository.put(collection, rkey, said, this.now);
  }

  private found(group: Did): RecordEvent[] {
    this.now += 1000;
    const policy = group === cast.LETTERS ? 'members' : 'roles';
    const profile = cast.profile(group, policy, this.telling.sections[0] ?? null, this.time());
    const rkey = this.rkey(0);
    const anchor = records.post('story', group, this.time());
    this.anchors.push(uriIn(group, { collection: `${OURS}story`, rkey }));
    return [
      this.put(group, `${OURS}space.profile`, 'self', profile),
      this.put(group, `${OURS}space.permissions`, 'self', cast.permissions(group, { writer: ['post'], reader: [] })),
      ...cast.ROLES.map((role) => this.put(group, `${OURS}space.role`, role, records.role(group, role))),
      this.put(group, `${OURS}story`, rkey, anchor),
    ];
  }

  /** Everyone concerns one of the spaces from the beginning, and most may write in it. */
  private meet(did: Did, number: number): RecordEvent[] {
    this.now += 1000;
    const group = this.groups[number % 2] as Did;
    const follow = this.put(
      did,
      `${OURS}actor.subscription`,
      group,
      records.half('actor.subscription', group, this.time()),
    );
    if (number % 5 === 4) return [follow];
    return [follow, this.join(did, group), this.admit(did, group, number % 4 === 3 ? ['reader'] : ['writer'])];
  }

  join(did: Did, group: Did): RecordEvent {
    return this.put(did, `${OURS}actor.join`, group, records.half('actor.join', group, this.time()));
  }

  admit(did: Did, group: Did, roles: string[]): RecordEvent {
    return this.put(group, `${OURS}space.membership`, did, records.membership(group, did, roles, this.time()));
  }

  time(): string {
    return new Date(this.now).toISOString();
  }

  rkey(clock: number): string {
    return tid(this.now * 1000, clock);
  }

  /** Mostly true; sometimes long ago, sometimes in the future. */
  createdAt(dice: Dice): string {
    const shift = dice.weighted([
      [14, 0],
      [2, -dice.below(30)],
      [1, -3650],
      [3, dice.below(20)],
    ]);
    return new Date(this.now + shift * 24 * 3_600_000).toISOString();
  }

  writer(dice: Dice): Did {
    return dice.once(12 + this.authors.length) ? dice.one(this.groups) : dice.one(this.present());
  }

  /** For a while the same one does much, so that things happen to what they did before. */
  busy(): Did {
    const present = this.present();
    return present[Math.floor(this.steps / 100) % present.length] as Did;
  }

  present(): Did[] {
    return this.authors.filter((did) => !this.gone.has(did));
  }

  /** Mostly the space of what is pointed at. */
  spaceOf(uri: string, dice: Dice): Did {
    const [, , did = '', collection, rkey] = uri.split('/');
    const space = this.repositories.get(did)?.entries.get(`${collection}/${rkey}`)?.record?.space;
    return typeof space === 'string' && !dice.once(7) ? space : this.space(dice);
  }

  space(dice: Dice): Did {
    return dice.weighted([
      [10, cast.LETTERS],
      [8, cast.LEAGUE],
      [1, cast.ELSEWHERE],
    ]);
  }

  /** Something to point at: mostly a post, sometimes a reply, sometimes nothing that is there. */
  target(dice: Dice): string {
    const kind = dice.weighted([
      [16, this.posts.slice(-3)],
      [5, this.posts],
      [3, this.replies],
      [2, this.anchors],
      [1, []],
    ]);
    return kind.length > 0
      ? dice.one(kind)
      : uriIn(dice.one(this.authors), { collection: `${OURS}story`, rkey: this.rkey(30) });
  }

  entry(dice: Dice, wanted: (entry: Entry) => boolean): Found | null {
    const did = this.writer(dice);
    const found = [...this.repository(did).entries.values()].filter(
      (entry) => wanted(entry) && !this.anchors.includes(uriIn(did, entry)) && !this.kept.has(uriIn(did, entry)),
    );
    return found.length === 0 ? null : { did, entry: dice.one(found) };
  }

  /** One of the last posts, which others may have answered. */
  recent(dice: Dice): Found | null {
    const [, , did = '', ...path] = this.posts.length > 0 ? dice.one(this.posts.slice(-3)).split('/') : [];
    const entry = this.repositories.get(did)?.entries.get(path.join('/'));
    return entry?.record && !this.gone.has(did) ? { did, entry } : null;
  }
}
