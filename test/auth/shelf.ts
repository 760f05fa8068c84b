/** The storage of an object, in memory. */
import type { Shelf } from '../../src/auth/sign-ins.ts';

export function makeShelf(): Shelf & { kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: <T>(key: string) => structuredClone(kept.get(key)) as T | undefined,
    put: (key, value) => void kept.set(key, structuredClone(value)),
    delete: (key) => kept.delete(key),
    list: <T>({ prefix = '', start = '', end, limit = Number.POSITIVE_INFINITY }: Parameters<Shelf['list']>[0]) =>
      [...kept]
        .filter(([key]) => key.startsWith(prefix) && key >= start && (end === undefined || key < end))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, limit) as [string, T][],
  };
}
