import type { UriString } from '@atproto/lex';
import { createInvite } from '../../../../actions/roster/invites.ts';
import { DAY_MS } from '../../../../domain/admission.ts';
import { isRefusal } from '../../../../domain/outcome.ts';
import * as lexicon from '../../../../lexicons/club/commonplace/membership/createInvite.ts';
import { readSpaceFor } from '../../../../reads/index.ts';
import { originOf } from '../../../../views/address.ts';
import { inviteView } from '../../../../views/roster.ts';
import { viewerProcedure } from '../../../method.ts';

export default viewerProcedure(lexicon, async ({ space: name, role = null, uses, expiresAt }, ctx) => {
  const actor = await readSpaceFor(ctx, name, ctx.viewer.did);
  if (isRefusal(actor)) return actor;
  const ends = expiresAt === undefined ? ctx.now + 7 * DAY_MS : Date.parse(expiresAt);
  const made = await createInvite(actor, { role, uses: uses ?? 1, expiresAt: ends }, ctx.own);
  if (isRefusal(made)) return made;
  const { invite, token } = made;
  const url = `${originOf(actor.space, ctx.base)}/invite/${token}` as UriString;
  return { invite: inviteView(invite), token, url };
});
