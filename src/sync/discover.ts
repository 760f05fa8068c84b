// Which repositories may hold records of a space: everyone met there, whoever a relay names, whom another instance knows.
import { askFor, knownDids, wakeJob } from '../db/backfill.ts';
import { NSID } from '../domain/collections.ts';
import type { Did } from '../domain/model.ts';
import type { AskHandler } from '../ingest/jobs.ts';
import type { RelayPort, RepoPage } from '../ports/relay.ts';

export interface DiscoverDeps {
  relay: RelayPort;
  /** Origins of relays: the first that answers is believed to know all. */
  relays: string[];
  /** Origins of other instances; what they know is added. */
  instances: string[];
}

/** What people write into a space; of all others the group's own repository tells. */
const WRITTEN = [NSID.join, NSID.story, NSID.topic, NSID.reply, NSID.like, NSID.crosspost];
const PAGE = 500;
/** Pages of one source: a list that never ends does. */
const MAX_PAGES = 200;

/** Where a discovery stands: the source, and how far it was read. */
interface Place {
  /** When it began: what was asked for since is not asked for again. */
  since: number;
  source: number;
  cursor?: string;
  pages: number;
}

type Source = (cursor: string | undefined) => Promise<RepoPage>;

/** A source that cannot be reached is passed over: the others know most, and a gap or the audit asks again. */
export const discoverJob =
  (deps: DiscoverDeps): AskHandler =>
  async (job, { db, clock, admission }) => {
    const space = job.key;
    const { spaces } = await admission.state();
    const policy = spaces.get(space);
    if (!policy) return { writes: [], next: null };
    const sources = sourcesFor(
      space,
      policy.rules.map(({ collection }) => collection),
      db,
      deps,
    );
    const place =
      job.position === '' ? { since: clock.now(), source: 0, pages: 0 } : (JSON.parse(job.position) as Place);
    const source = sources[place.source];
    const page = await askOne(source ?? [], place);
    const next = after(place, page, sources.length);
    const now = clock.now();
    // At the end as well: perhaps nothing waits, and a gap is made up for.
    return {
      writes: [],
      also: [...askFor(db, space, page.dids, place.since, now), wakeJob(db, 'backfill', '', now)],
      next,
    };
  };

const NOTHING: RepoPage = { dids: [], cursor: null };

async function askOne(sources: Source[], { cursor }: Place): Promise<RepoPage> {
  for (const source of sources) {
    try {
      return await source(cursor);
    } catch {
      // Asked of the next of the same kind.
    }
  }
  return NOTHING;
}

function after(place: Place, { cursor }: RepoPage, sources: number): string | null {
  const pages = place.pages + 1;
  if (cursor !== null && pages < MAX_PAGES) return JSON.stringify({ ...place, cursor, pages });
  return place.source + 1 < sources ? JSON.stringify({ since: place.since, source: place.source + 1, pages: 0 }) : null;
}

/** Each is a list of those that answer the same question, tried in turn. */
function sourcesFor(space: Did, further: string[], db: D1Database, deps: DiscoverDeps): Source[][] {
  const { relay, relays, instances } = deps;
  const met: Source = async (cursor) => {
    const dids = await knownDids(db, space, cursor ?? '', PAGE);
    return { dids, cursor: dids.length === PAGE ? (dids.at(-1) ?? null) : null };
  };
  const collections = [...new Set([...WRITTEN, ...further])];
  return [
    [met],
    ...collections.map((collection) =>
      relays.map(
        (url): Source =>
          (cursor) =>
            relay.byCollection(url, collection, cursor),
      ),
    ),
    ...instances.map((url): Source[] => [(cursor) => relay.bySpace(url, space, cursor)]),
  ];
}
