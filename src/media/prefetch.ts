// Fetches a blob before anybody asks for it, as far as the month's budget goes.
import { addPrefetched } from '../db/media.ts';
import { prefetchedIn } from '../db/queries/media.ts';
import type { AskHandler, Slice } from '../ingest/jobs.ts';
import type { MediaPort } from '../ports/media.ts';
import { readMedia } from '../reads/index.ts';
import { fromResponse } from './ready.ts';

export interface PrefetchDeps {
  objects: Pick<MediaPort, 'open'>;
  budgetBytes: number;
}

const LOOK_AGAIN_MS = 3_000;
const TRIES = 10;
const DONE: Slice = { writes: [], next: null };

export const monthOf = (ms: number): string => new Date(ms).toISOString().slice(0, 7);

/** Key: "space did cid". A failure is no reason to try again: whoever wants to see it does. */
export const prefetchJob =
  ({ objects, budgetBytes }: PrefetchDeps): AskHandler =>
  async ({ key }, { db, clock, admission }) => {
    const [space = '', did = '', cid = ''] = key.split(' ');
    const month = monthOf(clock.now());
    const policy = (await admission.state()).spaces.get(space);
    if (!policy || (await prefetchedIn(db, month)) >= budgetBytes) return DONE;
    const reference = await readMedia(db, policy, did, cid);
    // Of an author met a moment ago it is being found out whether they are to be seen.
    if (!reference) return { ...DONE, retryIn: LOOK_AGAIN_MS, tries: TRIES };
    if (reference.type !== null) return DONE;
    const { declared } = reference;
    const order = { did, cid, space, declared, preset: null, still: null, streams: false };
    const got = await fromResponse(await objects.open(order));
    if ('failed' in got) return DONE;
    await got.body.cancel();
    return { ...DONE, also: [addPrefetched(db, month, got.size ?? 0)] };
  };
