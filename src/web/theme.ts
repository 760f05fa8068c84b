// A theme record as design tokens. What is absent, malformed or illegible falls back, so that every theme can be read.
import { objectIn } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/model.ts';
import { contrast, isColour, mixed, textOn } from './colour.ts';

export interface Palette {
  background: string;
  surface: string;
  text: string;
  muted: string;
  border: string;
  accent: string;
}

/** Paper, ink and the green cloth of a binding. */
export const LIGHT: Palette = {
  background: '#f8f7f2',
  surface: '#fffefb',
  text: '#20251f',
  muted: '#5a6157',
  border: '#dddace',
  accent: '#1d5c47',
};
export const DARK: Palette = {
  background: '#141816',
  surface: '#1b201d',
  text: '#e5e3da',
  muted: '#a4a99f',
  border: '#313834',
  accent: '#8ccdb0',
};

const SERIF = 'Charter,"Bitstream Charter","Sitka Text",Cambria,"Noto Serif",Georgia,serif';
const SYSTEM = 'system-ui,sans-serif';
const FONTS: Record<string, string> = {
  serif: SERIF,
  system: SYSTEM,
  humanist: 'Seravek,"Gill Sans Nova",Ubuntu,Calibri,"DejaVu Sans",source-sans-pro,sans-serif',
  mono: 'ui-monospace,"Cascadia Code","Source Code Pro",Menlo,Consolas,"DejaVu Sans Mono",monospace',
};
const WIDTHS: Record<string, string> = { narrow: '34rem', normal: '40rem', wide: '48rem' };
const DEFAULT_RADIUS = 6;
const MAX_RADIUS = 24;
/** Contrast of text, WCAG 2.2 AA. */
export const LEGIBLE = 4.5;

/** Custom properties for both schemes: of the house without a theme, else of the theme. */
export function themeStylesheet(theme: JsonObject | null): string {
  const light = legible(theme?.light, LIGHT);
  const dark = legible(theme?.dark, DARK);
  const shape = theme ? shapeOf(theme) : { font: SERIF, radius: DEFAULT_RADIUS, width: 'normal' };
  const rest = `--font:${shape.font};--radius:${shape.radius}px;--measure:${WIDTHS[shape.width] ?? WIDTHS.normal}`;
  return `:root{${tokens(light)}${rest}}@media(prefers-color-scheme:dark){:root{${tokens(dark)}}}`;
}

/** The colours of a light page, for what stands outside of it: the icon. */
export const lightPalette = (theme: JsonObject | null): Palette => legible(theme?.light, LIGHT);

const tokens = (palette: Palette): string =>
  `--background:${palette.background};--surface:${palette.surface};--text:${palette.text};--muted:${palette.muted};` +
  `--border:${palette.border};--accent:${palette.accent};--on-accent:${textOn(palette.accent)};`;

function shapeOf(theme: JsonObject): { font: string; radius: number; width: string } {
  const { font, radius, width } = theme;
  return {
    font: font === undefined ? SERIF : (own(FONTS, font) ?? SYSTEM),
    radius: typeof radius === 'number' && radius >= 0 ? Math.min(MAX_RADIUS, Math.floor(radius)) : DEFAULT_RADIUS,
    width: typeof width === 'string' && Object.hasOwn(WIDTHS, width) ? width : 'normal',
  };
}

const own = (values: Record<string, string>, key: Json): string | undefined =>
  typeof key === 'string' && Object.hasOwn(values, key) ? values[key] : undefined;

/** A pair of colours under 4.5:1 falls back to the house's; where even that cannot be read on this page, to its text. */
function legible(given: Json | undefined, house: Palette): Palette {
  const wanted = objectIn(given);
  const colour = (name: keyof Palette): string | null => {
    const value = wanted[name];
    return isColour(value) ? value.toLowerCase() : null;
  };
  const ground = { background: colour('background') ?? house.background, text: colour('text') ?? house.text };
  const { background, text } = contrast(ground.text, ground.background) >= LEGIBLE ? ground : house;
  const surfaces = [colour('surface'), background === house.background ? house.surface : null];
  const surface = surfaces.find((it) => it !== null && contrast(text, it) >= LEGIBLE) ?? background;
  const reads = (it: string | null): boolean =>
    it !== null && contrast(it, background) >= LEGIBLE && contrast(it, surface) >= LEGIBLE;
  return {
    background,
    surface,
    text,
    muted: [colour('muted'), house.muted].find(reads) ?? text,
    accent: [colour('accent'), house.accent].find(reads) ?? text,
    border: colour('border') ?? (background === house.background ? house.border : mixed(background, text, 0.16)),
  };
}
