// Mentions, links and tags in plain text, as Bluesky's own clients find them.
import { type AppBskyRichtextFacet, RichText } from '@atproto/api';
import type { Json } from '../domain/model.ts';
import type { IdentityPort } from '../ports/identity.ts';

/** More mentions than these are only text: each is a question to somebody's server. */
const MAX_MENTIONS = 20;

/** A handle that leads to nobody stays text. */
export async function facetsIn(text: string, identity: Pick<IdentityPort, 'resolveHandle'>): Promise<Json[]> {
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  let mentions = 0;
  const facets = await Promise.all(
    (rich.facets ?? []).map(async ({ index, features }) => {
      const [feature] = features;
      const value = { byteStart: index.byteStart, byteEnd: index.byteEnd };
      if (!isMention(feature)) return feature ? { index: value, features: [plain(feature)] } : null;
      const did = ++mentions > MAX_MENTIONS ? null : await identity.resolveHandle(feature.did).catch(() => null);
      return did === null ? null : { index: value, features: [{ $type: feature.$type, did }] };
    }),
  );
  return facets.filter((facet) => facet !== null);
}

/** Of Markdown as it is written: nothing in code, or in an address that Markdown makes a link of, is meant as a mention or a tag. */
export const markdownFacetsIn: typeof facetsIn = (text, identity) =>
  facetsIn(
    [
      /(?<=\]\()[^()\s]*(?=[\s)])/g,
      /<[a-z][a-z0-9+.-]{0,31}:[^<>\s]*>/gi,
      /^ {0,3}\[[^\]\n]{1,999}\]:.*$/gm,
      /\*+/g,
    ].reduce((rest, part) => rest.replace(part, blank), withoutSpans(withoutFences(text))),
    identity,
  );

const encoder = new TextEncoder();
/** As many bytes: places are counted in them. */
const blank = (part: string): string => ' '.repeat(encoder.encode(part).length);

/** Blocks of code between lines of three marks or more. */
function withoutFences(text: string): string {
  let fence: string | null = null;
  return text
    .split('\n')
    .map((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      if (fence === null) {
        if (mark === undefined) return line;
        fence = mark;
      } else if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
      return blank(line);
    })
    .join('\n');
}

/** Code within a line: from marks to the next as many. */
function withoutSpans(text: string): string {
  const runs = [...text.matchAll(/`+/g)];
  const next = new Map<number, number>();
  const ends = runs
    .map(({ 0: marks, index }) => ({ marks, index }))
    .reverse()
    .map(({ marks: { length }, index }) => {
      const end = next.get(length);
      next.set(length, index + length);
      return end;
    })
    .reverse();
  const parts: string[] = [];
  let at = 0;
  for (const [i, { index }] of runs.entries()) {
    const end = ends[i];
    if (index < at || end === undefined) continue;
    parts.push(text.slice(at, index), blank(text.slice(index, end)));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** Before it is resolved a mention holds the handle. */
const isMention = (feature: object | undefined): feature is AppBskyRichtextFacet.Mention & { $type: string } =>
  feature !== undefined && 'did' in feature;

const plain = (feature: object): Json => JSON.parse(JSON.stringify(feature)) as Json;
