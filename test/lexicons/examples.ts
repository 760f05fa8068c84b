// One example of every record of club.commonplace, as JSON: the form in which a PDS and Jetstream give it.
// `full` has every field, `minimal` only those that the schema requires.
import { app, club, com } from '../../src/lexicons/index.ts';

const { commonplace } = club;

export type JsonRecord = { $type: string } & { [field: string]: unknown };

export interface Example {
  rkey: string;
  full: JsonRecord;
  minimal: JsonRecord;
}

export const spaceDid = 'did:plc:z72i7hdynmk6r22z27h6tvur';
export const memberDid = 'did:plc:44ybard66vv44zksje25o7dz';
export const recordCid = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
export const blobCid = 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy';
export const createdAt = '2026-11-20T10:00:00.000Z';
export const rkey = '3me3b3rcagm22';

export const strongRef = (collection: string, key = rkey, did = memberDid) => ({
  uri: `at://${did}/${collection}/${key}`,
  cid: recordCid,
});

export const blob = (mimeType = 'image/jpeg', size = 120_000) => ({
  $type: 'blob',
  ref: { $link: blobCid },
  mimeType,
  size,
});

export const image = {
  image: blob(),
  alt: 'A lighthouse in fog, its lamp a pale disc.',
  aspectRatio: { width: 1600, height: 900 },
};

const selfLabels = { $type: com.atproto.label.defs.selfLabels.$type, values: [{ val: 'graphic-media' }] };

const story: Example = {
  rkey,
  full: {
    $type: commonplace.story.$type,
    space: spaceDid,
    title: 'The keeper of the lamp',
    text: 'The lamp went out at *four*.\n\nNobody on the #island noticed.',
    facets: [
      {
        index: { byteStart: 44, byteEnd: 51 },
        features: [{ $type: app.bsky.richtext.facet.tag.$type, tag: 'island' }],
      },
    ],
    section: 'stories',
    summary: 'A lamp goes out, and nobody notices.',
    images: [image],
    tags: ['fiction', 'sea'],
    labels: selfLabels,
    feedback: 'critique',
    langs: ['en', 'pt-BR'],
    createdAt,
  },
  minimal: {
    $type: commonplace.story.$type,
    space: spaceDid,
    title: 'Untitled',
    text: '',
    createdAt,
  },
};

const topic: Example = {
  rkey,
  full: {
    $type: commonplace.topic.$type,
    space: spaceDid,
    title: '次の集まりはいつですか',
    text: 'Saturday or #Sunday?',
    facets: [
      {
        index: { byteStart: 12, byteEnd: 19 },
        features: [{ $type: app.bsky.richtext.facet.tag.$type, tag: 'Sunday' }],
      },
    ],
    section: 'talk',
    summary: 'Finding a date.',
    images: [image],
    tags: ['meeting'],
    labels: selfLabels,
    langs: ['ja', 'en'],
    createdAt,
  },
  minimal: { $type: commonplace.topic.$type, space: spaceDid, title: 'Hello', text: 'Hello all.', createdAt },
};

const reply: Example = {
  rkey: '3me3b3rcagn22',
  full: {
    $type: commonplace.reply.$type,
    space: spaceDid,
    root: strongRef(commonplace.story.$type),
    parent: strongRef(commonplace.reply.$type, '3me3b3rcagl22'),
    text: 'see https://example.com',
    facets: [
      {
        index: { byteStart: 4, byteEnd: 23 },
        features: [{ $type: app.bsky.richtext.facet.link.$type, uri: 'https://example.com' }],
      },
    ],
    images: [image],
    labels: selfLabels,
    langs: ['en'],
    createdAt,
  },
  minimal: {
    $type: commonplace.reply.$type,
    space: spaceDid,
    root: strongRef(commonplace.story.$type),
    parent: strongRef(commonplace.story.$type),
    text: 'I noticed.',
    createdAt,
  },
};

const likeRecord: JsonRecord = {
  $type: commonplace.like.$type,
  space: spaceDid,
  subject: strongRef(commonplace.story.$type),
  createdAt,
};
const like: Example = { rkey: '3me3b3rcago22', full: likeRecord, minimal: likeRecord };

const crosspost: Example = {
  rkey: '3me3b3rcagp22',
  full: {
    $type: commonplace.crosspost.$type,
    space: spaceDid,
    subject: strongRef('app.bsky.feed.post'),
    note: 'From outside, but it belongs here.',
    section: 'talk',
    langs: ['en'],
    createdAt,
  },
  minimal: {
    $type: commonplace.crosspost.$type,
    space: spaceDid,
    subject: strongRef(commonplace.story.$type),
    createdAt,
  },
};

const joinRecord: JsonRecord = { $type: commonplace.actor.join.$type, space: spaceDid, createdAt };
const join: Example = { rkey: spaceDid, full: joinRecord, minimal: joinRecord };

const subscriptionRecord: JsonRecord = { $type: commonplace.actor.subscription.$type, space: spaceDid, createdAt };
const subscription: Example = { rkey: spaceDid, full: subscriptionRecord, minimal: subscriptionRecord };

