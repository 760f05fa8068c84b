/** How dear pictures are: a hit beside a bare cache, operations of the store for a thousand views, and bytes of each variant. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { PRESETS, type PresetName } from '../../src/domain/media.ts';
import { blob } from '../support/media.ts';
import { Community } from './community.ts';
import { HOST } from './filled.ts';
import { get, run, summary, type Target } from './load.ts';
import { SPACE } from './mixes.ts';
import { type BenchWorker, startBenchWorker } from './workerd.ts';
import { LineWriter } from './writer.ts';

export interface MediaResult {
  hitsPerSec: number;
  cacheMatchPerSec: number;
  /** Milliseconds of a hit. */
  p99: number;
  d1RowsPerHit: number;
  /** Of views of thirty pictures that nobody had seen before, in the sizes that pages ask for. */
  r2OpsPerThousandViews: number;
  bytesPerVariant: Record<'original' | PresetName, number>;
}

const PICTURES = 30;
const VIEWS = 1_000;
/** Short and many, so that what else the machine does hits both alike. */
const ROUNDS = 60;
const PER_ROUND = 60;
const SEEN: PresetName[] = ['thumb', 'feed', 'full'];
const VARS = {
  ...{ FOLLOW_MODE: 'drain', INSTANCE_HOSTS: 'localhost', DEVELOPMENT: '1', RELAY_URLS: 'none' },
  // Longer than a run: what is measured are hits, not the look at the space every half minute.
  ...{ JETSTREAM_URLS: 'ws://127.0.0.1:9/subscribe', MEDIA_KNOWN_SECONDS: '60' },
};

interface Picture {
  did: string;
  bytes: Buffer;
  cid: string;
}

/** Like a photograph: soft, with some grain, and no two alike. */
function photograph(seed: number): Promise<Buffer> {
  const [width, height] = [1600, 1200];
  const raw = Buffer.alloc(width * height * 3);
  for (let at = 0; at < raw.length; at += 3) {
    const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)];
    const grain = ((at * 2_654_435_761 + seed) >>> 24) % 24;
    const light = 110 + 80 * Math.sin((x + seed * 37) / 190) * Math.cos(y / 140);
    raw.set([light + grain, light * 0.8 + grain, 160 - light / 3 + grain], at);
  }
  return sharp(raw, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

export async function media(progress: (line: string) => void): Promise<MediaResult> {
  progress(`${PICTURES} pictures ...`);
  const { lines, pictures } = await album();
  const counted = await counts(lines, pictures);
  progress(`${ROUNDS} rounds of hits ...`);
  return { ...(await hits(lines, pictures)), ...counted };
}

async function album(): Promise<{ lines: string; pictures: Picture[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'lines.jsonl');
  const writer = new LineWriter(path, Date.now() - 3_600_000);
  const community = new Community(writer, SPACE, { from: 1000, count: 5 });
  community.profile();
  const pictures: Picture[] = [];
  for (let i = 0; i < PICTURES; i++) {
    const bytes = await photograph(i);
    const image = blob(bytes, 'image/jpeg');
    const { did } = community.album([{ image, alt: `Picture ${i}` }]);
    pictures.push({ did, bytes, cid: image.ref.$link });
  }
  writer.close();
  const lines = readFileSync(path, 'utf8').trimEnd();
  rmSync(folder, { recursive: true });
  return { lines, pictures };
}

/** A worker that follows the space; the pictures are in its store as if their authors' servers had given them. */
async function start(lines: string, pictures: Picture[], more: Record<string, string>): Promise<BenchWorker> {
  const worker = await startBenchWorker({ vars: { ...VARS, ...more } });
  await worker.ask('admit', lines);
  const [bucket, db] = [await worker.miniflare.getR2Bucket('MEDIA'), await worker.miniflare.getD1Database('DB')];
  for (const { cid, did, bytes } of pictures) {
    await bucket.put(cid, bytes, { httpMetadata: { contentType: 'image/jpeg' } });
    await db
      .prepare(
        `insert into blob (cid, space, did, size, type, width, height, still, stored_at) values (?, ?, ?, ?, 'image/jpeg', 1600, 1200, 1, 0)`,
      )
      .bind(cid, SPACE, did, bytes.length)
      .run();
  }
  return worker;
}

const at = (worker: BenchWorker, path: string): Target => ({ port: worker.port, host: HOST, path });
const pathOf = ({ did, cid }: Picture, preset?: PresetName): string =>
  `/media/${did}/${cid}${preset ? `/${preset}` : ''}`;

async function hits(
  lines: string,
  pictures: Picture[],
): Promise<Pick<MediaResult, 'hitsPerSec' | 'cacheMatchPerSec' | 'p99'>> {
  const worker = await start(lines, pictures, {});
  try {
    const [first] = pictures;
    const ours = at(worker, pathOf(first as Picture, 'thumb'));
    const { status, body } = await get(ours);
    if (status !== 200) throw new Error(`${ours.path} answered ${status}: ${body.toString().slice(0, 200)}`);
    await worker.ask('keep', { url: `http://${HOST}${ours.path}` });
    const bare = at(worker, '/bench/cache-match');
    const runs: { ours: Awaited<ReturnType<typeof run>>[]; bare: Awaited<ReturnType<typeof run>>[] } = {
      ours: [],
      bare: [],
    };
    for (const target of [ours, bare]) await run(target, 100);
    for (let round = 0; round < ROUNDS; round++) {
      runs.ours.push(await run(ours, PER_ROUND));
      runs.bare.push(await run(bare, PER_ROUND));
    }
    const { rps, p99 } = summary(runs.ours);
    return { hitsPerSec: rps, cacheMatchPerSec: summary(runs.bare).rps, p99 };
  } finally {
    await worker.stop();
  }
}

async function counts(
  lines: string,
  pictures: Picture[],
): Promise<Pick<MediaResult, 'd1RowsPerHit' | 'r2OpsPerThousandViews' | 'bytesPerVariant'>> {
  const worker = await start(lines, pictures, { METER: '1' });
  try {
    await worker.ask('operations', {});
    for (let view = 0; view < VIEWS; view++) {
      const picture = pictures[(view * view + view) % PICTURES] as Picture;
      const { status } = await get(at(worker, pathOf(picture, SEEN[view % SEEN.length])));
      if (status !== 200) throw new Error(`a view answered ${status}`);
    }
    const { count } = await worker.ask<{ count: number }>('operations', {});
    const [first] = pictures as [Picture];
    const bytesPerVariant = { original: first.bytes.length } as MediaResult['bytesPerVariant'];
    for (const preset of Object.keys(PRESETS) as PresetName[]) {
      bytesPerVariant[preset] = (await get(at(worker, pathOf(first, preset)))).body.length;
    }
    const { headers } = await get(at(worker, pathOf(first, 'thumb')));
    const d1RowsPerHit = Number(/rows;desc="(\d+)"/.exec(String(headers['server-timing']))?.[1]);
    return { d1RowsPerHit, r2OpsPerThousandViews: Math.round((count / VIEWS) * 1000), bytesPerVariant };
  } finally {
    await worker.stop();
  }
}
