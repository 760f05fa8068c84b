// The fields of an object in a lexicon: what each is called, what it holds, and whether it must be there.
import { say } from '../messages.ts';
import type { Answered, Schema } from './documents.ts';
import { boundsOf, Described, TypeOf } from './words.tsx';

interface FieldsProps {
  schema: Schema;
  from: string;
  methods: readonly Answered[];
}

/** The object that is meant, also where it is a list's item; null where there are no fields to tell. */
const objectIn = (schema: Schema): Schema | null =>
  schema.properties ? schema : schema.type === 'array' && schema.items ? objectIn(schema.items) : null;

export function Fields({ schema, from, methods }: FieldsProps) {
  const object = objectIn(schema);
  const fields = Object.entries(object?.properties ?? {});
  if (fields.length === 0) {
    return (
      <p>
        {schema.type === 'object' || schema.type === 'params' ? (
          say.nothing
        ) : (
          <TypeOf schema={schema} from={from} methods={methods} />
        )}
      </p>
    );
  }
  return (
    <dl>
      {fields.map(([name, field]) => (
        <Field
          name={name}
          field={field}
          isRequired={object?.required?.includes(name) === true}
          from={from}
          methods={methods}
        />
      ))}
    </dl>
  );
}

interface FieldProps extends Omit<FieldsProps, 'schema'> {
  name: string;
  field: Schema;
  isRequired: boolean;
}

function Field({ name, field, isRequired, from, methods }: FieldProps) {
  const bounds = boundsOf(field);
  return (
    <>
      <dt>
        <code>{name}</code>{' '}
        <span class="hint">
          <TypeOf schema={field} from={from} methods={methods} />
          {isRequired && `, ${say.required}`}
        </span>
      </dt>
      <dd>
        <Described text={field.description} methods={methods} />
        {bounds.length > 0 && <p class="hint">{bounds.join('; ')}</p>}
        {objectIn(field) && <Fields schema={field} from={from} methods={methods} />}
      </dd>
    </>
  );
}
