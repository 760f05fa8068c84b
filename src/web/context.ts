// What the website is given with every request, and whose site the request is for.

import type { FoundingDeps } from '../actions/founding/deps.ts';
import type { OwnDeps } from '../actions/own.ts';
import { type Guest, NOBODY } from '../auth/guest.ts';
import type { SignInDeps } from '../auth/sign-in.ts';
import type { Did, PrivateFront, SpaceDetails } from '../domain/model.ts';
import { isRefusal } from '../domain/outcome.ts';
import { refusalOf, type Standing } from '../domain/permission.ts';
import type { Quota } from '../domain/quota.ts';
import type { Connection } from '../ports/groups.ts';
import {
  countUnread,
  type ReadContext,
  readPrivateFront,
  readRequests,
  readSpaceAtDoor,
  readSpaceByHost,
  readStanding,
} from '../reads/index.ts';
import type { Answered } from './docs/documents.ts';
import { type Instance, MOST_ASKING, type Site } from './site.ts';

export interface WebContext {
  read: ReadContext;
  auth: SignInDeps;
  own: OwnDeps;
  founding: FoundingDeps;
  /** The instance's own hostnames, in lower case; the first names it. */
  instanceHosts: string[];
  /** What is answered by XRPC, and who may ask it. */
  methods: readonly Answered[];
  /** Whether smaller pictures can be had. */
  resizes: boolean;
  /** A PNG of a card; made once, and kept for some days. */
  cards(svg: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Where legal notices reach the operator. */
  legalContact: string | null;
  /** Whether the operator lets spaces give names to their members. */
  memberNames: boolean;
  /** Where people may make an account, should a space recommend nothing. */
  recommendedPds: string[];
  /** Plain http, and the port of the request, in the addresses that pages name. */
  development: boolean;
  /** Told to the reader of a mute 500, and to be found in the logs. */
  requestId: string;
  /** What the request took of what may be done in a while; null where nothing is counted. */
  spent: Quota | null;
  /** Hears of every fault before its page is answered. */
  fault(error: unknown): void;
}

/** Whose pages a hostname has. */
export type Place = Whose & { /** Path and query that are asked for. */ here: string };

type Whose =
  | { is: 'instance'; instance: Instance; guest: Guest }
  | { is: 'space'; site: Site }
  /** To all who are not inside; `site` is for the pages by which one comes in. */
  | { is: 'private'; front: PrivateFront; instance: Instance; origin: string; guest: Guest; site: Site }
  | { is: 'unknown'; host: string; instance: Instance };

/** Bindings of the routes behind a place. */
export type Visit<P extends Place['is']> = {
  Bindings: { web: WebContext; url: URL; place: Extract<Place, { is: P }> };
};

/** `web.read` asks for the guest. `isRead`: what is answered is most likely a page, whose head tells of news. */
export async function placeOf(web: WebContext, url: URL, guest: Guest, isRead: boolean): Promise<Place> {
  const host = hostOf(url);
  const here = hereOf(url);
  const news = (space: SpaceDetails | null): Promise<number> => newsFor(web, isRead ? guest : NOBODY, space);
  if (web.instanceHosts.includes(host)) {
    const unread = await news(null);
    const instance = { host, origin: originOf(web, url, host) };
    return { is: 'instance', here, instance, guest: { ...guest, unread } };
  }
  const space = await readSpaceByHost(web.read, host);
  const { instance } = nowhere(web, url);
  if (!isRefusal(space)) {
    const [site, unread] = await Promise.all([siteOf(web, url, space, guest), news(space)]);
    return { is: 'space', here, site: { ...site, guest: { ...guest, unread } } };
  }
  const [front, closed] = await Promise.all([readPrivateFront(web.read, host), readSpaceAtDoor(web.read, host)]);
  if (isRefusal(front) || isRefusal(closed)) return nowhere(web, url);
  const site = await siteOf(web, url, closed, guest);
  return { is: 'private', here, front, instance, origin: originOf(web, url, front.host), guest, site };
}

async function siteOf(web: WebContext, url: URL, space: SpaceDetails, guest: Guest): Promise<Site> {
  const origin = originOf(web, url, space.hosts[0] ?? hostOf(url));
  const standing = guest.viewer && (await readStanding(web.read, space, guest.viewer.did));
  const groupTrouble = standing && (await troubleOf(web, space.did, standing));
  const { instance } = nowhere(web, url);
  return { space, instance, origin, now: web.read.now, guest, standing, groupTrouble };
}

/** How many wait for an answer to be let in, `MOST_ASKING` at most; 0 to all who do not decide about it. */
export async function askingAt({ read }: WebContext, { space, standing }: Site): Promise<number> {
  if (standing === null || space.joinPolicy !== 'approval') return 0;
  const requests = await readRequests(read, { space, standing }, { limit: MOST_ASKING });
  return isRefusal(requests) ? 0 : requests.items.length;
}

/** For the mark in the head of every page. Visitors are told nothing, and cost no question. */
const newsFor = async ({ read }: WebContext, { viewer }: Guest, space: SpaceDetails | null): Promise<number> =>
  viewer === null ? 0 : countUnread(read, viewer.did, space);

/** Of the group account, for those who can do something about it; nobody else's page waits for the answer. */
const troubleOf = async ({ auth }: WebContext, group: Did, standing: Standing): Promise<Connection['trouble']> =>
  refusalOf(standing, { do: 'configure-group' }) ? null : (await auth.groups.connection(group)).trouble;

/** A host that is nobody's, or not known to be anybody's. */
export function nowhere(web: WebContext, url: URL): Extract<Place, { is: 'unknown' }> {
  const host = hostOf(url);
  const [first = host] = web.instanceHosts;
  return { is: 'unknown', here: hereOf(url), host, instance: { host: first, origin: originOf(web, url, first) } };
}

const hereOf = ({ pathname, search }: URL): string => pathname + search;

/** A name with a dot at its end is the same name. */
export const hostOf = (url: URL): string => url.hostname.toLowerCase().replace(/\.$/, '');

/** Scheme, host and port under which a hostname is reached. */
export const originOf = ({ development }: WebContext, url: URL, host: string): string =>
  development ? `${url.protocol}//${host}${url.port && `:${url.port}`}` : `https://${host}`;
