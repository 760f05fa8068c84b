/** Deliberate bugs: each must make the index diverge from the model, or the oracle sees too little. */
import { ADMISSION } from './mutants/admission.ts';
import { FOLLOWING } from './mutants/following.ts';
import type { Mutant } from './mutants/mutant.ts';
import { SHOWING } from './mutants/showing.ts';

export const MUTANTS: readonly Mutant[] = [...FOLLOWING, ...ADMISSION, ...SHOWING];
