// Words for the reference of the API, a part of the catalogue in ../messages.ts.
import type { Asker } from '../../domain/viewer.ts';
import { counted } from './counted.ts';

const kinds: Record<string, string> = {
  record: 'Record',
  query: 'Query',
  procedure: 'Procedure',
  subscription: 'Stream',
};

const types: Record<string, string> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list',
  object: 'object',
  blob: 'file',
  unknown: 'anything',
  union: 'one of several',
  did: 'DID',
  handle: 'handle',
  'at-identifier': 'DID or handle',
  'at-uri': 'AT-URI',
  cid: 'CID',
  datetime: 'date and time',
  language: 'language tag',
  nsid: 'NSID',
  'record-key': 'record key',
  tid: 'TID',
  uri: 'address (URI)',
};

const askers: Record<Asker, string> = {
  anyone:
    'Anybody may ask, without saying who they are. Whoever does say it, through their own PDS or with a service JWT, is also told ' +
    'of private spaces that they are inside.',
  viewer:
    'Only who says who they are: through their own PDS, which passes on what is sent with the header atproto-proxy, or with a ' +
    'service JWT that their PDS made for this one method.',
  session:
    'Only who is signed in at a site of this instance, from a page of that site: it is written to their own repository, and a service ' +
    'that is only asked through a PDS cannot write there. Others are refused with SessionRequired, and write the record themselves.',
  source:
    'Anybody, where the space limits no other instance; else only instances that it names, with a service JWT signed with the ' +
    '#atproto key of their did:web. A private space is given to nobody.',
  operator: 'Only the operator of the instance, with its admin token.',
};

export const docs = {
  api: 'API',
  apiTitle: 'The API',
  apiText:
    'Everything that the pages of this instance show and do can be asked for and done by any client, in the XRPC of the AT Protocol. ' +
    'Members write their records themselves, to their own repositories; the methods read what belongs to a space, and do what is no record.',
  apiService: 'Clients reach this instance through the account’s own PDS with',
  apiLimits:
    'What writes is limited for each account and each address. Answers tell how much is left in RateLimit-Limit, RateLimit-Remaining, ' +
    'RateLimit-Reset and RateLimit-Policy; whoever is refused with 429 is told in Retry-After how long to wait.',
  apiErrors:
    'An error is an answer with error, its name, and message, a sentence for people. Beside those that a method names there is InvalidRequest.',
  apiDescription: (id: string) => `${id} in the reference of the API.`,
  apiKind: (type: string) => kinds[type] ?? 'Definitions',
  apiType: (name: string) => types[name] ?? name,
  listOf: (what: string) => `list of ${what}`,
  whoMayAsk: 'Who may ask',
  askedBy: (asker: Asker) => askers[asker],
  whoWrites: 'Who writes it',
  writtenBy:
    'Its author, to the author’s own repository. Records of club.commonplace.space are the group’s, and belong in the repository of the group account.',
  parameters: 'Parameters',
  input: 'Input',
  output: 'Output',
  messages: 'Messages',
  fields: 'Fields',
  errors: 'Errors',
  example: 'Example',
  withCurl: 'With curl',
  withClient: 'With @atproto/api, through one’s own PDS',
  withScript: 'From a page of the site',
  withStream: 'With @skyware/jetstream',
  required: 'required',
  encodedAs: (encoding: string) => `As ${encoding}.`,
  nothing: 'Nothing.',
  byDefault: (value: string) => `${value} where it is not given`,
  atLeast: (value: number | string) => `at least ${value}`,
  atMost: (value: number | string) => `at most ${value}`,
  letters: counted('letter', 'letters'),
  bytes: counted('byte', 'bytes'),
  items: counted('item', 'items'),
  knownValues: (values: string) => `known are ${values}`,
  accepted: (types: string) => `of type ${types}`,
  recordKey: 'Record key',
  orOthers: 'or what comes later',
};
