/** Frames that no well-behaved server sends. */
import type { MalformedKind } from './faults.ts';
import { binaryFrame, textFrame } from './frames.ts';

/** An author that no directory knows, so that a huge record is nobody's. */
const STRANGER = `did:plc:${'a'.repeat(24)}`;
const DEFAULT_OVERSIZED_BYTES = 2_000_000;

export function malformedFrame(kind: MalformedKind, line: Buffer, timeUs: number): Buffer {
  switch (kind) {
    case 'broken-json':
      return textFrame(line.subarray(0, Math.floor(line.length / 2)).toString());
    case 'wrong-types':
      return textFrame(JSON.stringify({ did: 42, time_us: 'soon', kind: 'commit', commit: ['not', 'an', 'object'] }));
    case 'unknown-kind':
      return textFrame(JSON.stringify({ did: STRANGER, time_us: timeUs, kind: 'weather', weather: { rain: true } }));
    case 'not-an-object':
      return textFrame('null');
    case 'empty':
      return textFrame('');
    case 'binary':
      return binaryFrame(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 0xfe]));
  }
}

export function oversizedFrame(collection: string, timeUs: number, bytes = DEFAULT_OVERSIZED_BYTES): Buffer {
  const record = { $type: collection, createdAt: new Date().toISOString(), text: 'x'.repeat(bytes) };
  const commit = { rev: '3aaaaaaaaaa2a', operation: 'create', collection, rkey: '3aaaaaaaaaa2a', record, cid: '' };
  return textFrame(JSON.stringify({ did: STRANGER, time_us: timeUs, kind: 'commit', commit }));
}
