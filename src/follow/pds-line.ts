// The members' own servers: a stream from those that hold the most, the others asked in turn.
import { knownRepositories, loadSources, rereadAll, resolveUnmet, type Source, saveSources } from '../db/sources.ts';
import type { Did } from '../domain/model.ts';
import type { IdentityPort } from '../ports/identity.ts';
import type { PdsPort } from '../ports/pds.ts';
import { addressOf, type Followed, followedPds } from './followed.ts';
import { Acquaintance, Hosts } from './hosts.ts';
import type { Line, LineHooks, Standing } from './line.ts';
import type { LinkDeps } from './link.ts';
import { later, type Position, positionAt } from './position.ts';
import { lastMark, type Queue, type Queued } from './queue.ts';
import { Rounds } from './rounds.ts';

export interface PdsLineDeps extends Pick<LinkDeps, 'streams' | 'clock' | 'random' | 'log'> {
  db: D1Database;
  identity: IdentityPort;
  pds: PdsPort;
  /** At most so many servers are followed by a stream. */
  sockets: number;
  /** How often those that are not are asked. */
  pollMs: number;
}

/** The name of all of them in the stream's row. */
const PDS_SOURCE = 'pds:members';
/** What is on its way from a server is in the index by then. */
const MARGIN_US = 10_000_000;

export class PdsLine implements Line {
  private readonly deps: PdsLineDeps;
  private readonly hooks: LineHooks;
  private readonly hosts: Hosts;
  private readonly rounds: Rounds;
  private readonly acquaintance: Acquaintance;
  /** By the address of their streams. */
  private readonly followed = new Map<string, Followed>();
  private wanted: string[] = [];
  private isOn = false;
  private doubts = 0;
  cursorUs: number | null = null;
  readonly instance = PDS_SOURCE;

  constructor(deps: PdsLineDeps, hooks: LineHooks) {
    const { db, clock, random, pds, pollMs: everyMs } = deps;
    this.deps = deps;
    this.hooks = hooks;
    this.hosts = new Hosts(deps.identity, clock, (did) => this.moved(did));
    this.acquaintance = new Acquaintance(clock);
    this.rounds = new Rounds({
      ...{ pds, clock, random, everyMs },
      admit: hooks.admit,
      reread: async (dids) => {
        await hooks.alone(() => rereadAll(db, dids, clock.now()).run());
        hooks.pump();
      },
    });
  }

  private get all(): Followed[] {
    return [...this.followed.values()];
  }

  get isConnected(): boolean {
    const now = this.deps.clock.now();
    return this.isOn && this.all.every(({ link }) => link.isOpen || now < link.retryAt);
  }

  get isOpen(): boolean {
    return this.all.some(({ link }) => link.isAccepted);
  }

  get received(): number {
    return this.all.reduce((sum, { link }) => sum + link.received, 0);
  }

  get lastMessageAt(): number | null {
    return Math.max(0, ...this.all.map(({ link }) => link.lastMessageAt ?? 0)) || null;
  }

  async load(stream: Position | null): Promise<void> {
    this.cursorUs = stream?.cursor ?? null;
    this.close();
    this.followed.clear();
  }

  async connect(wantedCollections: string[]): Promise<void> {
    this.wanted = wantedCollections;
    if (!this.isOn) await this.choose();
    this.isOn = true;
    for (const host of this.all) this.open(host);
  }

  private open(host: Followed): void {
    const { link, pds } = host;
    if (link.isOpen || this.deps.clock.now() < link.retryAt) return;
    const from = later(host.position, link.seen);
    if (from?.sequence == null) this.suspect(addressOf(pds));
    link.connect(from, this.wanted);
  }

  close(): void {
    this.isOn = false;
    for (const { link } of this.all) link.close();
  }

  /** Who lives where may have changed. Streams are opened to those that hold the most, and kept while they do. */
  private async choose(): Promise<void> {
    const { db, clock, sockets } = this.deps;
    const { meta } = await this.hooks.alone(() => resolveUnmet(db, clock.now()).run());
    if (meta.changes > 0) this.acquaintance.expect();
    this.hosts.update(await knownRepositories(db));
    const chosen = this.hosts.byWeight().slice(0, sockets);
    const sources = new Map((await loadSources(db)).map((source) => [source.instance, source]));
    for (const { pds, link } of this.all) {
      if (chosen.includes(pds)) continue;
      this.followed.delete(addressOf(pds));
      link.close();
    }
    for (const pds of chosen) {
      const instance = addressOf(pds);
      if (!this.followed.has(instance)) this.followed.set(instance, this.begin(pds, sources.get(instance)));
    }
  }

