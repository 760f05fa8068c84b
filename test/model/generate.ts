/** Histories of two communities: what people and groups do, one step after another, told as the events of their repositories. */
import type { AccountEvent, RecordEvent, StreamEvent } from '../../src/domain/event.ts';
import type { Did, JsonObject } from '../../src/domain/model.ts';
import * as cast from './cast.ts';
import { Dice } from './dice.ts';
import * as records from './records.ts';
import { type Entry, Repository, uriIn } from './repository.ts';
import { OURS } from './soundness.ts';
import { tid } from './tid.ts';

export interface History {
  /** Makes spaces, posts and authors known; to be delivered first and in this order. */
  opening: StreamEvent[];
  /** To be delivered in whatever order. */
  events: StreamEvent[];
}

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

export const DEFAULTS: Telling = {
  authors: 5,
  pace: 3 * 3_600_000,
  snapshots: true,
  now: cast.NOW,
  sections: cast.SECTIONS,
};

const FORTY_DAYS = 40 * 24 * 3_600_000;

/** Each choice seeds one step, so that a step can be left out and the others stay much the same. */
export function history(choices: readonly number[], telling: Partial<Telling> = {}): History {
  const teller = new Teller({ ...DEFAULTS, ...telling });
  for (const choice of choices) teller.step(new Dice(choice));
  return teller.end();
}

/** As many choices from one seed. */
export function choicesOf(seed: number, count: number): number[] {
  const dice = new Dice(seed);
  return Array.from({ length: count }, () => dice.below(2 ** 32));
}

type Step = (dice: Dice) => StreamEvent[];

class Teller {
  private readonly telling: Telling;
  private readonly groups = [cast.LETTERS, cast.LEAGUE];
  private readonly authors: Did[];
  private readonly repositories = new Map<Did, Repository>();
  /** URIs that something may point at. */
  private readonly posts: string[] = [];
  private readonly replies: string[] = [];
  /** Posts that stay as they are: what others' comments hang on. */
  private readonly anchors: string[] = [];
  /** Their accounts are deleted: they write no more. */
  private readonly gone = new Set<Did>();
  private readonly begun: { repository: Repository; rev: string }[] = [];
  private readonly opening: StreamEvent[];
  private readonly events: StreamEvent[] = [];
  private now: number;
  private told = 0;

  private readonly steps: [number, Step][] = [
    [14, (dice) => this.post(dice)],
    [14, (dice) => this.reply(dice)],
    [16, (dice) => this.like(dice)],
    [14, (dice) => this.edit(dice)],
    [10, (dice) => this.remove(dice)],
    [5, (dice) => this.recreate(dice)],
    [6, (dice) => this.membership(dice)],
    [4, (dice) => this.govern(dice)],
    [6, (dice) => this.account(dice)],
    [5, (dice) => this.spoil(dice)],
    [5, (dice) => this.further(dice)],
    [3, (dice) => this.forge(dice)],
    [4, (dice) => this.beginSnapshot(dice)],
    [4, (dice) => this.endSnapshot(dice)],
  ];

  constructor(telling: Telling) {
    this.telling = telling;
    this.now = telling.now - FORTY_DAYS;
    this.authors = cast.authors(telling.authors);
    this.opening = [
      ...this.groups.flatMap((group) => this.found(group)),
      ...this.authors.flatMap((did, n) => this.meet(did, n)),
    ];
  }

  step(dice: Dice): void {
    this.now += 1 + dice.below(this.telling.pace);
    this.told++;
    this.events.push(...dice.weighted(this.steps)(dice));
  }

  end(): History {
    return { opening: this.opening, events: this.events };
  }

  private repository(did: Did): Repository {
    const known = this.repositories.get(did) ?? new Repository(did);
    this.repositories.set(did, known);
    return known;
  }

