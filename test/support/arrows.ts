/** Checks a tree of sources against the map of the house: floors, fences, purity, sizes and circles. */
import { dirname, join } from 'node:path/posix';
import { readSource } from './source.ts';

/** Paths are relative to the repository; one that ends in `/` stands for all below it. */
export interface House {
  /** A file imports its own room or one on a lower floor. */
  floors: Record<string, number>;
  /** Rooms beside the floors: nobody imports them, and they import only the places listed. */
  beside: Record<string, string[]>;
  /** What some rooms never import although it lies on a lower floor. */
  apart: { rooms: string[]; never: string[]; why: string }[];
  /** A package with its subpaths, or a scheme (`cloudflare:`), and the only places that import it. */
  fences: Record<string, string[]>;
  /** Rooms without clock, network, randomness and async. */
  pure: string[];
  short: { lines: number; within: string[]; except: string[] };
}

/** What breaks the house, a sentence each. `files` maps paths to sources. */
export function findViolations(house: House, files: Record<string, string>): string[] {
  const found: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, text] of Object.entries(files)) {
    const room = roomOf(path);
    if (!(room in house.floors || room in house.beside)) found.push(`${path} is in no room of the house.`);

    const { imports, impurities } = readSource(path, text);
    const arrows: string[] = [];
    for (const specifier of new Set(imports)) {
      const target = specifier?.startsWith('.') ? resolve(path, specifier, files) : specifier;
      const why = whyNot(house, path, specifier, target);
      if (why !== undefined) found.push(`${path} imports ${target ?? 'what only running it tells'}: ${why}.`);
      if (target !== null && target in files) arrows.push(target);
    }
    graph.set(path, arrows);

    if (house.pure.includes(room)) {
      for (const impurity of new Set(impurities)) found.push(`${path} uses ${impurity}: ${room} is pure.`);
    }
    const { lines, within, except } = house.short;
    const length = text.trimEnd().split('\n').length;
    if (isWithin(path, within) && !isWithin(path, except) && length > lines) {
      found.push(`${path} has ${length} lines: only wiring belongs there, at most ${lines} lines of it.`);
    }
  }
  return [...found, ...findCircles(graph)];
}

function whyNot(house: House, from: string, specifier: string | null, target: string | null): string | undefined {
  if (specifier === null || target === null) return 'the specifier of an import() must be a literal';
  return specifier.startsWith('.') ? whyNotFile(house, from, target) : whyNotPackage(house, from, specifier);
}

function whyNotPackage(house: House, from: string, name: string): string | undefined {
  const fence = Object.entries(house.fences).find(
    ([fenced]) => name === fenced || name.startsWith(fenced.endsWith(':') ? fenced : `${fenced}/`),
  );
  if (fence !== undefined && !isWithin(from, fence[1])) return `only ${fence[1].join(', ')} may`;
  const room = roomOf(from);
  return house.pure.includes(room) && name.startsWith('node:') ? `${room} is pure` : undefined;
}

function whyNotFile(house: House, from: string, target: string): string | undefined {
  const [room, other] = [roomOf(from), roomOf(target)];
  if (room === other) return undefined;
  const apart = house.apart.find(({ rooms, never }) => rooms.includes(room) && isWithin(target, never));
  if (apart !== undefined) return apart.why;
  const beside = house.beside[room];
  if (beside !== undefined)
    return isWithin(target, beside) ? undefined : `${room} may import only ${beside.join(', ')}`;
  if (other in house.beside) return `nothing imports ${other}`;
  const [floor, otherFloor] = [house.floors[room], house.floors[other]];
  if (floor === undefined || otherFloor === undefined) return 'one of them is in no room of the house';
  if (otherFloor > floor) return `from ${room} (floor ${floor}) to ${other} (floor ${otherFloor}) is up`;
  return otherFloor === floor ? `from ${room} to ${other} is sideways, on floor ${floor}` : undefined;
}

/** The folder under src/, or else the top folder. */
function roomOf(path: string): string {
  const [top = '', room] = path.split('/');
  return top === 'src' && room !== undefined ? room : top;
}

function isWithin(path: string, places: string[]): boolean {
  return places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));
}

/** The file meant by a relative specifier, as a bundler finds it; as written, when there is none. */
function resolve(from: string, specifier: string, files: Record<string, string>): string {
  const path = join(dirname(from), specifier);
  const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];
  return endings.map((ending) => path + ending).find((candidate) => candidate in files) ?? path;
}

function findCircles(graph: Map<string, string[]>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    if (done.has(path)) return;
    const start = trail.indexOf(path);
    if (start >= 0) {
      circles.push(`${[...trail.slice(start), path].join(' -> ')} is a circle.`);
      return;
    }
    trail.push(path);
    for (const next of graph.get(path) ?? []) visit(next);
    trail.pop();
    done.add(path);
  };
  for (const path of graph.keys()) visit(path);
  return circles;
}
