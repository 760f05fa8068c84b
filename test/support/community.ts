// A community to read: put into the database the way everything goes in, as record events through admission.
import { concealing, keepOrder } from '../../src/db/roster.ts';
import type { RecordEvent } from '../../src/domain/event.ts';
import type { Did, JsonObject } from '../../src/domain/model.ts';
import { tidAt } from '../../src/domain/tid.ts';
import { makeUri } from '../../src/domain/uri.ts';
import { Admission } from '../../src/ingest/admit.ts';
import { block } from '../../src/ingest/block.ts';
import { heal, reread } from '../../src/ingest/heal.ts';
import { JobRunner } from '../../src/ingest/jobs.ts';
import { erase, leave } from '../../src/ingest/leave.ts';
import * as recompute from '../../src/ingest/recompute.ts';
import { unban } from '../../src/ingest/unban.ts';

export const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
const START = Date.UTC(2026, 0, 1);

/** A DID that looks like one of PLC's, told by a word of at most 24 letters. */
export const didOf = (word: string): Did =>
  `did:plc:${word
    .replace(/[^a-z2-7]/g, '')
    .padEnd(24, 'a')
    .slice(0, 24)}`;

const unasked = async (): Promise<never> => {
  throw new Error('nobody is asked here');
};

export interface Put {
  did: Did;
  collection: string;
  record: JsonObject;
  rkey?: string;
}

export interface SpaceOptions {
  handle?: string;
  hosts?: string[];
  held?: string;
  profile?: JsonObject;
}

/** One writer and one clock for all communities of a database, as an instance has them. */
class Instance {
  /** Moves on by a second with every event. */
  now = START;
  readonly admission: Admission;

  constructor(db: D1Database) {
    this.admission = new Admission(db, { now: () => this.now }, () => true);
  }
}

const instances = new WeakMap<D1Database, Instance>();

export class Community {
  readonly space: Did;
  private readonly db: D1Database;
  private readonly instance: Instance;

  private constructor(db: D1Database, space: Did) {
    this.db = db;
    this.space = space;
    this.instance = instances.get(db) ?? new Instance(db);
    instances.set(db, this.instance);
  }

  get now(): number {
    return this.instance.now;
  }

  get admission(): Admission {
    return this.instance.admission;
  }

  /** Time goes by. */
  later(ms: number): void {
    this.instance.now += ms;
  }

  static async found(db: D1Database, name: string, options: SpaceOptions = {}): Promise<Community> {
    const club = new Community(db, didOf(name));
    const { handle = `${name}.example.com`, hosts = [`${name}.localhost`], held = null } = options;
    await db.batch([
      db
        .prepare('insert into space (did, handle, held_visibility, display_name, added_at) values (?, ?, ?, ?, ?)')
        .bind(club.space, handle, held, name, START),
      ...hosts.map((host, i) =>
        db.prepare('insert into host (hostname, space, position) values (?, ?, ?)').bind(host, club.space, i),
      ),
      ...(held === 'private' ? concealing(db, club.space, START) : []),
    ]);
    club.admission.forget();
    const profile = {
      displayName: name,
      joinPolicy: 'open',
      postPolicy: 'anyone',
      createdAt: time(START),
      ...options.profile,
    };
    await club.put(club.space, 'club.commonplace.space.profile', profile, 'self');
    return club;
  }

  /** One that is there. */
  static of = (db: D1Database, space: Did): Community => new Community(db, space);

  /** Admits one record; gives its URI. `space` and `createdAt` are filled in. */
  async put(did: Did, collection: string, record: JsonObject, rkey?: string): Promise<string> {
    const [uri] = await this.putAll([{ did, collection, record, ...(rkey === undefined ? {} : { rkey }) }]);
    return uri ?? '';
  }

  /** Admits many records in one batch. */
  async putAll(puts: Put[]): Promise<string[]> {
    const events = puts.map(({ did, collection, record, rkey }): RecordEvent => {
      const rev = this.tick();
      const full = { $type: collection, space: this.space, createdAt: time(this.now), ...record };
      return {
        kind: 'record',
        did,
        collection,
        rkey: rkey ?? rev,
        rev,
        operation: 'create',
        snapshot: false,
        cid: CID,
        record: full,
        proven: true,
      };
    });
    const { refused } = await this.admission.admit(events);
    if (refused > 0) {
      const dropped = await this.db.prepare('select reason, detail from dropped order by id desc limit 1').first();
      throw new Error(`${refused} records were refused: ${JSON.stringify(dropped)}`);
    }
    return events.map(({ did, collection, rkey }) => makeUri(did, collection, rkey));
  }

  async remove(uri: string): Promise<void> {
    const [did = '', collection = '', rkey = ''] = uri.slice(5).split('/');
    const gone = { operation: 'delete', snapshot: false, cid: null, record: null, proven: true } as const;
    await this.admission.admit([{ kind: 'record', did, collection, rkey, rev: this.tick(), ...gone }]);
  }

  /** What the stream says of an account; the work that follows from it is not done. */
  async account(did: Did, status: string): Promise<void> {
    this.tick();
    await this.admission.admit([{ kind: 'account', did, status, at: this.now }]);
  }

  /** Does the work that follows from what was admitted, save what asks others. */
  async work(): Promise<void> {
    const asking = { resolve: unasked, confirm: unasked, prove: unasked, discover: unasked, backfill: unasked };
    const media = { sweep: unasked, prefetch: unasked };
    const handlers = { ...recompute, erase, leave, heal, reread, block, unban, ...asking, ...media };
    const jobs = new JobRunner({ db: this.db, clock: { now: () => this.now }, admission: this.admission }, handlers);
    while (await jobs.runSlice((work) => work()));
  }

  /** Where the roster is private. */
  async hold(did: Did, half: { joined?: boolean; admitted?: boolean; roles?: string[] }): Promise<void> {
    await keepOrder(this.db, { order: 'hold', space: this.space, did, ...half }, this.now);
    await this.work();
  }

  async named(did: Did, handle: string): Promise<void> {
    await this.db
      .prepare('insert into identity (did, handle) values (?, ?) on conflict do update set handle = excluded.handle')
      .bind(did, handle)
      .run();
  }

  story = (did: Did, title: string, more: JsonObject = {}, rkey?: string): Promise<string> =>
    this.put(did, 'club.commonplace.story', { title, text: `Text of ${title}.`, ...more }, rkey);

  reply = (did: Did, root: string, parent: string, text = 'I see.', rkey?: string): Promise<string> =>
    this.put(did, 'club.commonplace.reply', { root: ref(root), parent: ref(parent), text }, rkey);

  like = (did: Did, subject: string): Promise<string> =>
    this.put(did, 'club.commonplace.like', { subject: ref(subject) });

  private tick(): string {
    this.instance.now += 1000;
    return tidAt(this.now);
  }
}

export const ref = (uri: string): { uri: string; cid: string } => ({ uri, cid: CID });
const time = (ms: number): string => new Date(ms).toISOString();
