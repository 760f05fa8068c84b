// The reference of the API: what there is, and a page for each lexicon.
import type { Child } from 'hono/jsx';
import { say } from '../messages.ts';
import { type Called, client, curl, script, written } from './calls.ts';
import { type Answered, type Body, byNamespace, type Document, type Schema } from './documents.ts';
import { exampleQuery } from './example.ts';
import { Fields } from './fields.tsx';
import { Described, docPath } from './words.tsx';

export interface DocsProps {
  methods: readonly Answered[];
  origin: string;
  service: string;
}

export const ApiIndex = ({ methods, service }: DocsProps) => (
  <div class="reading prose api">
    <h1>{say.apiTitle}</h1>
    <p>{say.apiText}</p>
    <p>
      {say.apiService} <code>atproto-proxy: {service}</code>.
    </p>
    <p>{say.apiErrors}</p>
    <p>{say.apiLimits}</p>
    {byNamespace(methods).map(([namespace, documents]) => (
      <section aria-labelledby={namespace}>
        <h2 id={namespace}>{namespace}</h2>
        <dl>{documents.map(IndexLine)}</dl>
      </section>
    ))}
  </div>
);

const IndexLine = ({ id, defs: { main } }: Document) => (
  <>
    <dt>
      <a href={docPath(id)}>
        <code>{id.slice(id.lastIndexOf('.') + 1)}</code>
      </a>{' '}
      <span class="hint">{say.apiKind(main?.type ?? '')}</span>
    </dt>
    <dd>{firstSentence(main?.description)}</dd>
  </>
);

const firstSentence = (text = ''): string => (/^.*?[.:](?= |$)/.exec(text)?.[0] ?? text).replace(/:$/, '.');

interface PageProps extends DocsProps {
  document: Document;
}

export function ApiPage({ document, ...docs }: PageProps) {
  const { id, defs } = document;
  const { main, ...others } = defs;
  return (
    <div class="reading prose api">
      <p class="hint">
        <a href="/docs/api">{say.apiTitle}</a> · {say.apiKind(main?.type ?? '')}
      </p>
      <h1>
        <code>{breakable(id)}</code>
      </h1>
      {main && <Main id={id} main={main} {...docs} />}
      {Object.entries(others).map(([name, schema]) => (
        <section aria-labelledby={name}>
          <h2 id={name}>
            <code>#{name}</code>
          </h2>
          <Described text={schema.description} methods={docs.methods} />
          <Fields schema={schema} from={id} methods={docs.methods} />
        </section>
      ))}
    </div>
  );
}

/** Long names may go on in the next line after a dot. */
const breakable = (id: string): Child =>
  id.split('.').map((part, i) =>
    i === 0 ? (
      part
    ) : (
      <>
        .<wbr />
        {part}
      </>
    ),
  );

interface MainProps extends DocsProps {
  id: string;
  main: Schema;
}

function Main(props: MainProps) {
  const { id, main, methods } = props;
  if (main.type === 'record') return <RecordText {...props} />;
  const asker = methods.find(({ nsid }) => nsid === id)?.asker ?? 'source';
  const isMethod = main.type === 'query' || main.type === 'procedure';
  if (!isMethod && main.type !== 'subscription') {
    return (
      <>
        <Described text={main.description} methods={methods} />
        <Fields schema={main} from={id} methods={methods} />
      </>
    );
  }
  return (
    <>
      <Described text={main.description} methods={methods} />
      <h2>{say.whoMayAsk}</h2>
      <p>{say.askedBy(asker)}</p>
      {main.parameters && <Part title={say.parameters} schema={main.parameters} {...props} />}
      {main.input && <BodyText title={say.input} body={main.input} {...props} />}
      {main.output && <BodyText title={say.output} body={main.output} {...props} />}
      {main.message && <Part title={say.messages} schema={main.message.schema} {...props} />}
      <Errors {...props} />
      <h2>{say.example}</h2>
      {isMethod ? <Calls {...props} asker={asker} /> : <Stream {...props} />}
    </>
  );
}

const Part = ({ title, schema, id, methods }: MainProps & { title: string; schema: Schema }) => (
  <>
    <h2>{title}</h2>
    <Fields schema={schema} from={id} methods={methods} />
  </>
);

const BodyText = ({ title, body, id, methods }: MainProps & { title: string; body: Body }) => (
  <>
    <h2>{title}</h2>
    <p>{say.encodedAs(body.encoding)}</p>
    <Described text={body.description} methods={methods} />
    {body.schema && <Fields schema={body.schema} from={id} methods={methods} />}
  </>
);

const RecordText = ({ id, main, methods }: MainProps) => (
  <>
    <Described text={main.description} methods={methods} />
    <h2>{say.whoWrites}</h2>
    <p>{say.writtenBy}</p>
    <p>
      {say.recordKey}: <code>{main.key}</code>
    </p>
    <h2>{say.fields}</h2>
    {main.record && <Fields schema={main.record} from={id} methods={methods} />}
    <h2>{say.example}</h2>
    <Code title={say.withClient}>{written(id, main)}</Code>
  </>
);

const Errors = ({ main: { errors = [] }, methods }: MainProps) =>
  errors.length === 0 ? null : (
    <>
      <h2>{say.errors}</h2>
      <dl>
        {errors.map(({ name, description }) => (
          <>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <Described text={description} methods={methods} />
            </dd>
          </>
        ))}
      </dl>
    </>
  );

const Calls = (call: Called) => (
  <>
    <Code title={say.withCurl}>{curl(call)}</Code>
    <Code title={say.withClient}>{client(call)}</Code>
    <Code title={say.withScript}>{script(call)}</Code>
  </>
);

function Stream({ id, main, origin }: MainProps) {
  const endpoint = `${origin.replace(/^http/, 'ws')}/subscribe?${exampleQuery(id, main)}`;
  const lines = [
    `import { Jetstream } from '@skyware/jetstream';`,
    '',
    `const jetstream = new Jetstream({ endpoint: '${endpoint}' });`,
    `jetstream.onCreate('club.commonplace.story', ({ did, commit }) => console.log(did, commit.record));`,
    'jetstream.start();',
  ];
  return <Code title={say.withStream}>{lines.join('\n')}</Code>;
}

const Code = ({ title, children }: { title: string; children: Child }) =>
  children === null ? null : (
    <>
      <h3>{title}</h3>
      <pre>
        <code>{children}</code>
      </pre>
    </>
  );
