/** Small pictures made by arithmetic: a function of the place gives the colour, PNG carries it. */
import { crc32, deflateSync } from 'node:zlib';

export type Colour = [red: number, green: number, blue: number];

export interface Drawing {
  width: number;
  height: number;
  /** `x` grows to the right and `y` downwards, in units of the height: y is below 1, x below width / height. */
  colourAt(x: number, y: number): Colour;
}

export function png({ width, height, colourAt }: Drawing): Uint8Array {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const colour = smooth(colourAt, column, row, height);
      rows.set(colour, row * (1 + width * 3) + 1 + column * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a channel, red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const SAMPLES = [0.25, 0.75];

/** The mean of four samples of a pixel: edges without steps. */
function smooth(colourAt: Drawing['colourAt'], column: number, row: number, height: number): Colour {
  const sum: Colour = [0, 0, 0];
  for (const dx of SAMPLES) {
    for (const dy of SAMPLES) {
      const colour = colourAt((column + dx) / height, (row + dy) / height);
      for (const i of [0, 1, 2] as const) sum[i] += colour[i] / 4;
    }
  }
  return sum;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

export const mix = (a: Colour, b: Colour, share: number): Colour => {
  const t = Math.min(1, Math.max(0, share));
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
};

export const inBox = (x: number, y: number, left: number, top: number, width: number, height: number): boolean =>
  x >= left && x < left + width && y >= top && y < top + height;

/** Several times as fast as `Math.hypot`. */
export const distance = (x: number, y: number, toX: number, toY: number): number =>
  Math.sqrt((x - toX) ** 2 + (y - toY) ** 2);
