/** What the model must know of the world at a moment: all that was told, how accounts stand, which spaces are followed. */
import type { AccountEvent, StreamEvent } from '../../src/domain/event.ts';
import type { Did, JsonObject } from '../../src/domain/model.ts';
import { isInactive, type Standing } from '../model/accounts.ts';
import * as cast from '../model/cast.ts';
import { fold } from '../model/model.ts';
import type { Index, World } from '../model/nouns.ts';
import { isRefused } from '../model/soundness.ts';
import { tid } from '../model/tid.ts';
import { assignSpaces } from '../model/versions.ts';

type Visibility = 'unlisted' | null;

interface Known {
  event: AccountEvent;
  standing: Standing;
  /** Its own server has called it inactive since the event. */
  isOwn: boolean;
}

export class WorldState {
  told: StreamEvent[] = [];
  readonly spaces = new Map<Did, Visibility>(cast.world().spaces.map((did) => [did, null]));
  private readonly accounts = new Map<Did, Known>();

  private get world(): World {
    return { ...cast.world(Date.now()), spaces: [...this.spaces.keys()] };
  }

  index(): Index {
    const standings = new Map([...this.accounts].map(([did, { standing }]) => [did, standing]));
    return fold(this.told, this.world, standings);
  }

  /** Whose accounts do not show in a space. */
  inactive(space: Did, { spaces }: Index): Did[] {
    const profile = spaces.find(({ did }) => did === space)?.profile as JsonObject | null;
    return [...this.accounts].flatMap(([did, { standing }]) => (isInactive(standing, profile) ? [did] : []));
  }

  /** Later ones rule by their own time. @param word of the account's own server; null for none */
  account(events: AccountEvent[], word: string | null): void {
    for (const event of events) {
      const known = this.accounts.get(event.did);
      if (known && known.event.at >= event.at) continue;
      const standing = judge(event, null, known?.standing.erasedBefore ?? null);
      this.accounts.set(event.did, { event, standing, isOwn: false });
    }
    for (const did of new Set(events.map((event) => event.did))) this.word(did, word);
  }

  /** Of a deleted account: what was written before this rev is gone. */
  erasedBefore = (did: Did): string | null => this.accounts.get(did)?.standing.erasedBefore ?? null;

  /** A hint stays one when the server denies it; what the server has said itself it takes back. */
  word(did: Did, word: string | null): void {
    const { event, standing, isOwn } = this.accounts.get(did) ?? unheardOf(did);
    if (word === null && standing.at === 0) return;
    const hint: AccountEvent = isOwn && word === 'active' ? { ...event, status: 'active' } : event;
    const isInactive = word !== null && word !== 'active';
    const judged = word === null ? standing : judge(hint, word, standing.erasedBefore);
    this.accounts.set(did, { event: hint, standing: judged, isOwn: isOwn || isInactive });
  }

  /**
   * What was told of the space is forgotten: as if it had named one that nobody follows. A record that has left it before keeps
   * what is known of its past.
   */
  remove(did: Did): void {
    const { world } = this;
    const records = this.told
      .filter((event) => event.kind === 'record')
      .filter((event) => !isRefused(event, world.now));
    const since = new Map<StreamEvent, Did>();
    for (const versions of assignSpaces(records, world).values()) {
      const last = versions.at(-1)?.space ?? null;
      const instead = last === null || last === did ? cast.ELSEWHERE : last;
      for (const { space, event } of versions) if (space === did) since.set(event, instead);
    }
    this.told = this.told.map((event) => {
      const space = since.get(event);
      if (event.kind !== 'record' || event.record === null || space === undefined) return event;
      return { ...event, record: { ...event.record, space } };
    });
    this.spaces.delete(did);
  }
}

const unheardOf = (did: Did): Known => {
  const event: AccountEvent = { kind: 'account', did, status: 'active', at: 0 };
  return { event, standing: judge(event, null, null), isOwn: false };
};

/** The account's own server rules over the hint, where it says anything. */
function judge({ status, at }: AccountEvent, word: string | null, before: string | null): Standing {
  const standing = { status, at, isDenied: false, erasedBefore: before };
  if (word === null) return standing;
  if (word === 'active') return { ...standing, isDenied: status !== 'active' };
  if (word !== 'deleted') return { ...standing, status: word };
  const until = tid((status === 'deleted' ? at : Date.now()) * 1000);
  return { ...standing, status: word, erasedBefore: before !== null && before > until ? before : until };
}
