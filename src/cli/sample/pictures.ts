/** The pictures of the sample communities, drawn when they are asked for, each once. */
import { type Colour, type Drawing, distance, inBox, mix, png } from './png.ts';

const lighthouse: Drawing = {
  width: 720,
  height: 480,
  colourAt(x, y) {
    const fog = mix([126, 143, 156], [196, 203, 205], y);
    const [lampX, lampY] = [0.42, 0.3];
    const angle = Math.atan2(y - lampY, x - lampX);
    const inBeam = x > lampX && Math.abs(angle + 0.06) < 0.11;
    const sky = inBeam
      ? mix(fog, [255, 247, 214], 0.85)
      : mix([255, 244, 205], fog, distance(x, y, lampX, lampY) / 0.22);
    const cliff = 0.74 + 0.05 * Math.sin(x * 5) + Math.max(0, x - 0.62) * 0.55;
    if (y > cliff) return mix([38, 44, 48], [70, 80, 86], (y - cliff) * 2);
    const half = 0.032 + (y - 0.34) * 0.045;
    if (y > 0.34 && Math.abs(x - lampX) < half)
      return Math.floor((y - 0.34) / 0.085) % 2 ? [150, 60, 52] : [221, 216, 206];
    if (inBox(x, y, lampX - 0.03, 0.265, 0.06, 0.075)) return [255, 250, 224];
    if (y > 0.225 && y < 0.265 && Math.abs(x - lampX) < (y - 0.215) * 0.8) return [60, 40, 40];
    return sky;
  },
};

const window: Drawing = {
  width: 720,
  height: 480,
  colourAt(x, y) {
    if (y < 0.1) return mix([12, 17, 38], [25, 32, 58], y * 10);
    if (y > 0.93) return [18, 19, 26];
    const [column, row] = [Math.floor(x / 0.25), Math.floor((y - 0.14) / 0.4)];
    const [inX, inY] = [x - column * 0.25, y - 0.14 - row * 0.4];
    const isPane = row >= 0 && row < 2 && inBox(inX, inY, 0.07, 0.06, 0.11, 0.22);
    const isBar = Math.abs(inX - 0.125) < 0.004 || Math.abs(inY - 0.17) < 0.004;
    if (isPane && row === 0 && column === 2)
      return isBar ? [120, 88, 44] : mix([255, 226, 150], [236, 178, 92], inY * 3);
    if (isPane) return isBar ? [20, 22, 34] : [30, 36, 56];
    const glow = 0.5 - distance(x, y, 0.625, 0.3);
    const mortar = Math.floor(y / 0.03) % 2 ? 3 : 0;
    return mix([44 + mortar, 40 + mortar, 52 + mortar], [120, 92, 70], glow * 0.7);
  },
};

const PLAYERS: [number, number][] = [
  [0.1, 0.5],
  [0.4, 0.28],
  [0.38, 0.5],
  [0.4, 0.72],
  [0.86, 0.14],
  [0.68, 0.42],
  [0.74, 0.58],
  [0.86, 0.86],
  [1.05, 0.26],
  [1.12, 0.5],
  [1.05, 0.74],
];

const pitch: Drawing = {
  width: 720,
  height: 480,
  colourAt(x, y) {
    const grass: Colour = Math.floor(x / 0.125) % 2 ? [52, 122, 66] : [58, 132, 72];
    let nearest = 1;
    for (const player of PLAYERS) nearest = Math.min(nearest, distance(x, y, player[0], player[1]));
    if (nearest < 0.028) return nearest < 0.022 ? [198, 34, 52] : [255, 255, 255];
    for (const wing of [0.14, 0.86]) {
      if (inBox(x, y, 0.9, wing - 0.006, 0.2, 0.012)) return [255, 221, 87];
      if (x > 1.1 && x < 1.14 && Math.abs(y - wing) < (1.14 - x) * 0.7) return [255, 221, 87];
      const inEmpty = inBox(x, y, 0.5, wing - 0.085, 0.28, 0.17);
      if (inEmpty && (Math.floor((x + y) / 0.02) % 2 === 0 || !inBox(x, y, 0.506, wing - 0.079, 0.268, 0.158)))
        return mix(grass, [255, 255, 255], 0.45);
    }
    const line = 0.004;
    const isEdge = !inBox(x, y, 0.05, 0.05, 1.4, 0.9)
      ? false
      : !inBox(x, y, 0.05 + line, 0.05 + line, 1.4 - 2 * line, 0.9 - 2 * line);
    const isCircle = Math.abs(distance(x, y, 0.75, 0.5) - 0.13) < line;
    const isHalf = Math.abs(x - 0.75) < line && y > 0.05 && y < 0.95;
    const isArea = [0.05, 1.23].some(
      (left) =>
        inBox(x, y, left, 0.24, 0.22, 0.52) && !inBox(x, y, left + line, 0.24 + line, 0.22 - 2 * line, 0.52 - 2 * line),
    );
    return isEdge || isCircle || isHalf || isArea ? [232, 240, 232] : grass;
  },
};

const PRICES = [190, 195, 205, 205, 220, 248];

