// Spaces as answers show them.
import type {
  AtUriString,
  DatetimeString,
  DidString,
  HandleString,
  LanguageString,
  NsidString,
  RecordKeyString,
  UriString,
} from '@atproto/lex';
import { isValidDatetime, isValidLanguage } from '@atproto/syntax';
import { NSID } from '../domain/collections.ts';
import type { Role, Rule, Section, Space, SpaceDetails } from '../domain/model.ts';
import { clip } from '../domain/text.ts';
import { makeUri } from '../domain/uri.ts';
import type * as Defs from '../lexicons/club/commonplace/space/defs.ts';
import { type Base, hostOf, originOf } from './address.ts';
import { datetime } from './time.ts';

const MAX_DESCRIPTION = 2000;

const commonFields = (space: Space, base: Base): Omit<Defs.SpaceView, '$type'> => ({
  did: space.did as DidString,
  ...(space.handle === null ? {} : { handle: space.handle as HandleString }),
  host: hostOf(space, base),
  url: `${originOf(space, base)}/` as UriString,
  displayName: space.displayName,
  ...(space.description === '' ? {} : { description: clip(space.description, MAX_DESCRIPTION) }),
  joinPolicy: space.joinPolicy,
  visibility: space.visibility,
  roster: space.roster,
  ...(space.roster === 'private' ? {} : { memberCount: space.members }),
  postCount: space.posts,
  ...(isDatetime(space.createdAt) ? { createdAt: space.createdAt } : {}),
  indexedAt: datetime(space.addedAt),
});

export const spaceView = (space: Space, base: Base): Defs.SpaceView => commonFields(space, base);

const isDatetime = (value: string | null): value is DatetimeString => value !== null && isValidDatetime(value);

export const spaceViewDetailed = (space: SpaceDetails, base: Base): Defs.SpaceViewDetailed => ({
  ...commonFields(space, base),
  ...(space.joinQuestions.length > 0 ? { joinQuestions: space.joinQuestions } : {}),
  postPolicy: space.policy.postPolicy,
  replyCount: space.replies,
  sections: space.policy.sections.map(sectionView),
  rules: space.rules.slice(0, 200).map(ruleView),
  roles: space.roles.slice(0, 100).map((role) => roleView(space, role)),
  labelers: space.labelers.slice(0, 20).map(({ did, mode }) => ({ did: did as DidString, mode })),
  ...(space.langs.length > 0 ? { langs: space.langs.filter(isLanguage).slice(0, 3) } : {}),
  ...(space.url === null ? {} : { externalUrl: space.url as UriString }),
  ...(space.owner === null ? {} : { owner: space.owner as DidString }),
  ...(space.createdBy === null ? {} : { createdBy: space.createdBy as DidString }),
  ...(space.hostedBy === null ? {} : { hostedBy: space.hostedBy as DidString }),
  ...(space.previousHost === null ? {} : { previousHost: space.previousHost as DidString }),
});

const isLanguage = (value: string): value is LanguageString => isValidLanguage(value);

const sectionView = ({ id, name, collections, description }: Section): Defs.Section => ({
  ...{ id, name, collections: collections as NsidString[] },
  ...(description === undefined ? {} : { description }),
});

const ruleView = ({ uri, title, text }: Rule): Defs.RuleView => ({ uri: uri as AtUriString, title, text });

const roleView = (space: Space, { id, displayName, description, actions, isDefault }: Role): Defs.RoleView => ({
  id: id as RecordKeyString,
  uri: makeUri(space.did, NSID.role, id) as AtUriString,
  displayName,
  ...(description === null ? {} : { description }),
  actions,
  isDefault,
});
