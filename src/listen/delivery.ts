// Tells every listener what changed since its position: pages of the space by seq, read once for all who stand alike.
import { mayCopy } from '../domain/access.ts';
import type { Change } from '../domain/change.ts';
import type { Did } from '../domain/model.ts';
import { type Filter, wantsOf } from '../domain/subscription.ts';
import type { Clock } from '../ports/clock.ts';
import type { Door, Listener } from '../ports/listeners.ts';
import type { ChangesPage } from '../reads/index.ts';
import { streamMessage } from '../views/stream.ts';

export interface DeliveryDeps {
  door: Door;
  clock: Clock;
  /** `did:web` of this instance. */
  here: Did;
  read(space: Did, after: number): Promise<ChangesPage>;
  wait(ms: number): Promise<void>;
  log(message: string, facts: Record<string, unknown>): void;
}

/** Bytes that may wait for one listener, and for all together, before the next page is held back. */
export const UNSENT = { one: 1_000_000, all: 32_000_000 };
/** Who has not taken what waits by then is cut off. */
export const SLOW_MS = 30_000;
const POLL_MS = 50;
const GIVE_UP_AFTER = 6;

export class Delivery {
  private readonly deps: DeliveryDeps;
  private isRunning = false;
  private isNews = false;
  /** When each was last served: whoever waits longest is next. */
  private readonly served = new WeakMap<Listener, number>();
  private readonly fullSince = new WeakMap<Listener, number>();
  private turn = 0;

  constructor(deps: DeliveryDeps) {
    this.deps = deps;
  }

  /** There may be something to tell. Ends when everybody was told everything; what fails closes connections, with a reason. */
  async run(): Promise<void> {
    this.isNews = true;
    if (this.isRunning) return;
    this.isRunning = true;
    let [end, failures] = [0, 0];
    for (;;) {
      if (this.isNews) end = Number.POSITIVE_INFINITY;
      this.isNews = false;
      const behind = this.deps.door
        .all()
        .filter(({ isOpen, state }) => isOpen && !state.waitsForHello && state.position < end);
      if (behind.length === 0 || failures >= GIVE_UP_AFTER) {
        for (const listener of behind)
          listener.close(1011, `the index cannot be read; resume at ${cursorOf(listener)}`);
        this.isRunning = false;
        return;
      }
      const next = this.next(behind);
      const page = next && (await this.page(next));
      if (next && page) {
        this.hand(next.state.position, page);
        if (page.isLast) end = page.upTo;
      }
      failures = next && !page ? failures + 1 : 0;
      if (!page) await this.deps.wait(POLL_MS * 2 ** failures);
    }
  }

  /** Null while all of them have yet to take what was sent. */
  private next(behind: Listener[]): Listener | null {
    const total = unsentBy(this.deps.door.all());
    const turnOf = (listener: Listener): number => this.served.get(listener) ?? 0;
    const ready = behind.filter((listener) => !this.isFull(listener, total));
    ready.sort((a, b) => turnOf(a) - turnOf(b) || b.state.position - a.state.position);
    return ready[0] ?? null;
  }

  private isFull(listener: Listener, total: number): boolean {
    const { unsent } = listener;
    if (unsent < UNSENT.one && (total < UNSENT.all || unsent === 0)) {
      this.fullSince.delete(listener);
      return false;
    }
    const now = this.deps.clock.now();
    const since = this.fullSince.get(listener) ?? now;
    this.fullSince.set(listener, since);
    if (now - since > SLOW_MS) {
      listener.close(1013, `too slow: ${unsent} bytes unread for ${SLOW_MS / 1000} s; resume at ${cursorOf(listener)}`);
    }
    return true;
  }

  private async page({ state }: Listener): Promise<ChangesPage | null> {
    try {
      return await this.deps.read(state.space, state.position);
    } catch (error) {
      this.deps.log('changes could not be read', { space: state.space, error: String(error) });
      return null;
    }
  }

  /** To everybody who stands within the page; nobody who lost the right to it hears any more. */
  private hand(from: number, page: ChangesPage): void {
    const texts = new Texts();
    const { here, door } = this.deps;
    const open = door.all().filter(({ isOpen }) => isOpen);
    const total = unsentBy(open);
    this.turn++;
    for (const listener of open) {
      const { caller, position, waitsForHello } = listener.state;
      const access = page.space ? mayCopy(page.space, caller, here) : 'hidden';
      const isWithin = position >= from && position < page.upTo;
      if (access !== 'yes') listener.close(1008, REASONS[access]);
      else if (isWithin && !waitsForHello && !this.isFull(listener, total)) tell(listener, page, texts);
      if (position >= from) this.served.set(listener, this.turn);
    }
  }
}

const REASONS = {
  hidden: 'SpaceNotFound: this instance has no such space',
  unproven: 'AuthenticationRequired: the space is now given only to instances it names',
  refused: 'InstanceNotAllowed: the space is not given to this instance any more',
};

const unsentBy = (listeners: Listener[]): number =>
  listeners.reduce((sum, { isOpen, unsent }) => sum + (isOpen ? unsent : 0), 0);

/** Made once for each filter: it may name 10,000 DIDs. */
const judges = new WeakMap<Filter, ReturnType<typeof wantsOf>>();
function judgeOf(filter: Filter): ReturnType<typeof wantsOf> {
  const judge = judges.get(filter) ?? wantsOf(filter);
  judges.set(filter, judge);
  return judge;
}

const cursorOf = ({ state }: Listener): number => state.position;

/** Each message is written once, however many hear it. */
class Texts {
  private readonly texts = new Map<Change, { known?: string; unknown?: string }>();

  of(change: Change, isKnown: boolean): string {
    const texts = this.texts.get(change) ?? {};
    this.texts.set(change, texts);
    const kind = isKnown ? 'known' : 'unknown';
    texts[kind] ??= streamMessage(change, isKnown);
    return texts[kind];
  }
}

const encoder = new TextEncoder();

function tell(listener: Listener, { changes, upTo }: ChangesPage, texts: Texts): void {
  const { state } = listener;
  const { filter, position } = state;
  const wants = judgeOf(filter);
  try {
    for (const change of changes) {
      if (change.seq <= position || !wants(change.did, change.is === 'record' ? change.collection : null)) continue;
      const text = texts.of(change, change.is === 'record' && change.shownSeq <= position);
      if (filter.maxBytes === 0 || encoder.encode(text).length <= filter.maxBytes) listener.send(text);
    }
    listener.keep({ ...state, position: upTo });
  } catch {
    // It is going: what it has missed is told when it comes again with its cursor.
    listener.close(1011, 'the connection broke');
  }
}