const profile: Example = {
  rkey: 'self',
  full: {
    $type: commonplace.space.profile.$type,
    space: spaceDid,
    displayName: 'Seattle Scribblers',
    description: 'Short stories, read with care.',
    avatar: blob('image/png', 40_000),
    banner: blob('image/webp', 400_000),
    url: 'https://scribblers.example.com',
    joinPolicy: 'approval',
    postPolicy: 'members',
    visibility: 'public',
    allowExternalDiscovery: true,
    allowedInstances: ['did:web:instance.example.com'],
    sections: [
      { id: 'stories', name: 'Stories', collections: [commonplace.story.$type], description: 'What we write.' },
      { id: 'talk', name: 'Talk', collections: [commonplace.topic.$type, commonplace.crosspost.$type] },
    ],
    collections: [
      { collection: 'social.coves.post', rule: 'field', path: 'community' },
      { collection: 'com.example.rsvp', rule: 'reference', path: 'subject.uri' },
      { collection: 'com.example.badge', rule: 'rkey' },
    ],
    labelers: [
      { did: 'did:web:labels.example.com', mode: 'mandatory' },
      { did: 'did:plc:ar7c4by46qjdydhdevvrndac', mode: 'default' },
    ],
    relayTakedowns: 'follow',
    owner: spaceDid,
    createdBy: memberDid,
    hostedBy: 'did:web:instance.example.com',
    previousHost: 'did:web:old.example.com',
    recommendedPds: ['https://pds.example.com'],
    langs: ['en'],
    createdAt,
  },
  minimal: {
    $type: commonplace.space.profile.$type,
    space: spaceDid,
    displayName: 'Lynx',
    joinPolicy: 'open',
    createdAt,
  },
};

const theme: Example = {
  rkey: 'self',
  full: {
    $type: commonplace.space.theme.$type,
    space: spaceDid,
    light: {
      accent: '#0a5c36',
      background: '#ffffff',
      surface: '#f4f1ea',
      text: '#1a1a1a',
      muted: '#5a5a5a',
      border: '#d8d4cb',
    },
    dark: { accent: '#7fd1a4', background: '#101311' },
    font: 'serif',
    radius: 8,
    width: 'narrow',
    createdAt,
  },
  minimal: { $type: commonplace.space.theme.$type, space: spaceDid },
};

const rule: Example = {
  rkey,
  full: {
    $type: commonplace.space.rule.$type,
    space: spaceDid,
    title: 'Be kind',
    text: 'Criticise the text, not its author.',
    order: 0,
  },
  minimal: { $type: commonplace.space.rule.$type, space: spaceDid, title: 'No spam', text: 'None.' },
};

const role: Example = {
  rkey: 'steward',
  full: {
    $type: commonplace.space.role.$type,
    space: spaceDid,
    displayName: 'Steward',
    description: 'Looks after the club.',
  },
  minimal: { $type: commonplace.space.role.$type, space: spaceDid, displayName: 'Reader' },
};

const permissions: Example = {
  rkey: 'self',
  full: {
    $type: commonplace.space.permissions.$type,
    space: spaceDid,
    roles: [
      {
        role: 'steward',
        actions: ['space.configure', 'group.act', 'role.assign', 'eject', 'admit', 'takedown'],
        assignable: ['steward', 'reader'],
      },
      { role: 'reader', actions: ['post'], assignable: [] },
    ],
    defaultRoles: ['reader'],
  },
  minimal: { $type: commonplace.space.permissions.$type, space: spaceDid, roles: [], defaultRoles: [] },
};

const membershipRecord: JsonRecord = {
  $type: commonplace.space.membership.$type,
  space: spaceDid,
  member: memberDid,
  roles: ['reader'],
  createdAt,
};
const membership: Example = { rkey: memberDid, full: membershipRecord, minimal: { ...membershipRecord, roles: [] } };

const curated = { space: spaceDid, subject: strongRef(commonplace.story.$type), createdAt };

const pin: Example = {
  rkey,
  full: {
    $type: commonplace.space.pin.$type,
    ...curated,
    order: 1,
    note: 'Read this first.',
    until: '2026-12-20T10:00:00.000Z',
  },
  minimal: { $type: commonplace.space.pin.$type, ...curated },
};

const lock: Example = {
  rkey,
  full: { $type: commonplace.space.lock.$type, ...curated, reason: 'heated', note: 'Let us sleep on it.' },
  minimal: { $type: commonplace.space.lock.$type, ...curated },
};

const feature: Example = {
  rkey,
  full: {
    $type: commonplace.space.feature.$type,
    ...curated,
    note: 'Story of the month.',
    until: '2026-12-20T10:00:00.000Z',
  },
  minimal: { $type: commonplace.space.feature.$type, ...curated },
};

export const examples = {
  story,
  topic,
  reply,
  like,
  crosspost,
  join,
  subscription,
  profile,
  theme,
  rule,
  role,
  permissions,
  membership,
  pin,
  lock,
  feature,
};
