/** Writing to a repository on the local PDS, many records at a time. */
import type { AtpAgent, BlobRef } from '@atproto/api';
import { type PictureName, picture } from '../pictures.ts';
import type { SamplePicture } from '../types.ts';

/** An account with an agent that is logged in. */
export interface Writer {
  did: string;
  handle: string;
  password: string;
  agent: AtpAgent;
}

export interface NewRecord {
  collection: string;
  /** The PDS makes one when absent. */
  rkey?: string;
  value: Record<string, unknown>;
}

/** What a reply or like points at (`com.atproto.repo.strongRef`). */
export interface Ref {
  uri: string;
  cid: string;
}

/** The protocol's limit is 200 writes in one commit. */
const MAX_WRITES = 100;

/** Strong references, in the order of the records. */
export async function writeAll(writer: Writer, records: NewRecord[]): Promise<Ref[]> {
  const refs: Ref[] = [];
  for (let start = 0; start < records.length; start += MAX_WRITES) {
    const writes = records.slice(start, start + MAX_WRITES).map(({ collection, rkey, value }) => ({
      $type: 'com.atproto.repo.applyWrites#create' as const,
      collection,
      ...(rkey === undefined ? {} : { rkey }),
      value: { $type: collection, ...value },
    }));
    const { data } = await writer.agent.com.atproto.repo.applyWrites({ repo: writer.did, writes });
    for (const result of data.results ?? []) {
      if ('uri' in result && 'cid' in result) refs.push({ uri: String(result.uri), cid: String(result.cid) });
    }
  }
  if (refs.length !== records.length) throw new Error(`the PDS took ${refs.length} of ${records.length} records`);
  return refs;
}

export async function uploadPicture(writer: Writer, name: PictureName): Promise<BlobRef> {
  const { data } = await writer.agent.uploadBlob(picture(name).bytes, { encoding: 'image/png' });
  return data.blob;
}

/** As `club.commonplace.defs#image`. */
export async function uploadImages(writer: Writer, pictures: SamplePicture[]): Promise<object[]> {
  return Promise.all(
    pictures.map(async ({ picture: name, alt }) => {
      const { width, height } = picture(name);
      return { image: await uploadPicture(writer, name), alt, aspectRatio: { width, height } };
    }),
  );
}
