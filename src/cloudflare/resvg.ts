// Draws the house's own SVG by resvg, which is WebAssembly. Loaded when the first card is wanted.
import cyrillic from '@fontsource/inter/files/inter-cyrillic-600-normal.woff2';
import greek from '@fontsource/inter/files/inter-greek-600-normal.woff2';
import latin from '@fontsource/inter/files/inter-latin-600-normal.woff2';
import extended from '@fontsource/inter/files/inter-latin-ext-600-normal.woff2';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import resvg from '@resvg/resvg-wasm/index_bg.wasm';
/// <reference path="./modules.d.ts" />
import type { Draw } from '../ports/media.ts';

let isReady = false;

export const draw: Draw = async (svg, width) => {
  if (!isReady) await initWasm(resvg);
  isReady = true;
  const fontBuffers = [latin, extended, cyrillic, greek].map((font) => new Uint8Array(font));
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: { fontBuffers, defaultFontFamily: 'Inter' },
  });
  const image = drawing.render();
  const png = image.asPng().slice();
  // Memory of WebAssembly is nobody else's to free.
  image.free();
  drawing.free();
  return png;
};