const prices: Drawing = {
  width: 800,
  height: 500,
  colourAt(x, y) {
    if (Math.abs(y - 0.88) < 0.003 && x > 0.08 && x < 1.52) return [60, 64, 62];
    for (const [index, price] of PRICES.entries()) {
      const height = (price / 260) * 0.74;
      if (inBox(x, y, 0.14 + index * 0.235, 0.88 - height, 0.15, height))
        return index === 5 ? [180, 35, 55] : [110, 132, 140];
    }
    const isGrid = [50, 100, 150, 200, 250].some((price) => Math.abs(y - (0.88 - (price / 260) * 0.74)) < 0.0015);
    return isGrid && x > 0.08 && x < 1.52 ? [222, 226, 222] : [250, 250, 247];
  },
};

const floodlights: Drawing = {
  width: 720,
  height: 480,
  colourAt(x, y) {
    const night = mix([9, 12, 24], [22, 26, 42], y);
    const lamp: [number, number] = [1.22, 0.2];
    const pylons = [0.16, 0.46, 0.98, 1.22];
    if (y > 0.16 && y < 0.25 && inBox(x, y, lamp[0] - 0.06, 0.17, 0.12, 0.07)) return [255, 236, 160];
    if (
      pylons.some((at) => inBox(x, y, at - 0.05, 0.18, 0.1, 0.055) || (Math.abs(x - at) < 0.007 && y > 0.2 && y < 0.72))
    )
      return [4, 5, 10];
    const ground = 0.72;
    const cone = 1 - Math.abs(x - lamp[0] + (y - lamp[1]) * 0.25) / (0.02 + (y - lamp[1]) * 0.5);
    const light = y > lamp[1] ? Math.max(0, cone) * 0.55 : 0;
    if (y > ground) return mix(mix([13, 24, 20], [16, 30, 24], (y - ground) * 3), [190, 178, 92], light);
    if (y > 0.62 && x < 0.8) return [7, 9, 16];
    return mix(night, [236, 208, 120], light * 0.6);
  },
};

const stand: Drawing = {
  width: 720,
  height: 360,
  colourAt(x, y) {
    if (y < 0.34) return mix([247, 178, 120], [122, 118, 160], 1 - y * 2.6);
    if (y < 0.4) return [70, 96, 124];
    if (y > 0.82) return Math.floor(x / 0.2) % 2 ? [54, 110, 62] : [60, 120, 68];
    const roof = 0.44 + 0.03 * x;
    if (inBox(x, y, 0.25, 0.4, 1.5, roof - 0.4)) return [46, 50, 54];
    if (!inBox(x, y, 0.28, 0.4, 1.44, 0.42)) return [92, 104, 96];
    const [column, row] = [Math.floor(x / 0.035), Math.floor(y / 0.045)];
    const taken = (column * 7 + row * 13 + ((column * row) % 5)) % 9 < 4;
    const isHead = distance(x % 0.035, y % 0.045, 0.0175, 0.02) < 0.013;
    if (taken && isHead) return (column + row) % 3 ? [150, 36, 48] : [226, 206, 186];
    return [62, 66, 70];
  },
};

const inkDrop: Drawing = {
  width: 400,
  height: 400,
  colourAt(x, y) {
    const isRound = distance(x, y, 0.5, 0.6) < 0.24;
    const isTip = y > 0.14 && y <= 0.6 && Math.abs(x - 0.5) < 0.235 * ((y - 0.14) / 0.46) ** 1.15;
    if (distance(x, y, 0.42, 0.64) < 0.06) return [120, 164, 204];
    return isRound || isTip ? [31, 78, 121] : [251, 248, 241];
  },
};

const desk: Drawing = {
  width: 1200,
  height: 400,
  colourAt(x, y) {
    if (y > 0.78) return mix([110, 78, 52], [84, 58, 40], (y - 0.78) * 4);
    const glow = 0.9 - distance(x, y, 0.72, 0.42);
    if (inBox(x, y, 0.69, 0.4, 0.012, 0.38) || inBox(x, y, 0.62, 0.755, 0.15, 0.025)) return [60, 52, 46];
    if (y > 0.26 && y < 0.42 && Math.abs(x - 0.695) < (y - 0.2) * 0.55) return [46, 92, 84];
    for (const page of [0, 1, 2]) {
      if (inBox(x, y, 1.1 + page * 0.05, 0.766 - page * 0.018, 0.42, 0.014)) return [244, 238, 222];
    }
    if (inBox(x, y, 1.95, 0.62, 0.1, 0.16) || inBox(x, y, 1.975, 0.58, 0.05, 0.05)) return [24, 44, 74];
    return mix([58, 62, 74], [242, 212, 150], glow * 0.8);
  },
};

const scarf: Drawing = {
  width: 400,
  height: 400,
  colourAt(x, y) {
    const along = x + y * 0.35;
    if (y < 0.3 || y > 0.7) return [246, 247, 245];
    const isKnit = Math.floor((x - y) / 0.012) % 2 === 0;
    const stripe: Colour = Math.floor(along / 0.16) % 2 ? [240, 238, 230] : [138, 28, 43];
    return isKnit ? stripe : mix(stripe, [0, 0, 0], 0.08);
  },
};

const DRAWINGS = { lighthouse, window, pitch, prices, floodlights, stand, inkDrop, desk, scarf };

export type PictureName = keyof typeof DRAWINGS;

export interface Picture {
  bytes: Uint8Array;
  width: number;
  height: number;
}

const drawn = new Map<PictureName, Picture>();

/** Drawing takes a few tenths of a second. */
export function picture(name: PictureName): Picture {
  const { width, height } = DRAWINGS[name];
  const found = drawn.get(name) ?? { bytes: png(DRAWINGS[name]), width, height };
  drawn.set(name, found);
  return found;
}
