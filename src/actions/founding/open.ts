// Opening the doors: the first records in the group's own repository, the space on this instance, and the founder in it. Each part may
// be done again, so that whatever broke off is finished by asking once more.
import { operatorSpace } from '../../db/queries/operator.ts';
import { listedNames } from '../../db/queries/spaces.ts';
import { NSID } from '../../domain/collections.ts';
import { beginRecord } from '../../domain/compose.ts';
import type { Founding } from '../../domain/founding.ts';
import { type Decided, foundingRecords, isDecided, type Pictures } from '../../domain/founding-records.ts';
import { looksLike } from '../../domain/likeness.ts';
import type { Did } from '../../domain/model.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/outcome.ts';
import { refusalToFound } from '../../domain/permission.ts';
import type { Browser, NotWritten, RepoAct } from '../../ports/accounts.ts';
import { admitWritten } from '../own.ts';
import { addSpace } from '../spaces.ts';
import type { FoundingDeps } from './deps.ts';
import { isConnected } from './group.ts';
import { refuseHost } from './host.ts';

const MOST_NAMES = 10_000;

/** Names of spaces that anybody can find; the others are not given away by a refusal. */
export async function refuseName(name: string, group: Did | null, { operator }: FoundingDeps): Promise<Refusal | null> {
  const names = await listedNames(operator.db, MOST_NAMES);
  const taken = names.some((other) => other.did !== group && looksLike(other.name, name));
  return taken ? refuse('InvalidRequest', 'another space here has this name, or one that looks like it') : null;
}

/** `browser`: the founder's own. */
export async function openDoors(
  founding: Founding,
  browser: Browser,
  deps: FoundingDeps,
): Promise<{ opened: string } | NotWritten | Refusal> {
  if (!isDecided(founding)) return refuse('InvalidRequest', 'something is not decided yet');
  const failed =
    (await refuseOpening(founding, deps)) ??
    (await begun(founding, deps)) ??
    (await joinAsFounder(founding, browser, deps));
  if (failed) return failed;
  await deps.foundings.end(founding.by, true);
  return { opened: founding.host.name };
}

/** Once it is a space here it is its stewards': only the founder's own half may still be missing. */
async function begun(founding: Decided, deps: FoundingDeps): Promise<NotWritten | Refusal | null> {
  const here = await operatorSpace(deps.operator.db, founding.group.did);
  return here?.hasProfile ? null : ((await writeRecords(founding, deps)) ?? (await addHere(founding, deps)));
}

async function refuseOpening(founding: Decided, deps: FoundingDeps): Promise<Refusal | null> {
  const { group, host, about } = founding;
  const refused = refusalToFound(deps.policy, await deps.foundings.founder(founding.by));
  if (refused) return refused;
  if (!(await isConnected(founding, deps)))
    return refuse('NotPermitted', 'the group account is not connected by you any more: connect it anew');
  const here = await operatorSpace(deps.operator.db, group.did);
  if (here && !here.hosts.includes(host.name)) return refuse('InvalidRequest', 'this account is a space here already');
  // Another space may have a name like it by now.
  const chosen = here ? null : await refuseHost(host.name, deps);
  return chosen && isRefusal(chosen) ? chosen : refuseName(about.displayName, group.did, deps);
}

/** Null when all are written. */
async function writeRecords(founding: Decided, deps: FoundingDeps): Promise<NotWritten | null> {
  const { group, by } = founding;
  const pictures = await uploadPictures(founding, deps);
  if ('failed' in pictures) return pictures;
  const records = foundingRecords(founding, pictures.blobs, deps.here);
  const wanted = records.flatMap(({ collection, rkey }) => (collection === NSID.membership ? [rkey] : []));
  // Whom a try before this one has named, and who shall not be a steward after all.
  const wrong = founding.named.filter((did) => !wanted.includes(did));
  await deps.foundings.change(by, { named: [...wrong, ...wanted] });
  const acts: RepoAct[] = [
    ...wrong.map((rkey) => ({ act: 'delete' as const, collection: NSID.membership, rkey })),
    ...records.map(({ collection, rkey, record }) => ({ act: 'put' as const, collection, rkey, record })),
  ];
  for (const act of acts) {
    const written = await deps.own.groups.write(group.did, act, { by, deed: 'found', about: null });
    if ('failed' in written) return written;
  }
  return null;
}

async function uploadPictures(
  { group, by, pictures }: Decided,
  { foundings, own }: FoundingDeps,
): Promise<{ blobs: Pictures } | NotWritten> {
  const blobs: Pictures = {};
  for (const name of pictures) {
    const picture = await foundings.picture(by, name);
    if (!picture) continue;
    const uploaded = await own.groups.upload(group.did, picture.bytes, picture.mimeType, by, true);
    if (isRefusal(uploaded)) return { failed: 'refused', message: uploaded.message };
    if ('failed' in uploaded) return uploaded;
    blobs[name] = uploaded.blob;
  }
  return { blobs };
}

/** By the same action as the operator's, which reads what was written. */
async function addHere({ group, host, ways }: Decided, deps: FoundingDeps): Promise<Refusal | null> {
  const visibility = ways.visibility === 'private' ? 'private' : 'profile';
  const added = await addSpace({ subject: group.did, hosts: [host.name], visibility }, deps.operator);
  return isRefusal(added) ? added : null;
}

/** Their own half of the membership, in their own repository. Null when it is there. */
async function joinAsFounder(
  { group, by, begunAt }: Decided,
  browser: Browser,
  { own }: FoundingDeps,
): Promise<NotWritten | null> {
  const record = beginRecord(NSID.join, group.did, new Date(begunAt).toISOString());
  const act = { act: 'put' as const, collection: NSID.join, rkey: group.did, record };
  const written = await own.accounts.write(by, browser, act);
  if ('failed' in written) return written;
  await admitWritten(by, act, written, own);
  return null;
}
