/**
 * Who may ask which method: a line for each, which the table test really asks as everybody there is, of each kind of space. A new
 * method needs a line here.
 */
import type { Person, Place } from './people.ts';

type Who = (person: Person, place: Place) => boolean;

/** Outcomes are a status, the name of the error, and what was done. */
export interface MethodRule {
  /** Of those who may read the space. */
  who: Who;
  /** Of those the ones who may do it; all where it says nothing. To the others it is `403 NotPermitted`. */
  may?: Who;
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

const somebody = () => ({ actor: 'did:plc:zzzzzzzzzzzzzzzzzzzzzzzz' });

const reads: MethodRule = { who: anybody, shut: NO_SPACE, params: ofSpace };
/** The account's own server is asked, which here is always away. */
const writes: MethodRule = { who: signedIn, yes: '502 UpstreamFailure write', shut: NO_SPACE, input: ofSpace };
const operates = (done: string, input?: MethodRule['input']): MethodRule => ({
  ...{ who: isOperator, yes: `200${done && ` ${done}`}` },
  ...(input ? { input } : {}),
});

export const METHOD_RULES: Record<string, MethodRule> = {
  'actor.getMembership': { ...reads, who: signedIn },
  'actor.listMutes': { who: signedIn },
  'actor.muteActor': { who: signedIn, input: somebody },
  'actor.unmuteActor': { who: signedIn, input: somebody },
  'actor.joinSpace': { ...writes, paused: '403 NotPermitted' },
  'actor.leaveSpace': writes,
  'draft.listDrafts': { ...reads, who: signedIn, yes: '200 drafts' },
  'draft.getDraft': { who: signedIn, yes: '400 RecordNotFound drafts', params: () => ({ id: 'none' }) },
  'draft.putDraft': {
    ...{ who: signedIn, may: ({ actions }) => actions.has('post'), yes: '200 drafts', shut: NO_SPACE },
    input: ({ space }) => ({ space, record: { $type: 'club.commonplace.story' } }),
  },
  'draft.deleteDraft': { who: signedIn, yes: '200 drafts', input: () => ({ id: 'none' }) },
  'feed.getFeed': reads,
  'feed.getPost': { ...reads, shut: NO_POST, params: ofStory },
  'feed.getThread': { ...reads, shut: NO_POST, params: ofStory },
  'feed.muteThread': { who: signedIn, shut: NO_POST, input: ({ story: root }) => ({ root }) },
  'feed.unmuteThread': { who: signedIn, input: ({ story: root }) => ({ root }) },
  'feed.listVersions': { ...reads, shut: NO_POST, params: ofStory },
  'feed.searchPosts': { ...reads, params: ({ space }) => ({ space, q: 'whispered' }) },
  'notification.listNotifications': { ...reads, who: signedIn },
  'notification.getUnreadCount': { ...reads, who: signedIn },
  'notification.updateSeen': {
    ...{ who: signedIn, shut: NO_SPACE },
    input: ({ space }) => ({ space, seenAt: '2026-01-01T00:00:00.000Z' }),
  },
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
};
