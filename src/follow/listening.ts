// Which spaces somebody listens to, and telling those objects, and no others, that something changed.
import type { Did } from '../domain/model.ts';
import type { ListenersPort, ListeningKeep } from '../ports/listeners.ts';

export interface ListeningDeps {
  keep: ListeningKeep;
  listeners: Pick<ListenersPort, 'notify'>;
  log(message: string, facts: Record<string, unknown>): void;
}

const RETRIES = 6;

export class Listening {
  private readonly deps: ListeningDeps;
  private spaces: Set<Did> | null = null;
  private loading: Promise<Set<Did>> | null = null;
  /** Being told; true when there is more to tell already. */
  private readonly telling = new Map<Did, boolean>();

  constructor(deps: ListeningDeps) {
    this.deps = deps;
  }

  private load(): Promise<Set<Did>> {
    this.loading ??= this.deps.keep.all().then(
      (all) => {
        this.spaces = new Set(all);
        return this.spaces;
      },
      (error: unknown) => {
        this.loading = null;
        throw error;
      },
    );
    return this.loading;
  }

  /** Somebody listens there now. */
  async add(space: Did): Promise<void> {
    const spaces = await this.load();
    // An answer under way, that nobody does, is out of date.
    if (this.telling.has(space)) this.telling.set(space, true);
    if (spaces.has(space)) return;
    spaces.add(space);
    await this.deps.keep.add(space);
  }

  /** At most one call at a time for each space: what changes meanwhile is one more. */
  async changed(changed: Iterable<Did>): Promise<void> {
    const spaces = this.spaces ?? (await this.load());
    for (const space of changed) {
      if (!spaces.has(space)) continue;
      const isTelling = this.telling.has(space);
      this.telling.set(space, isTelling);
      if (!isTelling) void this.tell(space, spaces);
    }
  }

  private async tell(space: Did, spaces: Set<Did>): Promise<void> {
    for (let failures = 0; failures < RETRIES; ) {
      this.telling.set(space, false);
      try {
        const anybody = await this.deps.listeners.notify(space);
        if (this.telling.get(space)) continue;
        if (!anybody && spaces.delete(space)) await this.deps.keep.remove(space);
        break;
      } catch (error) {
        failures++;
        this.deps.log('listeners could not be told', { space, error: String(error), failures });
        await new Promise((done) => setTimeout(done, 100 * 2 ** failures));
      }
    }
    this.telling.delete(space);
  }
}
