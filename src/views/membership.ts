// What somebody is in a space, as they are told themselves.
import type { DidString } from '@atproto/lex';
import type { Did } from '../domain/model.ts';
import type { Standing } from '../domain/permission.ts';
import type * as lexicon from '../lexicons/club/commonplace/actor/getMembership.ts';

export const membershipView = (space: Did, standing: Standing): lexicon.$OutputBody => ({
  ...{ space: space as DidString, did: standing.did as DidString },
  ...{ joined: standing.joined, admitted: standing.admitted, roles: standing.roles, actions: standing.actions },
});
