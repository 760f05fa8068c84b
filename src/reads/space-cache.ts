// Settings of spaces, kept for moments: a page of a space would otherwise read them with every request.
import type { SpaceDetails } from '../domain/model.ts';

const KEPT_MS = 5000;
const MAX_KEPT = 500;

/** Settings of spaces, by the name they were asked for; the only thing that reads keep. */
export class SpaceCache {
  private readonly kept = new Map<string, { until: number; space: SpaceDetails }>();

  get(name: string, now: number): SpaceDetails | undefined {
    const entry = this.kept.get(name);
    return entry && entry.until > now ? entry.space : undefined;
  }

  set(name: string, space: SpaceDetails, now: number): void {
    this.kept.delete(name);
    if (this.kept.size >= MAX_KEPT) this.kept.delete(this.kept.keys().next().value ?? '');
    this.kept.set(name, { until: now + KEPT_MS, space });
  }

  /** A space was added, changed or removed in this isolate. */
  forget(): void {
    this.kept.clear();
  }
}
