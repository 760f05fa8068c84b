// The icon of a site: the first letter of its name, as on a spine.
import type { JsonObject } from '../domain/model.ts';
import { textOn } from './colour.ts';
import { escapeHtml } from './escape.ts';
import { lightPalette } from './theme.ts';

const segments = new Intl.Segmenter();

export function favicon(name: string, theme: JsonObject | null): string {
  const { accent } = lightPalette(theme);
  const [first] = segments.segment(name.trim().toUpperCase());
  const letter = escapeHtml(first?.segment.slice(0, 8) ?? '');
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">' +
    `<rect width="32" height="32" rx="6" fill="${accent}"/>` +
    `<text x="16" y="23" font-family="Georgia,serif" font-size="20" font-weight="600" text-anchor="middle" fill="${textOn(accent)}">` +
    `${letter}</text></svg>`
  );
}
