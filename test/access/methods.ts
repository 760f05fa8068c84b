/**
 * Who may ask which method: a line for each, which the table test really asks as everybody there is, of each kind of space. A new
 * method needs a line here.
 */
import type { Action } from '../../src/domain/roles.ts';
import type { Person, Place } from './people.ts';

type Who = (person: Person, place: Place) => boolean;

/** Outcomes are a status, the name of the error, and what was done. */
export interface MethodRule {
  /** Of those who may read the space. */
  who: Who;
  /** To them; `200` where it says nothing. */
  yes?: string;
  /** To them of a space that is paused, where that is another. */
  paused?: string;
  /** To all others; `401 AuthenticationRequired` where it says nothing. */
  no?: string;
  /** To all who ask of a private space without being inside; as if it were not of a space where it says nothing. */
  shut?: string;
  params?(place: Place): Record<string, string>;
  input?(place: Place): object;
}

const anybody: Who = () => true;
const signedIn: Who = ({ did }) => did !== null;
const isOperator: Who = ({ name }) => name === 'operator';

const ofSpace = ({ space }: Place) => ({ space });
const ofStory = ({ story: uri }: Place) => ({ uri });
const NO_SPACE = '400 SpaceNotFound';
const NO_POST = '400 PostNotFound';

const reads: MethodRule = { who: anybody, shut: NO_SPACE, params: ofSpace };
/** The account's own server is asked, which here is always away. */
const writes: MethodRule = { who: signedIn, yes: '502 UpstreamFailure write', shut: NO_SPACE, input: ofSpace };
const operates = (done: string, input?: MethodRule['input']): MethodRule => ({
  ...{ who: isOperator, yes: `200${done && ` ${done}`}` },
  ...(input ? { input } : {}),
});

const may =
  (...actions: Action[]): Who =>
  ({ actions: has }) =>
    actions.some((action) => has.has(action));
/** Nobody has connected the group account: whoever may is told so. */
const actsAs = (who: Who, more: Partial<MethodRule> = {}): MethodRule => ({
  ...{ who, shut: NO_SPACE, yes: '400 GroupNotConnected', no: '403 NotPermitted', paused: '403 NotPermitted' },
  ...more,
});
const byGroup = (collection: string, rkey: string, record: (place: Place) => object) => (place: Place) => ({
  ...{ repo: place.space, collection: `club.commonplace.space.${collection}`, rkey },
  record: { $type: `club.commonplace.space.${collection}`, space: place.space, ...record(place) },
});
const theme = byGroup('theme', 'self', () => ({}));

export const METHOD_RULES: Record<string, MethodRule> = {
  'actor.getMembership': { ...reads, who: signedIn },
  'actor.joinSpace': { ...writes, paused: '403 NotPermitted' },
  'actor.leaveSpace': writes,
  'feed.getFeed': reads,
  'feed.getPost': { ...reads, shut: NO_POST, params: ofStory },
  'feed.getThread': { ...reads, shut: NO_POST, params: ofStory },
  'feed.searchPosts': { ...reads, params: ({ space }) => ({ space, q: 'whispered' }) },
  'space.getSpace': reads,
  'space.listSpaces': { who: anybody },
  'space.searchSpaces': { who: anybody, params: () => ({ q: 'the' }) },
  'sync.getStatus': reads,
  'sync.listRecords': {
    // Whoever copies a space copies it for others: a private one is given to nobody.
    ...{ who: (_, { kind }) => kind !== 'private', no: NO_SPACE, shut: NO_SPACE },
    params: ({ space }) => ({ space, collection: 'club.commonplace.story' }),
  },
  'sync.listReposBySpace': { who: (_, { kind }) => kind !== 'private', no: NO_SPACE, shut: NO_SPACE, params: ofSpace },
  'sync.verifyRecord': { ...reads, yes: '429 RateLimitExceeded', shut: '400 RecordNotFound', params: ofStory },
  'group.createRecord': actsAs(may('group.act'), {
    input: ({ space: repo }) => ({
      ...{ repo, collection: 'app.bsky.feed.post' },
      record: { $type: 'app.bsky.feed.post', text: 'x', createdAt: '2026-01-01T00:00:00Z' },
    }),
  }),
  'group.putRecord': actsAs(may('space.configure'), { input: theme }),
  'group.deleteRecord': actsAs(may('mod.resolve'), {
    input: ({ space: repo }) => ({ repo, collection: 'club.commonplace.space.lock', rkey: '3kaaaaaaaaaaa' }),
  }),
  'group.applyWrites': actsAs(may('group.configure'), {
    input: ({ space }) => ({
      repo: space,
      writes: [
        {
          ...{ $type: 'com.atproto.repo.applyWrites#create', collection: 'club.commonplace.space.role', rkey: 'x' },
          value: { $type: 'club.commonplace.space.role', space, displayName: 'X' },
        },
      ],
    }),
  }),
  'group.uploadBlob': {
    ...actsAs(may('space.configure', 'group.act'), { params: ({ space: repo }) => ({ repo }), input: () => ({}) }),
    paused: '400 GroupNotConnected',
  },
  'group.getServiceAuth': actsAs(may('group.act'), {
    paused: '400 GroupNotConnected',
    params: ({ space: repo }) => ({
      ...{ repo, aud: 'did:web:labeler.example', lxm: 'com.atproto.moderation.createReport' },
    }),
  }),
  'group.listLog': { who: may('group.configure', 'mod.read'), no: '403 NotPermitted', shut: NO_SPACE, params: ofSpace },
  'admin.addSpace': {
    ...{ who: isOperator, yes: '400 InvalidHost' },
    input: ({ space }) => ({ subject: space, hosts: ['instance.example'] }),
  },
  'admin.listSpaces': operates(''),
  'admin.setSpace': operates('addSpace', ({ space, host }) => ({ space, hosts: [host] })),
  'admin.removeSpace': operates('removeSpace', ofSpace),
  'admin.startBackfill': operates('operate', ofSpace),
  'admin.getBackfill': operates(''),
  'admin.cancelBackfill': operates('operate', ofSpace),
  'admin.getMedia': operates(''),
  'admin.sweepMedia': operates('operate'),
  'admin.block': operates('operate', ({ story: subject }) => ({ subject, why: 'x' })),
  'admin.unblock': { ...operates('operate', ({ story: subject }) => ({ subject })), yes: '400 NotFound operate' },
  'admin.listBlocks': operates(''),
  'admin.createFoundingCode': operates('', () => ({})),
  'admin.setFounder': operates('', ({ space: subject }) => ({ subject, approved: false })),
  'admin.listFounders': operates(''),
};
