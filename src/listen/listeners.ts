// One space's listeners: who comes in, what they say, and when there is news for them.
import { lastChange } from '../db/queries/changes.ts';
import { isRefusal } from '../domain/outcome.ts';
import { type Filter, readUpdate } from '../domain/subscription.ts';
import type { IndexerPort } from '../ports/indexer.ts';
import type { Listener, Opening } from '../ports/listeners.ts';
import { Delivery, type DeliveryDeps } from './delivery.ts';

export interface ListenersDeps extends DeliveryDeps {
  db: D1Database;
  indexer: Pick<IndexerPort, 'listen'>;
}

/** Connections of one space, of one address, and messages in a minute of one connection. */
export const MOST = { space: 10_000, address: 100, messages: 30 };
/** Room for 10,000 wanted DIDs. */
const LONGEST = 1_000_000;

export class Listeners {
  private readonly deps: ListenersDeps;
  private readonly delivery: Delivery;
  private opening = 0;
  /** Whether the indexer was asked to tell this object of changes, since it last woke. */
  private isRegistered = false;

  constructor(deps: ListenersDeps) {
    this.deps = deps;
    this.delivery = new Delivery(deps);
  }

  async open(opening: Opening): Promise<Response> {
    const { door, log } = this.deps;
    const { space, address } = opening;
    if (door.all().length >= MOST.space) return refusal('this space has as many listeners as it takes');
    if (address !== null && door.from(address) >= MOST.address) return refusal('there are too many from this address');
    this.opening++;
    try {
      const position = await this.positionOf(opening);
      const { caller, filter, waitsForHello } = opening;
      const heard = { minute: 0, count: 0 };
      const { response } = door.accept({ space, caller, filter, waitsForHello, position, heard }, address);
      // Before what is there is read, so that nothing comes between.
      if (!this.isRegistered) await this.deps.indexer.listen(space);
      this.isRegistered = true;
      void this.delivery.run();
      return response;
    } catch (error) {
      log('a listener could not be let in', { space, error: String(error) });
      return refusal('try again in a moment');
    } finally {
      this.opening--;
    }
  }

  /** A cursor from the future means what comes from now on, as on Jetstream. */
  private async positionOf({ space, cursor }: Opening): Promise<number> {
    const last = await lastChange(this.deps.db, space);
    return cursor === null || cursor > Math.max(last, this.deps.clock.now() * 1000) ? last : cursor - 1;
  }

  /** False when nobody listens: the indexer then asks no more. */
  notify(): boolean {
    const anybody = this.opening > 0 || this.deps.door.all().length > 0;
    if (!anybody) this.isRegistered = false;
    else void this.delivery.run();
    return anybody;
  }

  hear(listener: Listener, message: string | ArrayBuffer): void {
    const { state } = listener;
    const minute = Math.floor(this.deps.clock.now() / 60_000);
    const heard = { minute, count: state.heard.minute === minute ? state.heard.count + 1 : 1 };
    const update = updateIn(message, heard.count);
    if (update !== null && 'code' in update) {
      listener.close(update.code, update.reason);
      return;
    }
    listener.keep({ ...state, heard, ...(update ? { filter: update, waitsForHello: false } : {}) });
    if (update) void this.delivery.run();
  }
}

/** The filter that a message asks for, null where it asks for nothing, or why the connection ends. */
function updateIn(message: string | ArrayBuffer, count: number): Filter | { code: number; reason: string } | null {
  if (count > MOST.messages) return { code: 1008, reason: `more than ${MOST.messages} messages in a minute` };
  if (typeof message !== 'string') return null;
  if (message.length > LONGEST) return { code: 1009, reason: `a message of more than ${LONGEST} characters` };
  const update = readUpdate(message);
  return update && isRefusal(update) ? { code: 1008, reason: `invalid options: ${update.message}` } : update;
}

const refusal = (message: string): Response =>
  Response.json({ error: 'TooManyListeners', message }, { status: 503, headers: { 'retry-after': '60' } });
