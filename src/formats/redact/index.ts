// Which plan a kind of file has. Sound and WebM carry no places, as a rule, and go on as they are.
import type { MediaType } from '../../domain/media.ts';
import { avif, film } from './boxes.ts';
import { gif, jpeg, png, webp } from './images.ts';
import { type Plan, Redaction } from './steps.ts';

const PLANS: Partial<Record<string, () => Plan>> = {
  ...{ 'image/jpeg': jpeg, 'image/png': png, 'image/webp': webp, 'image/gif': gif, 'image/avif': avif },
  ...{ 'video/mp4': film, 'audio/mp4': film },
} satisfies Partial<Record<MediaType, () => Plan>>;

// biome-ignore lint/correctness/useYield: it has nothing to do
function* untouched(): Plan {
  return 'pass';
}

export const redaction = (type: string): Redaction => new Redaction((PLANS[type] ?? untouched)());
