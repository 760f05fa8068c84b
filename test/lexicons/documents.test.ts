// What holds for every lexicon of ours, read from the documents themselves.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Node {
  [key: string]: unknown;
}
interface Document {
  id: string;
  defs: Record<string, Node>;
}

const root = join(import.meta.dirname, '../../lexicons');
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
const documents = files
  .filter((file) => file.endsWith('.json'))
  .map((file): [string, Document] => [file, JSON.parse(readFileSync(join(root, file), 'utf8'))]);
const ours = documents.filter(([file]) => file.startsWith('club/')).map(([, document]) => document);
const records = ours.filter(({ defs }) => defs.main?.type === 'record');
const queries = ours.filter(({ defs }) => defs.main?.type === 'query');

function* nodes(value: unknown, path: string): Generator<[string, Node]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Node];
  for (const [key, child] of Object.entries(value)) yield* nodes(child, `${path}.${key}`);
}
const every = (within: Document[]) => within.flatMap((document) => [...nodes(document.defs, document.id)]);

test('every lexicon lies at the path of its NSID, and nothing else is JSON', () => {
  for (const [file, { id }] of documents) expect(file).toBe(`${id.replaceAll('.', '/')}.json`);
});

test('every record names its space', () => {
  expect(records).toHaveLength(16);
  for (const { id, defs } of records) {
    const record = defs.main?.record as { required: string[]; properties: Record<string, Node> };
    expect(record.required, id).toContain('space');
    expect(record.properties.space, id).toMatchObject({ type: 'string', format: 'did' });
  }
});

test('every string in a record is bounded, in bytes where it is in graphemes', () => {
  for (const [path, node] of every(records).filter(([, { type }]) => type === 'string')) {
    expect(node.format ?? node.maxLength, path).toBeDefined();
    if (node.maxGraphemes !== undefined)
      expect(node.maxLength, path).toBeGreaterThanOrEqual(node.maxGraphemes as number);
  }
});

test('every list in a record is bounded', () => {
  for (const [path, node] of every(records).filter(([, { type }]) => type === 'array'))
    expect(node.maxLength, path).toBeDefined();
});

test('nothing is closed for ever: no enum, no const, no closed union', () => {
  for (const [path, node] of every(ours)) {
    expect(node.enum ?? node.const, path).toBeUndefined();
    expect(node.closed, path).not.toBe(true);
  }
});

test('every definition, field and error is described', () => {
  for (const { id, defs } of ours) {
    for (const [name, def] of Object.entries(defs)) expect(def.description, `${id}#${name}`).toBeTruthy();
  }
  for (const [path, node] of every(ours).filter(([path]) => /\.properties\.\w+$/.test(path))) {
    const obvious = node.type === 'ref' || /#?(width|height)$/.test(path);
    if (!obvious && typeof node.type === 'string') expect(node.description, path).toBeTruthy();
  }
});

test('every query declares its errors, and a page its cursor', () => {
  expect(queries).toHaveLength(31);
  for (const { id, defs } of queries) {
    const { errors, parameters } = defs.main as { errors: { name: string }[]; parameters: { properties: Node } };
    const names = errors.map(({ name }) => name);
    expect(names.length, id).toBeGreaterThan(0);
    expect('cursor' in parameters.properties, id).toBe(names.includes('BadCursor'));
    expect('limit' in parameters.properties, id).toBe(names.includes('BadCursor'));
  }
});
