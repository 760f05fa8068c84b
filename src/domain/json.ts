// JSON that strangers wrote: what is of another kind than what is looked for is nothing.
import type { Json, JsonObject } from './model.ts';

export const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

export const objectIn = (value: unknown): JsonObject => (isObject(value) ? value : {});

export const objectsIn = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

export const stringsIn = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

export const textIn = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const inOrder = (value: Json): string =>
  JSON.stringify(value, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );

/** In whatever order the names stand. */
export const isSameJson = (one: Json, other: Json): boolean => inOrder(one) === inOrder(other);
