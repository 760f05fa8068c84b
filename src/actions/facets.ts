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

/** Before it is resolved a mention holds the handle. */
const isMention = (feature: object | undefined): feature is AppBskyRichtextFacet.Mention & { $type: string } =>
  feature !== undefined && 'did' in feature;

const plain = (feature: object): Json => JSON.parse(JSON.stringify(feature)) as Json;
