// What a schema asks for, in words.
import { say } from '../messages.ts';
import { type Answered, documentOf, resolve, type Schema } from './documents.ts';

interface Seen {
  /** The document it stands in. */
  from: string;
  methods: readonly Answered[];
}

export const docPath = (id: string, name = 'main'): string => `/docs/api/${id}${name === 'main' ? '' : `#${name}`}`;

/** A name, with the way to where it is told; what is not told here is only named. */
export function Named({ id, name = 'main', methods }: { id: string; name?: string; methods: readonly Answered[] }) {
  const words = name === 'main' ? id : `${id}#${name}`;
  if (!documentOf(id, methods)?.defs[name]) return <code>{words}</code>;
  return (
    <a href={docPath(id, name)}>
      <code>{words}</code>
    </a>
  );
}

export function TypeOf({ schema, from, methods }: Seen & { schema: Schema }) {
  const { type, format, items, ref, refs } = schema;
  const to = (target: string) => {
    const { id, name } = resolve(target, from);
    return <Named id={id} name={name} methods={methods} />;
  };
  if (type === 'ref' && ref) return to(ref);
  if (type === 'union' && refs) {
    return (
      <>
        {refs.map((target) => (
          <>{to(target)}, </>
        ))}
        {say.orOthers}
      </>
    );
  }
  if (type === 'array' && items) {
    return (
      <>
        {say.listOf('')}
        <TypeOf schema={items} from={from} methods={methods} />
      </>
    );
  }
  return <>{say.apiType(format ?? type)}</>;
}

/** The bounds that the lexicon sets. */
export function boundsOf(schema: Schema): string[] {
  const { type, minimum, maximum, minLength, maxLength, maxGraphemes, maxSize, accept, knownValues, items } = schema;
  const unit = type === 'array' ? say.items : say.bytes;
  return [
    ...(schema.default === undefined ? [] : [say.byDefault(String(schema.default))]),
    ...(minimum === undefined ? [] : [say.atLeast(minimum)]),
    ...(maximum === undefined ? [] : [say.atMost(maximum)]),
    ...(minLength === undefined ? [] : [say.atLeast(unit(minLength))]),
    ...(maxGraphemes === undefined ? [] : [say.atMost(say.letters(maxGraphemes))]),
    ...(maxLength === undefined ? [] : [say.atMost(unit(maxLength))]),
    ...(maxSize === undefined ? [] : [say.atMost(say.bytes(maxSize))]),
    ...(accept ? [say.accepted(accept.join(', '))] : []),
    ...(knownValues ? [say.knownValues(knownValues.join(', '))] : []),
    ...(type === 'array' && items && items.type !== 'array' ? boundsOf(items) : []),
  ];
}

/** Marks of code in a description, and names of lexicons that are told here. */
export function Described({ text, methods }: { text: string | undefined; methods: readonly Answered[] }) {
  if (!text) return null;
  const parts = text.split(/(`[^`]+`|club\.commonplace(?:\.\w+)+(?:#\w+)?)/);
  return (
    <p>
      {parts.map((part) => {
        if (part.startsWith('`')) return <code>{part.slice(1, -1)}</code>;
        if (!part.startsWith('club.commonplace.')) return part;
        const [id = '', name] = part.split('#');
        return <Named id={id} {...(name ? { name } : {})} methods={methods} />;
      })}
    </p>
  );
}
