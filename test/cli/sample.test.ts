/** The sample communities: every record of theirs would be admitted, and every picture is one. */
import { crc32 } from 'node:zlib';
import type { AtpAgent } from '@atproto/api';
import { describe, expect, test } from 'vitest';
import { SAMPLE_SPACES } from '../../src/cli/sample/index.ts';
import { type Name, PEOPLE } from '../../src/cli/sample/people.ts';
import { picture } from '../../src/cli/sample/pictures.ts';
import type { SampleReply, SampleSpace } from '../../src/cli/sample/types.ts';
import { facetsOf, type People, shownCounts, writeContent } from '../../src/cli/sample/write/content.ts';
import { personal, writeGroup } from '../../src/cli/sample/write/group.ts';
import { type Writer, writeAll } from '../../src/cli/sample/write/repository.ts';
import type { RecordEvent } from '../../src/domain/event.ts';
import type { JsonObject } from '../../src/domain/model.ts';
import { tidAt } from '../../src/domain/tid.ts';
import { checkRecord } from '../../src/ingest/check.ts';
import { blobCid, recordCid } from '../lexicons/examples.ts';
import { didOf } from '../support/community.ts';

const NOW = Date.now();

/** An account whose server takes everything. */
function writer(handle: string, events: RecordEvent[]): Writer {
  const did = didOf(handle);
  let number = 0;
  const applyWrites = async ({ writes }: { writes: { collection: string; rkey?: string; value: JsonObject }[] }) => {
    const results = writes.map(({ collection, rkey = tidAt(NOW - 60_000 + number++), value }) => {
      const record = JSON.parse(JSON.stringify(value)) as JsonObject;
      const event = { kind: 'record', did, collection, rkey, record, cid: recordCid } as const;
      events.push({ ...event, rev: tidAt(NOW), operation: 'create', snapshot: false });
      return { uri: `at://${did}/${collection}/${rkey}`, cid: recordCid };
    });
    return { data: { results } };
  };
  const uploadBlob = async (bytes: Uint8Array, { encoding }: { encoding: string }) => ({
    data: { blob: { $type: 'blob', ref: { $link: blobCid }, mimeType: encoding, size: bytes.length } },
  });
  return {
    did,
    handle,
    password: '',
    agent: { com: { atproto: { repo: { applyWrites } } }, uploadBlob } as unknown as AtpAgent,
  };
}

async function eventsOf(sample: SampleSpace): Promise<RecordEvent[]> {
  const events: RecordEvent[] = [];
  const names = Object.keys(PEOPLE) as Name[];
  const people = Object.fromEntries(names.map((name) => [name, writer(PEOPLE[name], events)])) as People;
  const group = writer(sample.handle, events);
  await writeGroup(sample, group, (who) => people[who].did, 'http://x.localhost:8787');
  await Promise.all([...personal(sample, group.did)].map(([who, records]) => writeAll(people[who], records)));
  await writeContent(sample, group, people);
  return events;
}

const all = (replies: SampleReply[] = []): SampleReply[] => replies.flatMap((reply) => [reply, ...all(reply.replies)]);

describe.each(SAMPLE_SPACES.map((sample) => [sample.displayName, sample] as const))('%s', (_, sample) => {
  test('writes only records that are admitted, none from the future', async () => {
    const events = await eventsOf(sample);
    expect(events.length).toBeGreaterThan(150);
    for (const event of events) {
      const record = event.record as JsonObject;
      expect(checkRecord(event, record), JSON.stringify(record).slice(0, 300)).toEqual(expect.any(String));
      if (record.createdAt !== undefined) expect(Date.parse(String(record.createdAt))).toBeLessThanOrEqual(NOW);
    }
    const likes = events.filter(({ collection }) => collection.endsWith('.like'));
    const pairs = likes.map(({ did, record }) => `${did} ${JSON.stringify(record?.subject)}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  test('knows everyone it names, and has members for those who write', () => {
    const members = new Set(sample.members.map(({ who }) => who));
    for (const { by } of sample.posts) expect(members).toContain(by);
    for (const { who, roles = [] } of sample.members) {
      for (const role of roles) expect(sample.roles.map(({ id }) => id)).toContain(role);
      expect(PEOPLE[who]).toMatch(/^[a-z-]{3,18}\.test$/);
    }
    const sections = sample.sections.map(({ id }) => id);
    for (const { section } of sample.posts) if (section) expect(sections).toContain(section);
    const { posts, replies } = shownCounts(sample);
    expect(posts).toBe(sample.posts.length + sample.notices.length);
    expect(replies).toBe(sample.posts.flatMap((post) => all(post.replies)).filter(({ by }) => members.has(by)).length);
  });
});

test('both together are lively: languages, threads, pictures, a warning, someone who waits', () => {
  const posts = SAMPLE_SPACES.flatMap((sample) => sample.posts);
  expect(posts.length).toBeGreaterThanOrEqual(20);
  expect(new Set(posts.flatMap(({ langs = ['en'] }) => langs)).size).toBeGreaterThanOrEqual(5);
  expect(posts.filter(({ pictures }) => pictures).length).toBeGreaterThanOrEqual(5);
  for (const { alt } of posts.flatMap(({ pictures = [] }) => pictures)) expect(alt.length).toBeGreaterThan(30);
  expect(posts.some(({ warning }) => warning)).toBe(true);
  expect(new Set(posts.map(({ likes = 0 }) => likes)).size).toBeGreaterThan(5);
  expect(new Set(SAMPLE_SPACES.map(({ joinPolicy }) => joinPolicy))).toEqual(new Set(['open', 'approval']));
  expect(SAMPLE_SPACES.flatMap(({ asking }) => asking)).not.toEqual([]);
});

test('mentions, links and tags become facets with the byte ranges of the text', () => {
  const people = { ines: { did: 'did:plc:ines', handle: 'ines.test' } };
  const text = 'Olá @ines.test, é https://example.com #mar e @nobody.test';
  const bytes = Buffer.from(text);
  const facets = facetsOf(text, people) as { index: { byteStart: number; byteEnd: number }; features: object[] }[];
  const found = facets.map(({ index, features }) => [
    bytes.subarray(index.byteStart, index.byteEnd).toString(),
    features,
  ]);
  expect(new Map(found as [string, object[]][])).toEqual(
    new Map<string, object[]>([
      ['@ines.test', [{ $type: 'app.bsky.richtext.facet#mention', did: 'did:plc:ines' }]],
      ['https://example.com', [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com' }]],
      ['#mar', [{ $type: 'app.bsky.richtext.facet#tag', tag: 'mar' }]],
    ]),
  );
});

test('a picture is a PNG of its size', () => {
  const { bytes, width, height } = picture('inkDrop');
  const png = Buffer.from(bytes);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height]);
  expect(png.readUInt32BE(29)).toBe(crc32(png.subarray(12, 29)));
  expect(bytes.length).toBeLessThan(100_000);
});
