// Themes to begin from, and which colours of one could not be read (WCAG 2.2 AA, 4.5 to 1).
import { objectIn } from '../domain/json.ts';
import type { JsonObject } from '../domain/model.ts';
import { contrast, isColour } from './colour.ts';
import { DARK, LEGIBLE, LIGHT, type Palette } from './theme.ts';

export interface Look {
  light: Palette;
  dark: Palette;
  font: string;
  width: string;
  radius: string;
}

export type Scheme = 'light' | 'dark';
export const SCHEMES: Scheme[] = ['light', 'dark'];
export const COLOURS = ['background', 'surface', 'text', 'muted', 'border', 'accent'] as const;

const shape = { font: 'serif', width: 'normal', radius: '6' };

export const PRESETS: Record<string, Look> = {
  Paper: { light: LIGHT, dark: DARK, ...shape },
  Sea: {
    light: {
      ...{ background: '#f4f8fb', surface: '#ffffff', text: '#16242f' },
      ...{ muted: '#4d606e', border: '#cfdde7', accent: '#0b5c8a' },
    },
    dark: {
      ...{ background: '#0f1a22', surface: '#162530', text: '#e2ecf3' },
      ...{ muted: '#9db2c1', border: '#2a3d4a', accent: '#7cc4ee' },
    },
    ...{ ...shape, font: 'system', radius: '8' },
  },
  Plum: {
    light: {
      ...{ background: '#fbf7fa', surface: '#ffffff', text: '#2a1c28' },
      ...{ muted: '#665362', border: '#e6d8e3', accent: '#7a2a6b' },
    },
    dark: {
      ...{ background: '#1b141a', surface: '#251b24', text: '#f0e4ee' },
      ...{ muted: '#b8a3b4', border: '#3d2f3b', accent: '#e39ad3' },
    },
    ...{ ...shape, font: 'humanist', radius: '12' },
  },
  Slate: {
    light: {
      ...{ background: '#ffffff', surface: '#f6f7f8', text: '#1b1f23' },
      ...{ muted: '#555d66', border: '#d5d9de', accent: '#24446b' },
    },
    dark: {
      ...{ background: '#121416', surface: '#1a1d20', text: '#e6e8ea' },
      ...{ muted: '#a3aab1', border: '#33383d', accent: '#9dbfe8' },
    },
    ...{ ...shape, font: 'mono', radius: '0' },
  },
};

export interface Illegible {
  scheme: Scheme;
  colour: keyof Palette;
  behind: keyof Palette;
  /** Of 1 to 21. */
  ratio: number;
}

/** Everything that is read, on everything that lies behind it. */
export function illegibleIn(look: Look): Illegible[] {
  return SCHEMES.flatMap((scheme) =>
    (['text', 'muted', 'accent'] as const).flatMap((colour) =>
      (['background', 'surface'] as const).flatMap((behind) => {
        const ratio = contrast(look[scheme][colour], look[scheme][behind]);
        return ratio < LEGIBLE ? [{ scheme, colour, behind, ratio }] : [];
      }),
    ),
  );
}

export const areColours = (look: Look): boolean =>
  SCHEMES.every((scheme) => COLOURS.every((colour) => isColour(look[scheme][colour])));

/** Of a theme's record, or of the house where that says nothing. */
export function lookOf(theme: JsonObject | null): Look {
  const palette = (value: JsonObject[string] | undefined, house: Palette): Palette => {
    const given = objectIn(value);
    const colours = COLOURS.map((name) => [name, isColour(given[name]) ? given[name] : house[name]]);
    return Object.fromEntries(colours) as Palette;
  };
  const word = (value: JsonObject[string] | undefined, otherwise: string): string =>
    typeof value === 'string' ? value : otherwise;
  return {
    ...{ light: palette(theme?.light, LIGHT), dark: palette(theme?.dark, DARK) },
    ...{ font: word(theme?.font, 'serif'), width: word(theme?.width, 'normal') },
    radius: typeof theme?.radius === 'number' ? String(theme.radius) : shape.radius,
  };
}

export function themeRecord(before: JsonObject, { light, dark, font, width, radius }: Look): JsonObject {
  return {
    ...before,
    ...{ light: { ...objectIn(before.light), ...light }, dark: { ...objectIn(before.dark), ...dark }, font, width },
    radius: Math.min(24, Math.max(0, Math.floor(Number(radius)) || 0)),
  };
}
