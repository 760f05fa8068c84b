// Stewards whom the founder names beside themselves.
import type { Founding, Invited } from '../../domain/founding.ts';
import { namesIn } from '../../domain/founding-input.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/outcome.ts';
import { resolveGroup } from '../group.ts';
import type { FoundingDeps } from './deps.ts';

const MOST = 10;

/** Handles and DIDs, apart by white space or commas; each looked up as it is now. */
export async function namedStewards(
  typed: string,
  founding: Founding,
  deps: FoundingDeps,
): Promise<Invited[] | Refusal> {
  const names = namesIn(typed);
  if (names.length > MOST) return refuse('InvalidRequest', `at most ${MOST} stewards can be named here`);
  const stewards: Invited[] = [];
  for (const name of names) {
    const found = await resolveGroup(name, deps.own.identity);
    if (isRefusal(found)) return found;
    const { did, handle } = found;
    if (did === founding.group?.did) return refuse('InvalidRequest', 'the space cannot be its own steward');
    if (did !== founding.by && !stewards.some((one) => one.did === did)) stewards.push({ did, handle });
  }
  return stewards;
}
