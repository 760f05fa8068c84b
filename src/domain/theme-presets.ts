// Looks to choose from where a space is founded: each legible in light and dark, as a test sees to.
import type { JsonObject } from './model.ts';

export interface ThemePreset {
  id: string;
  name: string;
  light: Record<string, string>;
  dark: Record<string, string>;
  font: string;
  radius: number;
}

const preset = (id: string, name: string, rest: Omit<ThemePreset, 'id' | 'name'>): ThemePreset => ({
  ...{ id, name },
  ...rest,
});

const palette = (background: string, surface: string, text: string, muted: string, border: string, accent: string) => ({
  ...{ background, surface, text, muted, border, accent },
});

export const THEME_PRESETS: readonly ThemePreset[] = [
  preset('paper', 'Paper and green', {
    light: palette('#f8f7f2', '#fffefb', '#20251f', '#5a6157', '#dddace', '#1d5c47'),
    dark: palette('#141816', '#1b201d', '#e5e3da', '#a4a99f', '#313834', '#8ccdb0'),
    ...{ font: 'serif', radius: 6 },
  }),
  preset('harbour', 'Harbour blue', {
    light: palette('#f4f7fa', '#ffffff', '#18222d', '#526070', '#d3dce5', '#1a4f8b'),
    dark: palette('#10161d', '#18202a', '#e3e9f0', '#9fadbc', '#2c3846', '#8fc0f5'),
    ...{ font: 'system', radius: 8 },
  }),
  preset('brick', 'Brick and chalk', {
    light: palette('#faf6f4', '#ffffff', '#29201d', '#6b5a54', '#e4d8d2', '#8a2c1b'),
    dark: palette('#181312', '#221b19', '#efe6e2', '#b5a59f', '#3d312d', '#f4a592'),
    ...{ font: 'humanist', radius: 4 },
  }),
  preset('heather', 'Heather', {
    light: palette('#f8f5fa', '#ffffff', '#241f2b', '#625a6c', '#ded6e6', '#5f3a86'),
    dark: palette('#16131a', '#1f1b25', '#e9e4ee', '#aca3b6', '#373040', '#cdaef0'),
    ...{ font: 'humanist', radius: 12 },
  }),
  preset('ink', 'Black and white', {
    light: palette('#ffffff', '#ffffff', '#000000', '#454545', '#b5b5b5', '#000000'),
    dark: palette('#000000', '#0d0d0d', '#ffffff', '#bdbdbd', '#5a5a5a', '#ffffff'),
    ...{ font: 'mono', radius: 0 },
  }),
];

export const presetOf = (id: string): ThemePreset | undefined => THEME_PRESETS.find((one) => one.id === id);

/** What stands in the theme record beside the space and when it was made. */
export const themeOf = ({ light, dark, font, radius }: ThemePreset): JsonObject => ({
  ...{ light: { ...light }, dark: { ...dark }, font, radius, width: 'normal' },
});
