/** A quiet point: what the tables hold and what every read shows, beside what the model says. */
import { givesPower } from '../../src/domain/collections.ts';
import type { Did } from '../../src/domain/model.ts';
import type { Index } from '../model/nouns.ts';
import { breaches, differences, readIndex } from '../model/tables.ts';
import { compareReads } from './reads/compare.ts';
import { Expected } from './reads/expected.ts';
import type { Repositories } from './repositories.ts';
import type { Servers } from './servers.ts';
import type { Stage } from './stage.ts';

type Judged = Pick<Stage, 'rig' | 'world' | 'gaps' | 'drops' | 'turn'>;

export async function judge(judged: Judged): Promise<string[]> {
  const { rig, world } = judged;
  const { query } = rig.worker.index;
  const tables = untimed(await readIndex(query));
  const model = provenAt(untimed(world.index()), tables, rig.servers.repositories);
  const wrong = [
    ...differences(model, tables),
    ...(await breaches(query)).filter((breach) => !breach.startsWith('job left')),
  ];
  wrong.push(...(await names(judged, model)), ...(await standing(judged)));
  if (wrong.length > 0) return wrong;
  const handle = (did: Did): string => shownHandle(rig.servers, did) ?? 'handle.invalid';
  const { told, spaces } = world;
  const beside = { told, spaces, handle, inactive: (space: Did) => world.inactive(space, model) };
  return compareReads(rig.worker.url, new Expected(model, tables, beside), judged.turn);
}

/** An account met late is asked after, and that is noted with the time of asking; of one without events the tables tell no time. */
const untimed = (index: Index): Index => ({
  ...index,
  accounts: index.accounts.filter(({ at }) => at > 0).map((account) => ({ ...account, at: 0 })),
});

/**
 * What gives power is proven as of a rev of its repository, which may be any up to the last. A version that another overtook before
 * it was proven was never there, also one that says the same as that before it. So of a record that is the right one the tables
 * are right about its rev, and of its author.
 */
function provenAt(model: Index, tables: Index, repositories: Repositories): Index {
  const isReal = (did: Did, rev: string): boolean => rev <= (repositories.headOf(did) ?? '');
  const held = new Map(tables.records.map((record) => [record.uri, record]));
  const met = new Map(tables.authors.map((author) => [`${author.did} ${author.space}`, author]));
  const records = model.records.map((record) => {
    const found = held.get(record.uri);
    if (found?.cid !== record.cid || !givesPower(record.collection) || !isReal(record.did, found.rev)) return record;
    const { rev, snapshot, sortAt } = found;
    return { ...record, rev, snapshot, sortAt };
  });
  const authors = model.authors.map((author) => {
    const found = met.get(`${author.did} ${author.space}`);
    const live = records.filter(({ did, space }) => did === author.did && space === author.space);
    const isWithin = found && isReal(author.did, found.rev) && live.every(({ rev }) => rev <= found.rev);
    return isWithin ? { ...author, rev: found.rev } : author;
  });
  return { ...model, records, authors };
}

function shownHandle(servers: Servers, did: Did): string | null {
  const { handle, isMutual } = servers.person(did);
  return isMutual ? handle : null;
}

async function names({ rig }: Judged, { authors }: Index): Promise<string[]> {
  const rows = new Map((await rig.worker.index.query('select * from identity')).map((row) => [row.did, row]));
  const known = authors.filter(({ count }) => count > 0).map(({ did }) => did);
  return [...new Set(known)].flatMap((did) => {
    const found = rows.get(did);
    const [handle, pds] = [shownHandle(rig.servers, did), rig.servers.pds[rig.servers.person(did).server]];
    return [
      ...(found?.handle === handle ? [] : [`${did} is called ${found?.handle} and should be ${handle}`]),
      ...(found?.pds === pds ? [] : [`${did} lives at ${found?.pds} and should at ${pds}`]),
    ];
  });
}

async function standing({ rig, gaps, drops }: Judged): Promise<string[]> {
  const { query } = rig.worker.index;
  const found = new Set((await query('select distinct reason from gap')).map(({ reason }) => String(reason)));
  const counted = new Map((await query('select reason, count from drop_count')).map((row) => [row.reason, row.count]));
  return [
    ...[...gaps].filter((reason) => !found.has(reason)).map((reason) => `no gap is recorded as ${reason}`),
    ...[...found].filter((reason) => !gaps.has(reason)).map((reason) => `a gap is recorded as ${reason} that is none`),
    ...[...drops]
      .filter(([reason, least]) => Number(counted.get(reason) ?? 0) < least)
      .map(([reason, least]) => `${counted.get(reason) ?? 0} refusals as ${reason} are counted, of ${least}`),
    ...(counted.get('fault') === undefined ? [] : [`${counted.get('fault')} events were set aside as faults`]),
  ];
}
