// How a method is called: with curl, and with `@atproto/api`.
import type { JsonObject } from '../../domain/model.ts';
import type { Asker } from '../../domain/viewer.ts';
import type { Body, Schema } from './documents.ts';
import { exampleOf, exampleQuery, exampleRecord } from './example.ts';

export interface Called {
  id: string;
  main: Schema;
  asker: Asker;
  /** Where the reader is. */
  origin: string;
  /** What their PDS is told: whom to ask. */
  service: string;
}

const pathOf = ({ id, main }: Called): string => {
  const query = String(exampleQuery(id, main)).replaceAll('%3A', ':').replaceAll('%2F', '/');
  return `/xrpc/${id}${query && `?${query}`}`;
};

const isPost = ({ main }: Called): boolean => main.type === 'procedure';

function bodyOf({ id, main: { input } }: Called): string | null {
  return input?.schema ? JSON.stringify(exampleOf(input.schema, id), null, 2) : null;
}

/** Whoever takes any type wants to be told which. */
const typeOf = ({ encoding }: Body): string => (encoding === '*/*' ? 'image/png' : encoding);

const PDS = 'https://your.pds.example';

/** Null where only a page of the site itself may call. */
export function curl(call: Called): string | null {
  const { asker, origin, service } = call;
  if (asker === 'session') return null;
  const through = asker === 'viewer' ? PDS : origin;
  const headers = [
    ...(asker === 'operator' ? ['authorization: Bearer $ADMIN_TOKEN'] : []),
    ...(asker === 'viewer' ? ['authorization: Bearer $ACCESS_TOKEN', `atproto-proxy: ${service}`] : []),
    ...(call.main.input ? [`content-type: ${typeOf(call.main.input)}`] : []),
  ];
  const body = bodyOf(call);
  const parts = [
    `curl${isPost(call) ? ' -X POST' : ''} "${through}${pathOf(call)}"`,
    ...headers.map((header) => `-H "${header}"`),
    ...(body ? [`-d '${body}'`] : []),
    ...(call.main.input && !body ? ['--data-binary @file'] : []),
  ];
  return parts.join(' \\\n  ');
}

/** Null for what is not asked through one's own PDS. */
export function client(call: Called): string | null {
  const { asker, service } = call;
  if (asker !== 'viewer' && asker !== 'anyone') return null;
  const body = bodyOf(call);
  const lines = [
    ...(isPost(call) ? [`  method: 'POST',`] : []),
    `  headers: {`,
    `    'atproto-proxy': '${service}',`,
    ...(call.main.input ? [`    'content-type': '${typeOf(call.main.input)}',`] : []),
    '  },',
    ...(body ? [`  body: JSON.stringify(${body.replaceAll('\n', '\n  ')}),`] : []),
    ...(call.main.input && !body ? ['  body: bytes,'] : []),
  ];
  return `${LOGIN}\nconst answer = await agent.fetchHandler('${pathOf(call)}', {\n${lines.join('\n')}\n});\nconsole.log(await answer.json());`;
}

/** From a page of the site itself. */
export function script(call: Called): string | null {
  if (call.asker !== 'session') return null;
  const body = bodyOf(call) ?? '{}';
  return `const answer = await fetch('${pathOf(call)}', {\n  method: 'POST',\n  headers: { 'content-type': 'application/json' },\n  body: JSON.stringify(${body.replaceAll('\n', '\n  ')}),\n});`;
}

const LOGIN = `import { AtpAgent } from '@atproto/api';

const agent = new AtpAgent({ service: '${PDS}' });
await agent.login({ identifier: 'ada.example.com', password: process.env.APP_PASSWORD });
`;

/** Writing a record to one's own repository. */
export function written(id: string, main: Schema): string {
  const record: JsonObject = exampleRecord(id, main);
  const rkey = main.key?.startsWith('literal:') ? main.key.slice(8) : null;
  const lines = [
    `  repo: agent.assertDid,`,
    `  collection: '${id}',`,
    ...(rkey ? [`  rkey: '${rkey}',`] : main.key === 'tid' ? [] : [`  rkey: 'did:plc:abcdefghijklmnopqrstuvwx',`]),
    `  record: ${JSON.stringify(record, null, 2).replaceAll('\n', '\n  ')},`,
  ];
  const act = main.key === 'tid' ? 'createRecord' : 'putRecord';
  return `${LOGIN}\nawait agent.com.atproto.repo.${act}({\n${lines.join('\n')}\n});`;
}
