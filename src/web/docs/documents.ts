// The lexicons as documents, as far as this instance speaks them: its records, its methods, and what these refer to.
import type { Asker } from '../../domain/viewer.ts';
import { parseDocuments } from '../../lexicons/documents.ts';

/** Whatever a lexicon may say of one thing (Lexicon specification). */
export interface Schema {
  type: string;
  description?: string;
  format?: string;
  default?: string | number | boolean;
  knownValues?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxGraphemes?: number;
  accept?: string[];
  maxSize?: number;
  items?: Schema;
  ref?: string;
  refs?: string[];
  required?: string[];
  properties?: Record<string, Schema>;
  /** Of a record. */
  key?: string;
  record?: Schema;
  /** Of a method. */
  parameters?: Schema;
  input?: Body;
  output?: Body;
  message?: { schema: Schema };
  errors?: { name: string; description?: string }[];
}

export interface Body {
  encoding: string;
  description?: string;
  schema?: Schema;
}

export interface Document {
  id: string;
  defs: Record<string, Schema>;
}

/** A method that is answered here, and who may ask it. */
export interface Answered {
  nsid: string;
  asker: Asker;
}

let parsed: ReadonlyMap<string, Document> | undefined;

/** By their names; read when somebody asks for the first time. */
function all(): ReadonlyMap<string, Document> {
  parsed ??= new Map((parseDocuments() as readonly Document[]).map((document) => [document.id, document]));
  return parsed;
}

/** Methods that nobody answers here are left out. */
export function documentOf(id: string, methods: readonly Answered[]): Document | null {
  const document = all().get(id);
  const type = document?.defs.main?.type;
  const isAsked = type === 'query' || type === 'procedure';
  return document && (!isAsked || methods.some(({ nsid }) => nsid === id)) ? document : null;
}

/** In the order of their names; by all of the name but its end. */
export function byNamespace(methods: readonly Answered[]): [string, Document[]][] {
  const known = [...all().keys()].sort().flatMap((id) => documentOf(id, methods) ?? []);
  return [...Map.groupBy(known, ({ id }) => id.slice(0, id.lastIndexOf('.')))];
}

/** What a reference means, seen from the document it stands in; null for what is defined elsewhere on the network. */
export function resolve(ref: string, from: string): { id: string; name: string; schema: Schema | null } {
  const [id = '', name = 'main'] = (ref.startsWith('#') ? from + ref : ref).split('#');
  return { id, name, schema: all().get(id)?.defs[name] ?? null };
}
