import type { Alteration } from '../alterations.ts';

/** A deliberate bug. */
export interface Mutant extends Alteration {
  name: string;
}
