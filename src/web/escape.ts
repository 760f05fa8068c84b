// Text as it may stand in HTML, in elements and in quoted attributes.
const SPECIAL = /[&<>"']/g;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replace(SPECIAL, (character) => ENTITIES[character] ?? '');
