// All that the instance holds about one account, kind by kind. Whatever comes to be kept about people gets a line here, and with it
// stands on their page, in their archive, and goes when they want it to.
import { isForgotten } from '../db/forget.ts';
import { dropNames } from '../db/member-names.ts';
import { dropPersonal } from '../db/personal.ts';
import * as held from '../db/queries/holdings.ts';
import { namesHeld } from '../db/queries/member-names.ts';
import { heldAbout, spacesOf } from '../db/queries/mine.ts';
import type { GroupDeed } from '../domain/group-deed.ts';
import type { Did, JsonObject } from '../domain/model.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import type { Browser } from '../ports/accounts.ts';
import { eraseDrafts, listDrafts } from './drafts.ts';
import type { FoundingDeps } from './founding/deps.ts';
import { giveUp } from './founding/group.ts';
import type { OwnDeps } from './own.ts';

export interface HoldingDeps extends Pick<OwnDeps, 'accounts' | 'groups' | 'indexer'> {
  db: D1Database;
  founding: FoundingDeps;
  /** The one that asks. */
  browser: Browser;
}

export type HoldingName =
  | 'identity'
  | 'memberships'
  | 'roster'
  | 'readings'
  | 'media'
  | 'notices'
  | 'seen'
  | 'mutes'
  | 'feeds'
  | 'names'
  | 'drafts'
  | 'founding'
  | 'signIns'
  | 'groupLog'
  | 'blocks';

export interface Holding {
  name: HoldingName;
  list(did: Did, deps: HoldingDeps): Promise<JsonObject[]>;
  /** Null for what goes with the records, or stays: the groups' logs, and that somebody is kept out. */
  erase: ((did: Did, deps: HoldingDeps) => Promise<void>) | null;
}

const ofTable = (
  name: HoldingName,
  list: (db: D1Database, did: Did) => Promise<JsonObject[]>,
  table: Parameters<typeof dropPersonal>[1] | null = null,
): Holding => ({
  name,
  list: (did, { db }) => list(db, did),
  erase: table === null ? null : (did, { db }) => dropPersonal(db, table, did),
});

/** Records stand apart: there may be many. */
export const HOLDINGS: readonly Holding[] = [
  ofTable('identity', held.identityOf),
  ofTable('memberships', held.membershipsOf),
  {
    name: 'roster',
    list: (did, { db }) => heldAbout(db, did),
    erase: async (did, { indexer }) => void (await indexer.roster({ order: 'forget', did })),
  },
  ofTable('readings', held.readingsOf),
  ofTable('media', held.mediaOf),
  ofTable('notices', held.noticesHeld, 'notice'),
  ofTable('seen', held.seenHeld, 'seen'),
  ofTable('mutes', held.mutesHeld, 'mute'),
  ofTable('feeds', held.feedsHeld, 'feed_token'),
  { name: 'names', list: (did, { db }) => namesHeld(db, did), erase: (did, { db }) => dropNames(db, did) },
  { name: 'drafts', list: draftsHeld, erase: (did, { accounts }) => eraseDrafts(did, { accounts }) },
  {
    name: 'founding',
    list: foundingHeld,
    erase: async (did, { founding: deps }) => {
      const { founding } = await deps.foundings.founder(did);
      if (founding) await giveUp(founding, deps);
    },
  },
  // They end last.
  { name: 'signIns', list: signInsHeld, erase: null },
  { name: 'groupLog', list: deedsHeld, erase: null },
  ofTable('blocks', held.blocksHeld),
];

async function draftsHeld(did: Did, { accounts }: HoldingDeps): Promise<JsonObject[]> {
  return (await listDrafts(did, null, { accounts })).map((draft) => ({ ...draft }));
}

/** What somebody who founds a space has chosen so far, and that the operator lets them found one, which is the operator's to take back. */
async function foundingHeld(did: Did, deps: HoldingDeps): Promise<JsonObject[]> {
  const { isApproved, founding } = await deps.founding.foundings.founder(did);
  return [
    ...(isApproved ? [{ isApproved }] : []),
    ...(founding ? [JSON.parse(JSON.stringify(founding)) as JsonObject] : []),
  ];
}

async function signInsHeld(did: Did, { accounts, browser }: HoldingDeps): Promise<JsonObject[]> {
  const all = await accounts.signIns(did, browser);
  return all.map(({ hosts, at, seenAt, isThis }) => ({ hosts, at, seenAt, isThis }));
}

/** Lines of the groups' logs that name the account. */
async function deedsHeld(did: Did, { db, groups }: HoldingDeps): Promise<JsonObject[]> {
  const [spaces, connected] = await Promise.all([held.spacesOfAccount(db, did), groups.connected()]);
  const here = connected.filter((group) => spaces.includes(group));
  const logs = await Promise.all(
    here.map(async (space) => (await deedsOf(space, did, groups)).map((deed) => ({ space, deed }))),
  );
  return logs.flat().map(({ space, deed }) => ({ space, ...plainDeed(deed, did) }));
}

async function deedsOf(space: Did, of: Did, groups: HoldingDeps['groups']): Promise<GroupDeed[]> {
  const deeds: GroupDeed[] = [];
  for (let before: number | null | undefined; before !== null; ) {
    const page = await groups.log(space, { of, limit: 100, ...(before === undefined ? {} : { before }) });
    deeds.push(...page.deeds);
    before = page.next;
  }
  return deeds;
}

/** Without naming anybody else. */
const plainDeed = ({ at, by, deed, about, outcome }: GroupDeed, did: Did): JsonObject => ({
  ...{ at, deed, outcome },
  ...(by === did ? { by } : {}),
  ...(about === did ? { about } : {}),
});

/**
 * Takes away what can go. The records follow within moments, and are not taken again until the account signs in anew. Refused to the
 * account of a space here, for what it wrote is the space, and to the last who can act for one.
 */
export async function eraseAll(did: Did, deps: HoldingDeps): Promise<Refusal | null> {
  if (await held.isSpace(deps.db, did)) return refuse('NotPermitted', 'this is the account of a space');
  for (const { space } of await spacesOf(deps.db, did)) {
    const kept = await deps.indexer.spare(space, { change: 'out', did });
    if (kept) return kept;
  }
  for (const { erase } of HOLDINGS) await erase?.(did, deps);
  await deps.indexer.operate({ order: 'forget', did });
  await deps.accounts.signOut(did, deps.browser, true);
  return null;
}

/** Who signs in again wants to be taken in again. */
export async function comeBack(did: Did, { indexer }: Pick<OwnDeps, 'indexer'>, db: D1Database): Promise<void> {
  if (await isForgotten(db, did)) await indexer.operate({ order: 'return', did });
}
