// Pictures of cards, each drawn once: named by what is on them.
import type { BlobStore, Draw } from '../ports/media.ts';

const TYPE = 'image/png';
const WIDTH = 1200;
export const CARDS = 'card/';

/** @example const cards = cardMaker({ store, draw }); await cards(svg) */
export function cardMaker({
  store,
  draw,
}: {
  store: BlobStore;
  draw: Draw;
}): (svg: string) => Promise<Uint8Array<ArrayBuffer>> {
  return async (svg) => {
    const key = `${CARDS}${await nameOf(svg)}.png`;
    const kept = await store.get(key);
    if (kept) return new Uint8Array(await new Response(kept.body).arrayBuffer());
    const png = await draw(svg, WIDTH);
    await store.put(key, png, TYPE, png.length);
    return png;
  };
}

async function nameOf(svg: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(svg));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
