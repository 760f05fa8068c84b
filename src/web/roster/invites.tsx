// Inviting, and coming in by an invitation.

import { join } from '../../actions/members.ts';
import { isDone } from '../../actions/own.ts';
import { accountNamed } from '../../actions/personal.ts';
import {
  acceptInvite,
  createInvite,
  findInvite,
  inviteMember,
  revokeInvite,
  withdrawInvitation,
} from '../../actions/roster/invites.ts';
import { DAY_MS } from '../../domain/admission.ts';
import { isRefusal, refuse } from '../../domain/outcome.ts';
import { readActors, readInvited, readInvites, readStanding } from '../../reads/index.ts';
import { say } from '../messages.ts';
import { InvitesText, InviteText } from '../pages/invites.tsx';
import { isRefused, text } from '../query.ts';
import { placePage, refusalPage } from '../respond.tsx';
import { here, leadTo } from '../sign-in/door.ts';
import { type Env, failure, sent, toSignIn } from '../writing/desk.ts';
import { acting, didIn, type Told } from './acts.ts';

const LIMIT = 30;
const INVITED = 100;

export async function invitesPage(
  env: Env,
  { alert, status = 200, fields }: Told = {},
  made: string | null = null,
): Promise<Response> {
  const { place, url, web } = env;
  const { site } = place;
  if (!site.standing) return toSignIn(env);
  const cursor = text(url, 'cursor');
  if (isRefused(cursor)) return refusalPage(place, cursor);
  const { space, standing } = site;
  const links = await readInvites(web.read, { space, standing }, { limit: LIMIT, cursor });
  const invited = await readInvited(web.read, { space, standing }, { limit: INVITED });
  if (isRefusal(links)) return refusalPage(place, links);
  if (isRefusal(invited)) return refusalPage(place, invited);
  const actor = await readActors(
    web.read,
    space,
    links.items.map(({ by }) => by),
  );
  const props = { site, links, invited: invited.items, actor, made, isFirst: cursor === null };
  const typed = { alert: alert ?? null, typed: fields ?? null };
  return placePage(place, say.invites, <InvitesText {...props} {...typed} />, { status });
}

export const changeInvites = (env: Env, request: Request): Promise<Response> =>
  acting(
    env,
    request,
    invitesPage,
    async (actor, fields) => {
      const { own, read } = env.web;
      const role = fields.get('role') || null;
      switch (fields.get('act')) {
        case 'create': {
          const expiresAt = read.now + Number(fields.get('days')) * DAY_MS;
          const made = await createInvite(actor, { role, uses: Number(fields.get('uses')), expiresAt }, own);
          // Shown once, with the answer itself: it is kept nowhere.
          return isRefusal(made) ? made : invitesPage(env, {}, `${here(env).origin}/invite/${made.token}`);
        }
        case 'revoke':
          return revokeInvite(actor, fields.get('id') ?? '', own);
        case 'withdraw':
          return withdrawInvitation(actor, didIn(fields), own);
        case 'name': {
          const typed = fields.get('who') ?? '';
          const did = await accountNamed(typed, own.identity);
          if (typeof did !== 'string')
            return invitesPage(env, { alert: say.nobodyCalled(typed.slice(0, 100)), status: 404, fields });
          return inviteMember(actor, { did, role }, own);
        }
        default:
          return refuse('InvalidRequest', 'say what to do');
      }
    },
    () => '/members/invites',
  );

/** Guessing is not worth the while, and is counted all the same. */
async function mayTry({ web }: Env, request: Request): Promise<boolean> {
  const address = request.headers.get('cf-connecting-ip');
  return address === null || !(await web.auth.signIns.tries(address, 'invite')).isOver;
}

export async function invitePage(
  env: Env,
  request: Request,
  token: string,
  { alert, status = 200 }: Told = {},
): Promise<Response> {
  const { place, web } = env;
  const { site } = place;
  const tired = !(await mayTry(env, request));
  const invite = tired ? null : await findInvite(site.space, token, web.own);
  const found = invite === null || isRefusal(invite) ? null : invite;
  const props = { site, invite: found, path: `/invite/${token}`, alert: alert ?? null };
  const code = tired ? 429 : found === null ? 404 : status;
  return placePage(place, say.invites, <InviteText {...props} />, { status: code });
}

export async function useInvite(env: Env, request: Request, token: string): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { writer, alert, status } = given;
  if (!writer) return toSignIn(env);
  const { own, read } = env.web;
  if (alert) return invitePage(env, request, token, { alert, status });
  if (!(await mayTry(env, request))) return invitePage(env, request, token);
  const refused = await acceptInvite(writer, token, own);
  if (refused) return invitePage(env, request, token, failure(refused));
  // The group's half is there now.
  const standing = await readStanding(read, writer.space, writer.standing.did);
  const outcome = await join({ ...writer, standing: { ...standing, admitted: true } }, own);
  read.spaces.forget();
  return isDone(outcome) ? leadTo('/join') : invitePage(env, request, token, failure(outcome));
}
