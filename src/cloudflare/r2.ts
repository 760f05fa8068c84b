// The store of blobs, over R2.
import type { BlobStore, Multipart } from '../ports/media.ts';

/** R2 takes a stream only when its length is known. */
async function putStream(
  bucket: R2Bucket,
  key: string,
  body: ReadableStream<Uint8Array>,
  length: number,
  options: R2PutOptions,
): Promise<R2Object | null> {
  const fixed = new FixedLengthStream(length);
  const [put] = await Promise.all([bucket.put(key, fixed.readable, options), body.pipeTo(fixed.writable)]);
  return put;
}

export function blobStore(bucket: R2Bucket): BlobStore {
  return {
    async get(key, range) {
      const bounds = range && { range: { offset: range.start, length: range.end - range.start + 1 } };
      const object = await bucket.get(key, bounds);
      if (!object) return null;
      const { size, httpEtag: etag, httpMetadata } = object;
      return { size, etag, type: httpMetadata?.contentType ?? '', body: object.body };
    },
    async put(key, body, type, length) {
      const options = { httpMetadata: { contentType: type } };
      const put =
        body instanceof Uint8Array
          ? await bucket.put(key, body, options)
          : await putStream(bucket, key, body, length, options);
      if (!put) throw new Error(`R2 did not take ${key}`);
      return put.httpEtag;
    },
    multipart: async (key, type) =>
      multipart(await bucket.createMultipartUpload(key, { httpMetadata: { contentType: type } })),
    // Several thousand at a time are more than R2 takes.
    async delete(keys) {
      for (let at = 0; at < keys.length; at += 1000) await bucket.delete(keys.slice(at, at + 1000));
    },
    async list(prefix, after, limit) {
      const { objects } = await bucket.list({ prefix, limit, ...(after === null ? {} : { startAfter: after }) });
      return objects.map(({ key, size, uploaded }) => ({ key, size, at: uploaded.getTime() }));
    },
  };
}

function multipart(upload: R2MultipartUpload): Multipart {
  const parts: R2UploadedPart[] = [];
  return {
    async part(bytes) {
      parts.push(await upload.uploadPart(parts.length + 1, bytes));
    },
    complete: async () => (await upload.complete(parts)).httpEtag,
    abort: () => upload.abort(),
  };
}

const COUNTED = ['get', 'put', 'head', 'list', 'delete', 'createMultipartUpload'] as const;

/** The same bucket, counting its operations. */
export function countedBucket(bucket: R2Bucket): { bucket: R2Bucket; operations(): number } {
  let count = 0;
  const counted = new Proxy(bucket, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if ((COUNTED as readonly unknown[]).includes(name)) count++;
        return value.apply(target, args);
      };
    },
  });
  return { bucket: counted, operations: () => count };
}