  private begin(pds: string, source: Source | undefined): Followed {
    const { deps, hosts, hooks } = this;
    const instance = addressOf(pds);
    const begun: Followed = followedPds(
      pds,
      source,
      { ...deps, hosts },
      {
        ...{ wants: hooks.wants, onMalformed: hooks.onMalformed },
        onMessage: (message, raw, mark) => hooks.onMessage(message, raw, mark, instance),
        onClose: () => hooks.onClose(Math.max(0, begun.link.retryAt - deps.clock.now())),
        onLost: () => this.suspect(instance),
      },
    );
    return begun;
  }

  private moved(did: Did): void {
    const failed = (error: unknown): void => this.deps.log('a move was not noted', { did, error: String(error) });
    this.hooks.admit([{ kind: 'identity', did }]).catch(failed);
    this.acquaintance.expect();
  }

  private suspect(instance: string): void {
    const host = this.followed.get(instance);
    if (!host) return;
    host.doubt = ++this.doubts;
    host.position = null;
  }

  /** Those on whose streams something was missed, once they are followed again: what comes from now on, comes there. */
  private get doubtful(): Followed[] {
    return this.all.filter(({ doubt, asked, link }) => doubt !== null && doubt !== asked && link.isAccepted);
  }

  async beat(): Promise<void> {
    const { rounds } = this;
    if (!this.isOn || rounds.isRunning) return;
    const isNews = this.acquaintance.isTimeToLook(this.hooks.known());
    if (!(isNews || rounds.isDue || this.doubtful.length > 0)) return;
    rounds.isRunning = true;
    void this.round()
      .catch((error: unknown) => this.deps.log('a round of repositories failed', { error: String(error) }))
      .finally(() => {
        rounds.isRunning = false;
      });
  }

  private async round(): Promise<void> {
    const isDue = this.rounds.isDue;
    if (isDue) this.rounds.begin();
    await this.choose();
    this.hooks.pump();
    if (!this.isOn) return;
    for (const host of this.all) this.open(host);
    // What could not be compared the last time is tried again with all the others. Whoever is new is compared once: what they
    // wrote before they were known was passed over.
    const candidates = isDue ? this.all.filter(({ doubt, link }) => doubt !== null && link.isAccepted) : this.doubtful;
    const doubtful = candidates.map((host) => ({ host, doubt: host.doubt }));
    for (const { host, doubt } of doubtful) host.asked = doubt;
    const streaming = new Set(this.all.flatMap(({ pds, link }) => (link.isOpen ? [pds] : [])));
    const silent = isDue ? this.hosts.byWeight().filter((pds) => !streaming.has(pds)) : [];
    const asked = new Set([...doubtful.map(({ host }) => host.pds), ...silent]);
    const done = await this.rounds.run(
      this.hosts.all().filter(({ pds, rev }) => asked.has(pds) || (rev === null && streaming.has(pds))),
    );
    for (const { host, doubt } of doubtful) if (host.doubt === doubt && done.has(host.pds)) host.doubt = null;
  }

  after(batch: Queued[], queue: Queue): Standing {
    const isAll = batch.length === queue.length;
    return this.standing(isAll, ({ link }, instance) => {
      const told = batch.filter((item) => item.instance === instance);
      if (isAll || told.length === queue.countOf(instance)) return link.seen;
      const mark = lastMark(told);
      return mark && positionAt(instance, mark);
    });
  }

  private standing(isAll: boolean, at: (host: Followed, instance: string) => Position | null): Standing {
    const moved = [...this.followed].flatMap(([instance, host]) => {
      const next = host.doubt === null ? later(host.position, at(host, instance)) : null;
      return next && next !== host.position && next.sequence !== null ? [{ ...next, sequence: next.sequence }] : [];
    });
    if (moved.length === 0) return {};
    const { clock, db, pollMs } = this.deps;
    const isCurrent = isAll && this.all.every(({ link }) => link.isAccepted);
    const behind = this.hosts.byWeight().length > this.followed.size ? pollMs * 1000 : MARGIN_US;
    const cursor = isCurrent || this.cursorUs === null ? clock.now() * 1000 - behind : this.cursorUs;
    const stream = { instance: PDS_SOURCE, cursor, sequence: null, exact: false };
    return { stream, also: [saveSources(db, moved)], moved };
  }

  whole(): Standing | null {
    const standing = this.standing(true, ({ link }) => link.seen);
    return standing.moved ? standing : null;
  }

  drained(): Standing | null {
    // Each is looked at: a dead one is noticed by it.
    const open = this.all.map(({ link }) => link.idle() === null && link.isOpen).filter(Boolean);
    const isBusy = open.length > 0 || this.rounds.isRunning || this.rounds.isDue || this.doubtful.length > 0;
    return isBusy ? null : (this.whole() ?? {});
  }

  committed({ stream, moved = [] }: Standing): void {
    if (stream) this.cursorUs = stream.cursor;
    for (const position of moved) {
      const host = this.followed.get(position.instance);
      if (host) host.position = position;
    }
  }
}
