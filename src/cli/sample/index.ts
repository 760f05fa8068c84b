/** The sample communities. */
import { inkwell } from './inkwell/space.ts';
import { terraces } from './terraces/space.ts';
import type { SampleSpace } from './types.ts';

export const SAMPLE_SPACES: SampleSpace[] = [inkwell, terraces];
