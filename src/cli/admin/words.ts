/** What `npm run admin` says of spaces. */

export interface AdminSpace {
  did: string;
  handle?: string;
  hosts: string[];
  url: string;
  displayName: string;
  visibility: string;
  heldVisibility?: string;
  postCount: number;
  replyCount: number;
  memberCount: number;
  recordCount: number;
  pausedAt?: string;
  archivedAt?: string;
}

export interface AdminStream {
  mode: string;
  connected: boolean;
  instance?: string;
  lagMs?: number;
}

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

/** A few lines about one space. */
export function spaceWords(space: AdminSpace): string[] {
  const held = space.heldVisibility === undefined ? 'as its profile says' : 'held by the instance';
  const further = space.hosts.slice(1).join(', ');
  return [
    `${space.displayName}  ${space.url}`,
    `  ${space.handle ?? 'no handle that resolves'}, ${space.did}`,
    ...(further === '' ? [] : [`  also at ${further}`]),
    `  ${space.visibility}, ${held}`,
    ...pausedWords(space),
    `  ${count(space.postCount, 'post')}, ${count(space.replyCount, 'reply', 'replies')}, ${count(space.memberCount, 'member')}, ${count(space.recordCount, 'record')} held`,
  ];
}

function pausedWords({ pausedAt, archivedAt }: AdminSpace): string[] {
  if (archivedAt !== undefined)
    return [`  archived since ${archivedAt}, for nobody wrote: "space resume" opens it again`];
  return pausedAt === undefined ? [] : [`  paused since ${pausedAt}: nothing new is taken`];
}

/** What adding a space did not do is said, too. */
export function addedWords(answer: { space: AdminSpace; records: number; warnings: string[] }): string[] {
  return [
    ...spaceWords(answer.space),
    '',
    `Read ${count(answer.records, 'record')} of the group's own repository. From now on the stream is followed.`,
    'What members wrote before is now read from their own repositories: npm run admin -- backfill shows how far that is.',
    ...answer.warnings.map((warning) => `Note: ${warning}`),
  ];
}

export function listWords({ spaces, stream }: { spaces: AdminSpace[]; stream: AdminStream }): string[] {
  const none = ['There is no space yet. Add one: npm run admin -- space add <handle or DID> --host <hostname>'];
  return [...(spaces.length === 0 ? none : spaces.flatMap((space) => [...spaceWords(space), ''])), streamWords(stream)];
}

function streamWords({ mode, connected, instance, lagMs }: AdminStream): string {
  const where = instance === undefined ? '' : ` ${instance}`;
  if (connected) return `Follows${where} (${mode}), ${lagMs === undefined ? 'nothing heard yet' : behind(lagMs)}.`;
  if (lagMs === undefined) return `Has not followed the network yet (${mode}).`;
  return `Not on the stream now (${mode}), ${behind(lagMs)}.`;
}

function behind(lagMs: number): string {
  const seconds = Math.round(lagMs / 1000);
  if (seconds < 2) return 'up to date';
  if (seconds < 120) return `${seconds} seconds behind`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes behind` : `${Math.round(seconds / 3600)} hours behind`;
}

export interface AdminBackfill {
  known: number;
  waiting: number;
  done: number;
  failed: number;
  gone: number;
  records: number;
  recordsPerMinute: number;
  searching: boolean;
  hosts: { host: string; waiting: number; error?: string }[];
}

const BAR = 30;

/** One line that says how far the reading is. */
export function backfillBar({ known, waiting, records, recordsPerMinute, searching }: AdminBackfill): string {
  const read = known - waiting;
  const full = known === 0 ? 0 : Math.round((read / known) * BAR);
  const bar = `[${'#'.repeat(full)}${' '.repeat(BAR - full)}]`;
  const more = searching ? ', still looking for more' : '';
  return `${bar} ${read} of ${count(known, 'repository', 'repositories')}${more}; ${count(records, 'record')}, ${recordsPerMinute} a minute`;
}

export const isReading = ({ waiting, searching }: AdminBackfill): boolean => waiting > 0 || searching;

export function backfillWords(backfill: AdminBackfill): string[] {
  const { failed, gone, hosts } = backfill;
  return [
    backfillBar(backfill),
    ...(gone > 0 ? [`${count(gone, 'repository', 'repositories')} no longer at their server.`] : []),
    ...(failed > 0
      ? [`${count(failed, 'repository', 'repositories')} given up for now; the daily audit tries again.`]
      : []),
    ...hosts.map(({ host, waiting, error }) => `  ${host}: ${waiting} left${error === undefined ? '' : ` (${error})`}`),
    isReading(backfill) ? 'It goes on by itself.' : 'Everything that is known has been read.',
  ];
}