  private put(did: Did, name: string, rkey: string, record: JsonObject): RecordEvent {
    return this.repository(did).put(name, rkey, record, this.now);
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

  private join(did: Did, group: Did): RecordEvent {
    return this.put(did, `${OURS}actor.join`, group, records.half('actor.join', group, this.time()));
  }

  private admit(did: Did, group: Did, roles: string[]): RecordEvent {
    return this.put(group, `${OURS}space.membership`, did, records.membership(group, did, roles, this.time()));
  }

  private time(): string {
    return new Date(this.now).toISOString();
  }

  private rkey(clock: number): string {
    return tid(this.now * 1000, clock);
  }

  /** Mostly true; sometimes long ago, sometimes in the future. */
  private createdAt(dice: Dice): string {
    const shift = dice.weighted([
      [14, 0],
      [2, -dice.below(30)],
      [1, -3650],
      [3, dice.below(20)],
    ]);
    return new Date(this.now + shift * 24 * 3_600_000).toISOString();
  }

  private writer(dice: Dice): Did {
    return dice.once(12) ? dice.one(this.groups) : dice.one(this.present());
  }

  /** For a while the same one does much, so that things happen to what they did before. */
  private busy(): Did {
    const present = this.present();
    return present[Math.floor(this.told / 100) % present.length] as Did;
  }

  private present(): Did[] {
    return this.authors.filter((did) => !this.gone.has(did));
  }

  /** Mostly the space of what is pointed at. */
  private spaceOf(uri: string, dice: Dice): Did {
    const [, , did = '', collection, rkey] = uri.split('/');
    const space = this.repositories.get(did)?.entries.get(`${collection}/${rkey}`)?.record?.space;
    return typeof space === 'string' && !dice.once(7) ? space : this.space(dice);
  }

  private space(dice: Dice): Did {
    return dice.weighted([
      [10, cast.LETTERS],
      [8, cast.LEAGUE],
      [1, cast.ELSEWHERE],
    ]);
  }

  private post(dice: Dice): StreamEvent[] {
    const did = this.writer(dice);
    const name = dice.weighted([
      [6, 'story'],
      [4, 'topic'],
      [2, 'crosspost'],
    ] as const);
    const record = this.postRecord(dice, name);
    const other = this.posts.length > 0 && dice.once(10) ? dice.one(this.posts).split('/').at(-1) : undefined;
    const rkey = other ?? this.rkey(dice.below(4));
    const event = this.put(did, OURS + name, rkey, record);
    this.posts.push(uriIn(did, event));
    return [event];
  }

  private postRecord(dice: Dice, name: 'story' | 'topic' | 'crosspost'): JsonObject {
    const space = this.space(dice);
    const words = { section: dice.once(3) ? dice.one(cast.SECTION_IDS) : null, tags: records.someTags(dice) };
    if (name === 'crosspost') return records.crosspost(space, this.target(dice), words.section, this.createdAt(dice));
    return records.post(name, space, this.createdAt(dice), { ...words, labelled: dice.once(8) });
  }

  /** Something to point at: mostly a post, sometimes a reply, sometimes nothing that is there. */
  private target(dice: Dice): string {
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

  private replyRecord(dice: Dice): JsonObject {
    const root = this.target(dice);
    const parent = this.replies.length > 0 && dice.once(3) ? dice.one(this.replies) : root;
    return records.reply(this.spaceOf(root, dice), root, parent, this.createdAt(dice), dice.once(8));
  }

  private reply(dice: Dice): StreamEvent[] {
    const did = this.writer(dice);
    const event = this.put(did, `${OURS}reply`, this.rkey(dice.below(4)), this.replyRecord(dice));
    this.replies.push(uriIn(did, event));
    return [event];
  }

  private like(dice: Dice): StreamEvent[] {
    const target = dice.once(4) && this.replies.length > 0 ? dice.one(this.replies.slice(-3)) : this.target(dice);
    const record = records.like(this.spaceOf(target, dice), target, this.createdAt(dice));
    const did = dice.once(3) ? this.busy() : this.writer(dice);
    return [this.put(did, `${OURS}like`, this.rkey(dice.below(4)), record)];
  }

  private entry(dice: Dice, wanted: (entry: Entry) => boolean): { did: Did; entry: Entry } | null {
    const did = this.writer(dice);
    const found = [...this.repository(did).entries.values()].filter(
      (entry) => wanted(entry) && !this.anchors.includes(uriIn(did, entry)),
    );
    return found.length === 0 ? null : { did, entry: dice.one(found) };
  }

  private rewritten(dice: Dice, { collection, record }: Entry): JsonObject {
    const name = collection.slice(OURS.length);
    const createdAt = dice.once(3) ? this.createdAt(dice) : (record?.createdAt ?? this.createdAt(dice));
    const space = dice.once(4) ? this.space(dice) : (record?.space ?? this.space(dice));
    if (name === 'reply') {
      const place = dice.once(3) && record ? { root: record.root, parent: record.parent } : {};
      return { ...this.replyRecord(dice), ...(place as JsonObject), createdAt, space };
    }
    if (name === 'like') return { ...records.like('', this.target(dice), ''), createdAt, space };
    return { ...this.postRecord(dice, name as 'story'), createdAt, space };
  }

  /** Other words, another section, another thread, another space. */
  private edit(dice: Dice): StreamEvent[] {
    const found = this.entry(dice, ({ collection, record }) => record !== null && records.isContent(collection));
    if (!found) return [];
    const { did, entry } = found;
    return [this.put(did, entry.collection, entry.rkey, this.rewritten(dice, entry))];
  }

  private remove(dice: Dice): StreamEvent[] {
    const found =
      (dice.once(3) ? this.recent(dice) : null) ??
      this.entry(dice, ({ collection, record }) => record !== null && records.isRemovable(collection));
    if (found) return [this.repository(found.did).remove(found.entry.collection, found.entry.rkey, this.now)];
    return [this.repository(dice.one(this.present())).remove(`${OURS}story`, this.rkey(29), this.now)];
  }

  /** One of the last posts, which others may have answered. */
  private recent(dice: Dice): { did: Did; entry: Entry } | null {
    const [, , did = '', ...path] = this.posts.length > 0 ? dice.one(this.posts.slice(-3)).split('/') : [];
    const entry = this.repositories.get(did)?.entries.get(path.join('/'));
    return entry?.record && !this.gone.has(did) ? { did, entry } : null;
  }

  private recreate(dice: Dice): StreamEvent[] {
    const found = this.entry(dice, ({ collection, record }) => record === null && records.isContent(collection));
    if (!found) return [];
    const { did, entry } = found;
    return [this.put(did, entry.collection, entry.rkey, this.rewritten(dice, entry))];
  }

  private membership(dice: Dice): StreamEvent[] {
    const [did, group] = [dice.one(this.authors), dice.one(this.groups)];
    const joined = this.repository(did).entries.get(`${OURS}actor.join/${group}`)?.record;
    const admitted = this.repository(group).entries.get(`${OURS}space.membership/${did}`)?.record;
    if (dice.once(2) && !this.gone.has(did)) {
      if (!joined) return [this.join(did, group)];
      return [this.repository(did).remove(`${OURS}actor.join`, group, this.now)];
    }
    if (!admitted || dice.once(2))
      return [this.admit(did, group, dice.one([[], ['writer'], ['reader'], ['reader', 'writer']]))];
    return [this.repository(group).remove(`${OURS}space.membership`, did, this.now)];
  }

  private govern(dice: Dice): StreamEvent[] {
    const group = dice.one(this.groups);
    if (dice.once(3)) {
      const granting = dice.one([
        { writer: ['post'] },
        { reader: ['post', 'label'], writer: [] },
        { writer: ['govern'] },
        {},
      ]);
      return [this.put(group, `${OURS}space.permissions`, 'self', cast.permissions(group, granting))];
    }
    const policy = dice.one(['anyone', 'members', 'roles', 'only-the-wise', null]);
    const profile = cast.profile(group, policy, dice.one(this.telling.sections), this.time());
    return [this.put(group, `${OURS}space.profile`, 'self', profile)];
  }

  /** Deleting is the last thing one does, and somebody stays. */
  private account(dice: Dice): StreamEvent[] {
    const did = dice.once(2) ? this.busy() : this.writer(dice);
    const mayGo = this.present().length > 2 && !this.groups.includes(did) && dice.once(6);
    const status = mayGo
      ? 'deleted'
      : dice.one(['active', 'active', 'deactivated', 'takendown', 'suspended', 'throttled']);
    if (mayGo) this.gone.add(did);
    const event: AccountEvent = { kind: 'account', did, status, at: this.now };
    return [event];
  }

  /** What must be refused, at a new key or as a version of something that is there. */
  private spoil(dice: Dice): StreamEvent[] {
    const found = dice.once(2) ? this.entry(dice, ({ collection }) => records.isContent(collection)) : null;
    const did = found?.did ?? this.writer(dice);
    const entry: Entry = found?.entry ?? { collection: `${OURS}story`, rkey: this.rkey(1), record: null };
    const record = this.rewritten(dice, entry);
    const event = this.put(did, entry.collection, entry.rkey, records.spoiled(dice, record));
    if (!dice.once(3)) return [event];
    const rev = dice.one([tid((this.telling.now + 3_600_000 + dice.below(1000)) * 1000), 'zzzzzzzzzzzzz', 'yesterday']);
    return dice.once(2)
      ? [{ ...event, record, rev }]
      : [{ ...event, record: null, cid: null, operation: 'delete', rev }];
  }

  /** Records of others' lexicons, by each of the rules. */
  private further(dice: Dice): StreamEvent[] {
    const [did, space] = [this.writer(dice), this.space(dice)];
    const kind = dice.one([cast.COMMENT, cast.ESSAY, cast.BADGE, cast.FORBIDDEN]);
    const rkey = kind === cast.BADGE ? space : this.rkey(2);
    const words = { $type: kind, title: 'From elsewhere', text: 'Words.', createdAt: this.createdAt(dice) };
    const subject = { uri: dice.one(this.anchors), cid: cast.cidOf(1) };
    const record = {
      ...words,
      ...(kind === cast.COMMENT ? { subject } : {}),
      ...(kind === cast.ESSAY || kind === cast.FORBIDDEN ? { community: space } : {}),
    };
    return [this.put(did, kind, rkey, dice.once(5) ? { ...record, space } : record)];
  }

  /** What only a group may say, said by others or of others. */
  private forge(dice: Dice): StreamEvent[] {
    const [did, group] = [this.writer(dice), dice.one(this.groups)];
    if (did === group) return [];
    const [path, rkey, record] = dice.one<[string, string, JsonObject]>([
      ['space.profile', 'self', cast.profile(group, 'anyone', null, this.time())],
      ['space.membership', did, records.membership(group, did, ['writer'], this.time())],
      ['space.rule', this.rkey(3), records.rule(group)],
      ['actor.join', group, records.half('actor.join', cast.ELSEWHERE, this.time())],
    ]);
    const rev = tid(this.now * 1000, 9);
    const forged = {
      kind: 'record',
      did,
      collection: OURS + path,
      rkey,
      rev,
      operation: 'create',
      snapshot: false,
    } as const;
    return [{ ...forged, cid: cast.cidOf(2), record }];
  }

  /** A reader of a repository asks for its rev first and sees its pages later. */
  private beginSnapshot(dice: Dice): StreamEvent[] {
    const repository = this.repository(this.writer(dice));
    if (this.telling.snapshots) this.begun.push({ repository, rev: repository.head });
    return [];
  }

  private endSnapshot(dice: Dice): StreamEvent[] {
    const begun = this.begun.length > 0 ? this.begun.splice(dice.below(this.begun.length), 1) : [];
    return begun.flatMap(({ repository, rev }) => repository.snapshot(rev));
  }
}
