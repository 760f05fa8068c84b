// Crossposts with what they show, as far as whoever asks may see it where it is; and where somebody may put one.
import { byAuthors, spacesOf, subjectsOf } from '../db/queries/crossposts.ts';
import { hydrate, type PostFacts } from '../db/queries/hydrate.ts';
import { NSID } from '../domain/collections.ts';
import type { AtUri, Did, SpaceDetails } from '../domain/model.ts';
import { isRefusal } from '../domain/outcome.ts';
import { refusalOf, type Standing } from '../domain/permission.ts';
import { isCrosspost, type Original, type PostItem } from '../domain/post.ts';
import { sectionsFor } from '../domain/sections.ts';
import { parseUri } from '../domain/uri.ts';
import type { ReadContext } from './context.ts';
import { itemOf, showsWithRoot } from './rules.ts';
import { readSpace } from './spaces.ts';
import { readStanding } from './standing.ts';

/** The same posts of one space. Nothing is read where there is no crosspost among them. */
export async function withOriginals(ctx: ReadContext, space: Did, posts: PostItem[]): Promise<PostItem[]> {
  const uris = posts.filter(isCrosspost).map(({ uri }) => uri);
  if (uris.length === 0) return posts;
  const subjects = await subjectsOf(ctx.db, space, uris);
  const originals = await originalsOf(ctx, [...new Set(subjects.flatMap(({ subject }) => subject ?? []))]);
  const shown = new Map(subjects.map(({ uri, subject }) => [uri, originals.get(subject ?? '') ?? null]));
  return posts.map((post) => {
    const original = shown.get(post.uri) ?? null;
    return original ? { ...post, title: post.title || original.post.title, original } : post;
  });
}

async function originalsOf(ctx: ReadContext, uris: AtUri[]): Promise<Map<AtUri, Original>> {
  const pairs = uris.flatMap((uri): [Did, AtUri][] => {
    const parts = parseUri(uri);
    return parts ? [[parts.did, uri]] : [];
  });
  const rows = pairs.length > 0 ? await hydrate(ctx.db, byAuthors(pairs), { withRecord: false, withRoot: true }) : [];
  const found = await Promise.all(rows.map((row) => originalOf(ctx, row)));
  return new Map(found.flatMap((original) => (original ? [[original.post.uri, original]] : [])));
}

/** By the rules of the space that it is in. */
async function originalOf(ctx: ReadContext, row: PostFacts): Promise<Original | null> {
  const space = await readSpace(ctx, row.space);
  return isRefusal(space) || !showsWithRoot(row, space.policy) ? null : { post: itemOf(row), space };
}

/** More spaces than anybody is at home in. */
const MOST = 50;

export interface Target {
  space: SpaceDetails;
  standing: Standing;
}

/** Spaces that somebody has to do with, may post in, and that have a place for crossposts; not the one it comes from. */
export async function readTargets(ctx: ReadContext, did: Did, from: SpaceDetails): Promise<Target[]> {
  const dids = (await spacesOf(ctx.db, did, MOST)).filter((space) => space !== from.did);
  const found = await Promise.all(dids.map((space) => readTarget(ctx, did, space, from)));
  return found.filter((target) => target !== null);
}

/** Null where they may not, and where that is told to nobody. */
export async function readTarget(ctx: ReadContext, did: Did, name: Did, from: SpaceDetails): Promise<Target | null> {
  const space = await readSpace(ctx, name);
  if (isRefusal(space) || sectionsFor(space.policy.sections, NSID.crosspost).length === 0) return null;
  const standing = await readStanding(ctx, space, did);
  return refusalOf(standing, { do: 'crosspost', from: from.visibility }) ? null : { space, standing };
}
