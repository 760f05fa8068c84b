/** Themes: whatever a record says, what comes out can be read and is nothing but token values. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/domain/model.ts';
import { contrast, isColour, textOn } from '../../src/web/colour.ts';
import { DARK, LIGHT, themeStylesheet } from '../../src/web/theme.ts';

describe('contrast, as WCAG 2.2 defines it', () => {
  test.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4.0],
    ['#0000ff', '#ffffff', 8.59],
  ])('%s on %s is %f', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2);
    expect(contrast(other, one)).toBeCloseTo(ratio, 2);
  });
});

test.each(['#fff', 'red', '#12345g', '#1234567', 'url(x)', '', null, 7, '#000000;}'])('%j is no colour', (value) =>
  expect(isColour(value)).toBe(false),
);

type Tokens = Record<string, string>;

/** Custom properties of the light and the dark scheme. Fails where there is anything else. */
function tokensOf(css: string): { light: Tokens; dark: Tokens } {
  const [, light = '', dark = ''] =
    /^:root\{([^{}]*)\}@media\(prefers-color-scheme:dark\)\{:root\{([^{}]*)\}\}$/.exec(css) ?? [];
  const read = (text: string): Tokens => {
    const entries = text.split(';').filter((part) => part !== '');
    for (const entry of entries) expect(entry).toMatch(/^--[a-z-]+:(?:#[0-9a-f]{6}|\d+px|\d+rem|[A-Za-z", -]+)$/);
    return Object.fromEntries(entries.map((entry) => entry.slice(2).split(':') as [string, string]));
  };
  return { light: read(light), dark: read(dark) };
}

const themed = (theme: Json): { light: Tokens; dark: Tokens } => tokensOf(themeStylesheet(theme as JsonObject));

function expectLegible(tokens: Tokens): void {
  const { background = '', surface = '', accent = '' } = tokens;
  for (const name of ['text', 'muted', 'accent']) {
    expect(contrast(tokens[name] ?? '', background)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens[name] ?? '', surface)).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(tokens['on-accent'] ?? '', accent)).toBeGreaterThanOrEqual(4.5);
}

describe('the house', () => {
  test('is legible without a theme', () => {
    const { light, dark } = tokensOf(themeStylesheet(null));
    expectLegible(light);
    expectLegible(dark);
    expect(light).toMatchObject({ background: LIGHT.background, accent: LIGHT.accent });
    expect(dark).toMatchObject({ background: DARK.background, accent: DARK.accent });
  });
});

describe('a theme', () => {
  test('gives its colours, font, corners and width', () => {
    const light = {
      accent: '#7A2E4D',
      background: '#fbf6f4',
      surface: '#ffffff',
      text: '#2a1f24',
      muted: '#6b5a61',
      border: '#e0d5d8',
    };
    const { light: tokens } = themed({ light, font: 'mono', radius: 12, width: 'wide' });
    expect(tokens).toMatchObject({ ...light, accent: '#7a2e4d', radius: '12px', measure: '48rem' });
    expect(tokens.font).toContain('monospace');
  });

  test('may give only some, and keeps the rest of the house', () => {
    const { light, dark } = themed({ light: { accent: '#7a2e4d' } });
    expect(light).toMatchObject({ ...LIGHT, accent: '#7a2e4d' });
    expect(dark).toMatchObject({ ...DARK });
  });

  test('falls back where text cannot be read on its background', () => {
    const { light } = themed({ light: { background: '#ffffff', text: '#dddddd' } });
    expect(light).toMatchObject({ background: LIGHT.background, text: LIGHT.text });
  });

  test('falls back where an accent cannot be read', () => {
    expect(themed({ light: { accent: '#ffff00' } }).light).toMatchObject({ accent: LIGHT.accent });
  });

  test('takes its text for accents where even those of the house cannot be read', () => {
    const { light } = themed({ light: { background: '#1d5c47', text: '#ffffff' } });
    expect(light).toMatchObject({ background: '#1d5c47', accent: '#ffffff', muted: '#ffffff' });
  });

  test.each<[string, Json, Tokens]>([
    ['an unknown font', { font: 'comic' }, { font: 'system-ui,sans-serif' }],
    ['a font that is code', { font: 'x}body{display:none' }, { font: 'system-ui,sans-serif' }],
    ['a name that every object has', { font: 'constructor', width: 'toString' }, { measure: '40rem' }],
    ['a huge radius', { radius: 1e9 }, { radius: '24px' }],
    ['a negative radius', { radius: -4 }, { radius: '6px' }],
    ['a radius that is text', { radius: '4px;}' }, { radius: '6px' }],
    ['palettes that are none', { light: 'red', dark: [] }, { background: LIGHT.background }],
    ['colours that are code', { light: { accent: 'red;}*{display:none' } }, { accent: LIGHT.accent }],
  ])('with %s', (_, theme, tokens) => expect(themed(theme).light).toMatchObject(tokens));

  test('can always be read', () => {
    const digit = fc.constantFrom(...'0123456789abcdef');
    const colour = fc.array(digit, { minLength: 6, maxLength: 6 }).map((digits) => `#${digits.join('')}`);
    const value = fc.oneof({ weight: 9, arbitrary: colour }, fc.string());
    const names = ['accent', 'background', 'surface', 'text', 'muted', 'border'];
    const palette = fc.dictionary(fc.constantFrom(...names), value);
    const theme = fc.record(
      { light: palette, dark: palette, font: fc.string(), radius: fc.double(), width: fc.string() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(theme, (record) => {
        const { light, dark } = themed(record as Json);
        expectLegible(light);
        expectLegible(dark);
      }),
      { numRuns: 500 },
    );
  });
});

test('black or white can be read on every colour', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
      const colour = `#${number.toString(16).padStart(6, '0')}`;
      expect(contrast(textOn(colour), colour)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});
