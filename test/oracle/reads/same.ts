/** Views compared field by field, as far as the model speaks of them. */

interface Named {
  uri: string;
}

export function same(name: string, wanted: object, found: object): string[] {
  return Object.entries(wanted).flatMap(([field, value]) => {
    const [should, is] = [canonical(value), canonical(found[field as keyof object])];
    return should === is ? [] : [`${name}: ${field} is ${is} and should be ${should}`];
  });
}

/** In any order. */
export function compareSets(name: string, wanted: Named[], found: Named[]): string[] {
  const had = new Map(found.map((one) => [one.uri, one]));
  const should = new Set(wanted.map(({ uri }) => uri));
  return [
    ...(had.size === found.length ? [] : [`${name} shows something twice`]),
    ...[...had.keys()].filter((uri) => !should.has(uri)).map((uri) => `${name} shows ${uri}`),
    ...wanted.flatMap((one) => {
      const is = had.get(one.uri);
      return is ? same(`${name}: ${one.uri}`, one, is) : [`${name} does not show ${one.uri}`];
    }),
  ];
}

/** The greatest key first. */
export function compareLists(name: string, wanted: Named[], found: Named[], key: (uri: string) => number): string[] {
  const unordered = found.findIndex(({ uri }, n) => n > 0 && key(uri) > key((found[n - 1] as Named).uri));
  const order = unordered < 0 ? [] : [`${name} is out of order at ${found[unordered]?.uri}`];
  return [...compareSets(name, wanted, found), ...order];
}

/** JSON with the keys of objects in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
