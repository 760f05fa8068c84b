// Smaller images, by the Images binding. It turns them upright and leaves their metadata out.
import { PRESETS } from '../domain/media.ts';
import type { Resizer } from '../ports/media.ts';

const QUALITY = 82;
const WHITE = '#ffffff';

export function resizer(images: ImagesBinding): Resizer {
  return {
    async resize(image, preset) {
      const { format, ...box } = PRESETS[preset];
      // What is transparent would be black in a JPEG.
      const ground = format === 'image/jpeg' ? { background: WHITE } : {};
      const result = await images
        .input(image)
        .transform({ ...box, ...ground })
        .output({ format, quality: QUALITY });
      return new Uint8Array(await result.response().arrayBuffer());
    },
    async colour(image) {
      const dot = images.input(image).transform({ width: 1, height: 1, fit: 'squeeze', background: WHITE });
      const result = await dot.output({ format: 'image/png' });
      return colourOfDot(new Uint8Array(await result.response().arrayBuffer()));
    },
  };
}

/** The first pixel of a PNG of 8 bits a channel in true colour, or grey; null for any other. */
async function colourOfDot(png: Uint8Array): Promise<string | null> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [depth, kind = 0] = [png[24], png[25]];
  if (depth !== 8 || ![0, 2, 4, 6].includes(kind)) return null;
  for (let at = 8; at + 12 <= png.length; at += 12 + view.getUint32(at)) {
    if (String.fromCharCode(...png.subarray(at + 4, at + 8)) !== 'IDAT') continue;
    const data = new Blob([png.slice(at + 8, at + 8 + view.getUint32(at))]).stream();
    const unpacked = await new Response(data.pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
    const [, red = 0, green = red, blue = red] = new Uint8Array(unpacked);
    const channels = kind === 0 || kind === 4 ? [red, red, red] : [red, green, blue];
    return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  }
  return null;
}
