// The list of members, and what those see beside it who look after them.
import type { FC } from 'hono/jsx';
import type { Actor } from '../../actions/roster/halves.ts';
import { ban, eject, setRoles, unban } from '../../actions/roster/removal.ts';
import { accept, decline } from '../../actions/roster/requests.ts';
import { ADMISSION, DAY_MS } from '../../domain/admission.ts';
import type { Did, Page } from '../../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/outcome.ts';
import { validDid } from '../../domain/uri.ts';
import { type ReadContext, readActors, readBans, readMembers, readPerson, readRequests } from '../../reads/index.ts';
import { say } from '../messages.ts';
import { BansText, type ListProps, MembersText, RequestsText } from '../pages/members.tsx';
import { PersonText } from '../pages/person.tsx';
import { isRefused, text } from '../query.ts';
import { failurePage, placePage, refusalPage } from '../respond.tsx';
import { type Env, toSignIn } from '../writing/desk.ts';
import { acting, didIn, may, type Told } from './acts.ts';

const LIMIT = 30;

export async function membersPage(env: Env): Promise<Response> {
  const { place, url, web } = env;
  const { site } = place;
  const [q, cursor] = [text(url, 'q'), text(url, 'cursor')];
  if (isRefused(q)) return refusalPage(place, q);
  if (isRefused(cursor)) return refusalPage(place, cursor);
  const members = await readMembers(web.read, site, { limit: LIMIT, cursor, q });
  if (isRefusal(members)) {
    return members.refusal === 'NotPermitted' ? failurePage(place, 404, say.rosterHidden) : refusalPage(place, members);
  }
  const actor = await readActors(
    web.read,
    site.space,
    members.items.flatMap(({ invitedBy }) => invitedBy ?? []),
  );
  const props = { site, members, actor, q: q ?? '', isFirst: cursor === null };
  return placePage(place, say.membersTitle, <MembersText {...props} />);
}

/** A list that only those see who look after members. */
interface StewardsList<T> {
  read(cx: ReadContext, actor: Actor, query: { limit: number; cursor: string | null }): Promise<Page<T> | Refusal>;
  title: string;
  Text: FC<ListProps<T>>;
  /** Whom a line of it names beside the one whom it is about. */
  named(item: T): Did[];
}

async function stewardsPage<T>(
  env: Env,
  { alert, status = 200 }: Told,
  { read, title, Text, named }: StewardsList<T>,
): Promise<Response> {
  const { place, url, web } = env;
  const { site } = place;
  const { space, standing } = site;
  if (!standing) return toSignIn(env);
  const cursor = text(url, 'cursor');
  if (isRefused(cursor)) return refusalPage(place, cursor);
  const page = await read(web.read, { space, standing }, { limit: LIMIT, cursor });
  if (isRefusal(page)) return refusalPage(place, page);
  const actor = await readActors(web.read, space, page.items.flatMap(named));
  const props = { site, page, actor, isFirst: cursor === null, alert: alert ?? null };
  return placePage(place, title, <Text {...props} />, { status });
}

export const requestsPage = (env: Env, told: Told = {}): Promise<Response> =>
  stewardsPage(env, told, { read: readRequests, title: say.requests, Text: RequestsText, named: () => [] });

const short = (fields: URLSearchParams, name: string): string =>
  (fields.get(name) ?? '').trim().slice(0, ADMISSION.reason);

export const decideRequest = (env: Env, request: Request): Promise<Response> =>
  acting(
    env,
    request,
    requestsPage,
    (actor, fields) => {
      const did = didIn(fields);
      return fields.get('act') === 'accept'
        ? accept(actor, did, env.web.own)
        : decline(actor, { did, reason: short(fields, 'reason') }, env.web.own);
    },
    () => '/members/requests',
  );

export const bansPage = (env: Env, told: Told = {}): Promise<Response> =>
  stewardsPage(env, told, { read: readBans, title: say.bans, Text: BansText, named: ({ by }) => [by] });

export const liftBan = (env: Env, request: Request): Promise<Response> =>
  acting(
    env,
    request,
    bansPage,
    (actor, fields) => unban(actor, didIn(fields), env.web.own),
    () => '/members/bans',
  );

export async function personPage(env: Env, did: string, { alert, status = 200, fields }: Told = {}): Promise<Response> {
  const { place, web } = env;
  const { site } = place;
  if (!site.standing) return toSignIn(env);
  // Who may change nothing is not told that there is anything.
  const canManage = may(site, { do: 'see-bans' }) || site.standing.actions.includes('role.assign');
  if (!canManage || !validDid(did)) return failurePage(place, 404);
  const { member, banned, handle } = await readPerson(web.read, site.space.did, did);
  const props = { site, did, handle, member, banned, alert: alert ?? null, typed: fields ?? null };
  return placePage(place, say.membersTitle, <PersonText {...props} />, { status });
}

export const changePerson = (env: Env, request: Request, did: string): Promise<Response> =>
  acting(
    env,
    request,
    (_, told) => personPage(env, did, told),
    async (actor, fields) => {
      const { own, read } = env.web;
      switch (fields.get('act')) {
        case 'roles':
          return setRoles(actor, { did, roles: fields.getAll('role') }, own);
        case 'eject':
          return eject(actor, did, own);
        case 'ban': {
          const until = read.now + Number(fields.get('days')) * DAY_MS;
          if (!validDid(did)) return refuse('MemberNotFound', 'that is no DID');
          return ban(actor, { did, until, told: short(fields, 'told'), reason: short(fields, 'reason') }, own);
        }
        default:
          return refuse('InvalidRequest', 'say what to do');
      }
    },
    (fields) => (fields.get('act') === 'ban' ? '/members/bans' : `/members/${did}`),
  );
