// All that is held about an account in one ZIP file, made while it is sent: no part of it is ever held as a whole.
import { Zip, ZipPassThrough } from 'fflate';
import { heldRecords, type RecordCount } from '../db/queries/holdings.ts';
import type { Did } from '../domain/model.ts';
import { HOLDINGS, type HoldingDeps } from './holdings.ts';

/** Records of one page; each is at most some 100 KB. */
const PAGE = 50;
const encoder = new TextEncoder();

export interface ArchiveFile {
  name: string;
  parts: AsyncIterable<string>;
}

/** `counts`: of which collections there are records. */
export function archiveFiles(did: Did, counts: RecordCount[], deps: HoldingDeps): ArchiveFile[] {
  const holdings = HOLDINGS.map(({ name, list }) => ({
    name: `${name}.json`,
    parts: once(async () => JSON.stringify(await list(did, deps), null, 2)),
  }));
  const records = counts.map(({ space, collection }) => ({
    // What no system takes as a part of a file's name is not in it.
    name: `records/${space.replaceAll(':', '_')}/${collection}.jsonl`,
    parts: recordLines(deps.db, { space, did, collection }),
  }));
  return [...holdings, ...records];
}

async function* once(make: () => Promise<string>): AsyncIterable<string> {
  yield await make();
}

/** One record in a line: its address, its version, and itself as its author wrote it. */
async function* recordLines(db: D1Database, of: Parameters<typeof heldRecords>[1]): AsyncIterable<string> {
  let after = '';
  for (;;) {
    const page = await heldRecords(db, of, after, PAGE);
    yield page
      .map(({ uri, cid, value }) => `{"uri":${JSON.stringify(uri)},"cid":"${cid}","value":${value}}\n`)
      .join('');
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.uri;
  }
}

/** Read as fast as it is taken. */
export function zipped(files: ArchiveFile[]): ReadableStream<Uint8Array> {
  const chunks = zipChunks(files);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

async function* zipChunks(files: ArchiveFile[]): AsyncGenerator<Uint8Array, void, void> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const take = (): Uint8Array[] => {
    const taken = ready.filter(({ length }) => length > 0);
    ready = [];
    return taken;
  };
  for (const { name, parts } of files) {
    const file = new ZipPassThrough(name);
    zip.add(file);
    for await (const part of parts) {
      file.push(encoder.encode(part));
      yield* take();
    }
    file.push(new Uint8Array(), true);
    yield* take();
  }
  zip.end();
  yield* take();
}
