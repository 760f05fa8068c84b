// What is kept of media, as the operator's methods tell it.
import type { CidString, DidString } from '@atproto/lex';
import type * as GetMedia from '../lexicons/club/commonplace/admin/getMedia.ts';
import type * as ListBlocks from '../lexicons/club/commonplace/admin/listBlocks.ts';
import { datetime } from './time.ts';

interface Use {
  space: string;
  did?: string;
  bytes: number;
  blobs: number;
}

/** As the database sums it up. */
export interface MediaSums {
  total: { bytes: number; blobs: number; references: number };
  orphans: { bytes: number; blobs: number };
  spaces: Use[];
  members: Use[];
  largest: { cid: string; space: string; did: string; type: string; bytes: number; references: number }[];
  prefetchedBytes: number;
}

export const mediaView = (sums: MediaSums): GetMedia.Media => ({
  ...sums.total,
  ...{ orphanBytes: sums.orphans.bytes, orphans: sums.orphans.blobs, prefetchedBytes: sums.prefetchedBytes },
  ...{ spaces: sums.spaces.map(useView), members: sums.members.map(useView) },
  largest: sums.largest.map(({ type, ...blob }) => ({
    ...blob,
    ...{ cid: blob.cid as CidString, space: blob.space as DidString, did: blob.did as DidString },
    mimeType: type,
  })),
});

const useView = ({ space, did, bytes, blobs }: Use): GetMedia.Use => ({
  space: space as DidString,
  ...(did === undefined ? {} : { did: did as DidString }),
  ...{ bytes, blobs },
});

export const blockView = ({ subject, why, at }: { subject: string; why: string; at: number }): ListBlocks.Block => ({
  ...{ subject, why },
  createdAt: datetime(at),
});
