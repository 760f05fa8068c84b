/** WebSocket text frames as a server sends them (RFC 6455, 5.2: unmasked, unfragmented), written in bulk. */

const TEXT = 0x81;
const BINARY = 0x82;

export function headerLength(payloadLength: number): number {
  if (payloadLength < 126) return 2;
  return payloadLength < 65_536 ? 4 : 10;
}

export function writeHeader(into: Buffer, at: number, payloadLength: number, first = TEXT): void {
  into[at] = first;
  if (payloadLength < 126) {
    into[at + 1] = payloadLength;
  } else if (payloadLength < 65_536) {
    into[at + 1] = 126;
    into.writeUInt16BE(payloadLength, at + 2);
  } else {
    into[at + 1] = 127;
    into.writeBigUInt64BE(BigInt(payloadLength), at + 2);
  }
}

export function textFrame(line: string | Buffer): Buffer {
  return frame(typeof line === 'string' ? Buffer.from(line) : line, TEXT);
}

export function binaryFrame(payload: Buffer): Buffer {
  return frame(payload, BINARY);
}

function frame(payload: Buffer, first: number): Buffer {
  const header = headerLength(payload.length);
  const bytes = Buffer.allocUnsafe(header + payload.length);
  writeHeader(bytes, 0, payload.length, first);
  payload.copy(bytes, header);
  return bytes;
}
