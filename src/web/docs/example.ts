// Examples of what a lexicon describes: everything that must be there, and nothing more.
import type { JsonObject } from '../../domain/model.ts';
import { resolve, type Schema } from './documents.ts';

type Value = JsonObject[string];

const SPACE = 'did:plc:abcdefghijklmnopqrstuvwx';
const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
const BLOB = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku';

const BY_FORMAT: Record<string, string> = {
  did: SPACE,
  handle: 'ada.example.com',
  'at-identifier': 'club.example.com',
  'at-uri': `at://${SPACE}/club.commonplace.story/3222222222222`,
  cid: CID,
  datetime: '2026-11-20T19:00:00.000Z',
  language: 'en',
  nsid: 'club.commonplace.story',
  'record-key': '3222222222222',
  tid: '3222222222222',
  uri: 'https://example.com/',
};

/** What a field is called says more than that it is text. */
const BY_NAME: Record<string, string> = {
  host: 'club.example.com',
  hostname: 'club.example.com',
  email: 'ada@example.com',
};

/** `from`: the document that it stands in. */
export function exampleOf(schema: Schema, from: string, name = ''): Value {
  switch (schema.type) {
    case 'string':
      return textFor(schema, name);
    case 'integer':
      return typeof schema.default === 'number' ? schema.default : (schema.minimum ?? 1);
    case 'boolean':
      return schema.default === true;
    case 'array':
      return (schema.minLength ?? 1) > 0 && schema.items ? [exampleOf(schema.items, from, name)] : [];
    case 'object':
    case 'params':
      return fieldsOf(schema, from);
    case 'ref':
      return referred(schema.ref ?? '', from, false);
    case 'union':
      return referred(schema.refs?.[0] ?? '', from, true);
    case 'blob':
      return { $type: 'blob', ref: { $link: BLOB }, mimeType: typeFor(schema), size: 1000 };
    default:
      return {};
  }
}

const typeFor = ({ accept: [first = 'image/*'] = [] }: Schema): string =>
  first.replace(/^\*\/\*$/, 'image/*').replace('*', 'png');

const textFor = ({ format, knownValues, default: given, minLength = 0 }: Schema, name: string): string =>
  (format === undefined ? null : BY_FORMAT[format]) ??
  (typeof given === 'string' ? given : (knownValues?.[0] ?? BY_NAME[name] ?? 'Some words'.padEnd(minLength, '.')));

function fieldsOf({ properties = {}, required = [] }: Schema, from: string): JsonObject {
  const known = required.filter((name) => Object.hasOwn(properties, name));
  return Object.fromEntries(known.map((name) => [name, exampleOf(properties[name] as Schema, from, name)]));
}

/** What ours use of lexicons that are not ours. */
const FOREIGN: Record<string, JsonObject> = {
  'com.atproto.repo.applyWrites#create': {
    collection: 'club.commonplace.space.rule',
    value: { $type: 'club.commonplace.space.rule', space: SPACE, title: 'Some words', text: 'Some words' },
  },
  'com.atproto.repo.strongRef': { uri: BY_FORMAT['at-uri'] ?? '', cid: CID },
};

function referred(ref: string, from: string, isNamed: boolean): Value {
  const { id, name, schema } = resolve(ref, from);
  const $type = name === 'main' ? id : `${id}#${name}`;
  const value = schema ? exampleOf(schema, id) : (FOREIGN[$type] ?? {});
  return isNamed && typeof value === 'object' ? { $type, ...(value as JsonObject) } : value;
}

/** A record as its author would write it. */
export const exampleRecord = (id: string, { record }: Schema): JsonObject => ({
  $type: id,
  ...(exampleOf(record ?? { type: 'object' }, id) as JsonObject),
});

/** The parameters that must be there; of a method that needs none of them the first, for it may want one of several. */
export function exampleQuery(id: string, { parameters }: Schema): URLSearchParams {
  const { properties = {}, required = [] } = parameters ?? { type: 'params' };
  const [first] = Object.keys(properties);
  const names = required.length > 0 || first === undefined ? required : [first];
  const isPlain = (value: Value): value is string | number | boolean => typeof value !== 'object';
  const values = names.flatMap((name) => {
    const value = exampleOf(properties[name] as Schema, id, name);
    return (Array.isArray(value) ? value : [value]).filter(isPlain).map((one) => [name, String(one)]);
  });
  return new URLSearchParams(values);
}
